//! The index of the examples shows what they print. `.ci/bless examples` writes it anew.

use std::fmt::Write as _;
use std::fs;

use crate::run_example::example;

const INDEX: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/README.md");
const COMMAND: &str = "```sh\ncargo run --example ";

/// What stands on a terminal after the run.
fn printed(name: &str) -> String {
    let output = example(name).env_remove("RUST_BACKTRACE").output().expect("the example starts");
    let mut text = String::from_utf8(output.stdout).expect("the example prints text");
    for line in String::from_utf8(output.stderr).expect("the example prints text").lines() {
        // tokio numbers the tasks of a process.
        let task = line.strip_prefix("Error: task ").and_then(|rest| rest.split_once(' '));
        let line = task.map_or_else(|| line.to_owned(), |(_, rest)| format!("Error: task .. {rest}"));
        let _ = writeln!(text, "{line}");
    }
    text
}

#[test]
fn the_index_shows_what_the_examples_print() {
    let index = fs::read_to_string(INDEX).expect("the index of the examples");
    let mut fresh = String::new();
    let mut rest = index.as_str();
    while let Some((before, after)) = rest.split_once(COMMAND) {
        let name = after.lines().next().expect("the name of an example");
        if name.contains(' ') {
            // With arguments, what it prints depends on the machine.
            let _ = write!(fresh, "{before}{COMMAND}");
            rest = after;
            continue;
        }
        let after =
            after[name.len()..].strip_prefix("\n```\n\n```text\n").expect("a block of text follows the command");
        let (_, after) = after.split_once("```\n").expect("the end of the block");
        let _ = write!(fresh, "{before}{COMMAND}{name}\n```\n\n```text\n{}```\n", printed(name));
        rest = after;
    }
    fresh.push_str(rest);
    if std::env::var_os("BLESS").is_some() {
        fs::write(INDEX, fresh).expect("the index can be written");
    } else {
        assert_eq!(fresh, index, ".ci/bless examples writes it anew");
    }
}

#[test]
fn the_index_names_every_example() {
    let index = fs::read_to_string(INDEX).expect("the index of the examples");
    let folder = fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/examples")).expect("the examples");
    for entry in folder.map(|entry| entry.expect("an entry of a folder").path()) {
        let name = entry.file_stem().and_then(|name| name.to_str()).expect("a readable name");
        assert!(name == "README" || index.contains(&format!("# {name}\n")), "{name} is not in the index");
    }
}
