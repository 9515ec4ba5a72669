//! The mistakes of `mistakes.txt`, each made into one program per library.

use std::fs;
use std::path::Path;

use crate::diagnostics::cases::{Case, Place};

pub struct Peer {
    /// In `mistakes.txt`.
    pub name: &'static str,
    /// In the table.
    pub title: &'static str,
    join: &'static str,
    try_join: &'static str,
    imports: &'static str,
}

pub const PEERS: [Peer; 5] = [
    Peer { name: "tokio", title: "`tokio::join!`", join: "tokio::join", try_join: "tokio::try_join", imports: "" },
    Peer {
        name: "futures",
        title: "`futures::join!`",
        join: "futures::join",
        try_join: "futures::try_join",
        imports: "",
    },
    Peer {
        name: "futures-concurrency",
        title: "futures-concurrency",
        join: "",
        try_join: "",
        imports: "use futures_concurrency::prelude::*;",
    },
    Peer { name: "join_me_maybe", title: "join_me_maybe", join: "join_me_maybe::join", try_join: "", imports: "" },
    Peer { name: "gather", title: "`gather!`", join: "", try_join: "", imports: "use gather::gather;" },
];

const BEFORE: &str = "#![allow(dead_code, unused_imports, unused_variables, unused_mut)]

async fn user(id: u32) -> String {
    format!(\"user {id}\")
}

async fn load(id: u32) -> Result<u32, std::io::Error> {
    Ok(id)
}

async fn parse(text: &str) -> Result<u32, std::num::ParseIntError> {
    text.parse()
}

async fn find(id: u32) -> Option<u32> {
    Some(id)
}

async fn change(text: &mut String) {
    text.clear();
}

async fn length(text: &str) -> usize {
    text.len()
}

async fn count() -> usize {
    let shared = std::rc::Rc::new(1);
    user(1).await.len() + *shared
}

async fn run() {
";
const AFTER: &str = "}\n\nfn main() {}\n";

pub struct Mistake {
    pub title: String,
    /// The names of libraries, and the lines.
    forms: Vec<(Vec<String>, String)>,
}

pub fn all() -> Vec<Mistake> {
    let mut mistakes: Vec<Mistake> = Vec::new();
    for line in include_str!("mistakes.txt").lines() {
        if let Some(title) = line.strip_prefix("== ") {
            mistakes.push(Mistake { title: title.to_owned(), forms: Vec::new() });
        } else if let (Some(mistake), false) = (mistakes.last_mut(), line.is_empty()) {
            if let Some(names) = line.strip_prefix("-- ") {
                let names = names.split(' ').map(str::to_owned).collect();
                mistake.forms.push((names, String::new()));
            } else if let Some((_, lines)) = mistake.forms.last_mut() {
                lines.push_str(line);
                lines.push('\n');
            }
        }
    }
    mistakes
}

impl Mistake {
    pub fn file(&self, peer: &Peer) -> String {
        let title: String = self.title.chars().filter(|char| char.is_alphanumeric() || *char == ' ').collect();
        format!("{}__{}.rs", title.replace(' ', "_"), peer.name)
    }

    /// Writes the programs.
    pub fn cases(&self, folder: &Path) -> Vec<Case> {
        let written = |peer: &Peer| {
            let (_, lines) = self.forms.iter().find(|(names, _)| names.iter().any(|name| name == peer.name))?;
            let lines = lines.replace("TRY_JOIN", peer.try_join).replace("JOIN", peer.join);
            let (source, marks) = program(peer, &lines);
            let path = folder.join(self.file(peer));
            fs::write(&path, &source).expect("a program can be written");
            Some(Case { path, source, marks })
        };
        PEERS.iter().filter_map(written).collect()
    }
}

/// The program without its marks, and what they hold.
fn program(peer: &Peer, lines: &str) -> (String, Vec<Place>) {
    let mut source = BEFORE.replacen('\n', &format!("\n\n{}\n", peer.imports), 1);
    let mut marks = Vec::new();
    for line in lines.lines() {
        let row = source.lines().count() as u64 + 1;
        let mut column = 1;
        let mut start = None;
        for char in line.chars() {
            match char {
                '«' => start = Some((row, column)),
                '»' => marks.extend(start.take().map(|start| Place { start, end: (row, column) })),
                _ => {
                    source.push(char);
                    column += 1;
                }
            }
        }
        source.push('\n');
    }
    source.push_str(AFTER);
    (source, marks)
}
