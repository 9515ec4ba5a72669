//! The messages that `docs/compiler_messages.md` shows. `.ci/bless newcomers` writes them anew.

use std::fmt::Write as _;
use std::fs;

use crate::diagnostics::rustc::Report;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/compiler_messages.md");
const MARK: &str = "<!-- rustc: ";

/// How rustc came to a message, the names of lints, and what it proposes against a lint.
const LEFT_OUT: [&str; 8] = [
    "= help: the trait `",
    "= help: the nightly-only",
    "= note: required for `",
    "= note: this error originates",
    "= note: `#[warn(",
    "= note: the full name for the type",
    "= note: consider using `--verbose`",
    "= note: `Gathered` has derived impls",
];

/// A message without numbers of lines, and without places outside the program.
pub fn shown(reports: &[&Report]) -> String {
    let mut page = String::new();
    for report in reports {
        let mut elsewhere = false;
        for line in report.rendered.trim_end().lines() {
            // What is left of the bar has the width of the highest number of a line.
            let text = line.trim_start_matches(|char: char| char.is_ascii_digit() || char == ' ');
            let own = line.starts_with("error") || line.starts_with("warning") || line.starts_with("help");
            if line.starts_with("note: ") || text.starts_with("::: ") {
                elsewhere = true;
            } else if own || text.starts_with("= ") {
                elsewhere = false;
            }
            if elsewhere || text.starts_with("--> ") || LEFT_OUT.iter().any(|start| text.starts_with(start)) {
                continue;
            }
            let sign = text.chars().next().is_some_and(|char| "|=+-~".contains(char));
            let line = if sign && !own { format!("   {text}") } else { line.to_owned() };
            page.push_str(line.trim_end());
            page.push('\n');
        }
    }
    while let Some(rest) = page.strip_suffix("   |\n") {
        page.truncate(rest.len());
    }
    page
}

pub fn compare(said: impl Fn(&str) -> String) {
    let page = fs::read_to_string(PAGE).expect("the page");
    let mut fresh = String::new();
    let mut rest = page.as_str();
    while let Some((before, after)) = rest.split_once(MARK) {
        let (name, after) = after.split_once(" -->\n```text\n").expect("a block of text behind the name of a program");
        let (_, after) = after.split_once("```\n").expect("the end of the block");
        let _ = write!(fresh, "{before}{MARK}{name} -->\n```text\n{}```\n", said(name));
        rest = after;
    }
    fresh.push_str(rest);
    if std::env::var_os("BLESS").is_some() {
        fs::write(PAGE, fresh).expect("the page can be written");
    } else {
        assert_eq!(fresh, page, ".ci/bless newcomers writes it anew");
    }
}
