//! The same mistakes made with this library and with others, and how much rustc says of each: the table of
//! `docs/mistakes_compared.md`.
//!
//! `cargo fetch && cargo test --test peers -- --ignored` compares; `.ci/bless peers` writes the table anew.

#[path = "mod.rs"]
mod diagnostics;
mod mistakes;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use diagnostics::cases::Case;
use diagnostics::rustc::{self, Report};
use mistakes::{Mistake, PEERS};

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/mistakes_compared.md");
const BEGIN: &str = "<!-- the table: cargo test --test peers -- --ignored -->\n";

const DEPENDENCIES: &str = r#"tokio = { version = "1", features = ["full"] }
futures = "0.3"
futures-concurrency = "7"
join_me_maybe = "0.6"
"#;

#[test]
#[ignore = "a minute, and of interest only after a change of messages or of the others"]
fn the_table_is_what_rustc_says() {
    let mistakes = mistakes::all();
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
    fs::create_dir_all(&folder).expect("a folder for the programs");
    let cases: Vec<Case> = mistakes.iter().flat_map(|mistake| mistake.cases(&folder)).collect();
    let reports = rustc::check("peers", DEPENDENCIES, &cases);
    let table = table(&mistakes, &cases, &reports);

    let page = fs::read_to_string(PAGE).expect("the page");
    let (text, written) = page.split_once(BEGIN).expect("a line before the table");
    if std::env::var_os("BLESS").is_some() {
        fs::write(PAGE, format!("{text}{BEGIN}{table}")).expect("the page can be written");
    } else {
        assert_eq!(table, written, ".ci/bless peers writes it anew");
    }
}

/// What is summed over all mistakes that a library has an equivalent for.
#[derive(Default)]
struct Sum {
    mistakes: usize,
    refused: usize,
    errors: usize,
    lines: usize,
    on_the_token: usize,
}

fn table(mistakes: &[Mistake], cases: &[Case], reports: &[Report]) -> String {
    let mut table =
        format!("\n| mistake | {} |\n|---|{}\n", PEERS.map(|peer| peer.title).join(" | "), "---|".repeat(PEERS.len()));
    let mut sums: BTreeMap<&str, Sum> = BTreeMap::new();
    for mistake in mistakes {
        let _ = write!(table, "| {} |", mistake.title);
        for peer in &PEERS {
            let name = mistake.file(peer);
            let case = cases.iter().find(|case| case.path.ends_with(&name));
            let cell = case.map_or_else(String::new, |case| cell(case, reports, sums.entry(peer.name).or_default()));
            let _ = write!(table, " {cell} |");
        }
        table.push('\n');
    }
    table.push_str("| **sum** |");
    for peer in &PEERS {
        let Sum { mistakes, refused, errors, lines, on_the_token } = &sums[peer.name];
        let _ = write!(
            table,
            " {refused} of {mistakes} found, {on_the_token} on the token; {errors} errors, {lines} lines |"
        );
    }
    table.push('\n');
    table
}

/// `errors, lines, place`
fn cell(case: &Case, reports: &[Report], sum: &mut Sum) -> String {
    let found: Vec<&Report> = reports.iter().filter(|report| report.file == case.path).collect();
    sum.mistakes += 1;
    if found.is_empty() {
        return "nothing".to_owned();
    }
    let is_marked =
        |report: &&Report| case.marks.iter().any(|mark| report.primary.iter().all(|place| mark.holds(*place)));
    let marked = found.iter().filter(|report| is_marked(report)).count();
    let lines: usize = found.iter().map(|report| report.rendered.trim_end().lines().count()).sum();
    sum.refused += 1;
    sum.errors += found.len();
    sum.lines += lines;
    sum.on_the_token += usize::from(marked == found.len());
    let place = match marked {
        0 => "**elsewhere**",
        _ if marked == found.len() => "on it",
        _ => "partly",
    };
    format!("{}, {lines}, {place}", found.len())
}
