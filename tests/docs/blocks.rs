//! The fenced blocks of a page.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::page::Page;

#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    /// A whole program, with `main`.
    Program,
    /// The body of an async fn.
    Fragment,
}

pub(crate) struct Program {
    /// Says where it is, and is an identifier.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) code: String,
    /// What the page says that it prints.
    pub(crate) prints: Option<String>,
}

struct Block {
    info: String,
    line: usize,
    text: String,
    /// Nothing stands between it and the block before it.
    follows: bool,
}

fn blocks(page: &Page) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut open = false;
    let mut follows = false;
    for (event, range) in Parser::new(&page.text).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                let line = page.text[..range.start].lines().count() + 1;
                blocks.push(Block { info: info.to_string(), line, text: String::new(), follows });
                open = true;
            }
            Event::Text(text) if open => blocks.last_mut().expect("an open block").text.push_str(&text),
            Event::End(TagEnd::CodeBlock) => (open, follows) = (false, true),
            _ => follows = false,
        }
    }
    blocks
}

/// The lines of blocks that are cut off at the edge where `width` characters fit.
pub(crate) fn too_wide(page: &Page, width: usize) -> Vec<String> {
    let lines = |block: Block| block.text.lines().map(str::to_owned).collect::<Vec<_>>();
    blocks(page).into_iter().flat_map(lines).filter(|line| line.chars().count() > width).collect()
}

pub(crate) fn programs(page: &Page) -> Vec<Program> {
    let mut programs: Vec<Program> = Vec::new();
    let mut after_a_program = false;
    for block in blocks(page) {
        let kind = match block.info.as_str() {
            "rust" => Kind::Program,
            "rust,fragment" => Kind::Fragment,
            info => {
                assert!(!info.starts_with("rust"), "{}:{}: what is `{info}`?", page.path, block.line);
                if info == "text" && after_a_program && block.follows {
                    programs.last_mut().expect("the program above").prints = Some(block.text);
                }
                after_a_program = false;
                continue;
            }
        };
        after_a_program = true;
        let is_hidden = |line: &str| line == "#" || line.starts_with("# ");
        let hidden = block.text.lines().find(|&line| is_hidden(line));
        assert_eq!(hidden, None, "{}:{}: a hidden line is not hidden elsewhere", page.path, block.line);
        let word = page.path.trim_end_matches(".md").replace(|char: char| !char.is_ascii_alphanumeric(), "_");
        let name = format!("{}_line_{}", word.to_lowercase(), block.line);
        programs.push(Program { name, kind, code: block.text, prints: None });
    }
    programs
}

/// The files that the page shows a part of, with the part.
pub(crate) fn excerpts(page: &Page) -> Vec<(String, String)> {
    let file = |block: Block| block.info.strip_prefix("rs ").map(|file| (file.to_owned(), block.text.clone()));
    blocks(page).into_iter().filter_map(file).collect()
}

/// The text of the page's only block of toml.
pub(crate) fn toml(page: &Page) -> String {
    let mut found: Vec<Block> = blocks(page).into_iter().filter(|block| block.info == "toml").collect();
    assert_eq!(found.len(), 1, "{} has one block of toml, which names all dependencies", page.path);
    found.remove(0).text
}
