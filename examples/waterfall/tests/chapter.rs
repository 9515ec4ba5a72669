//! What the program prints is what the guide's chapter shows, but for the times.

use std::collections::BTreeMap;
use std::process::Command;

use serde_json::Value;

const CHAPTER: &str = include_str!("../../../docs/guide/seeing.md");

/// What it prints where nobody looks at a terminal.
fn printed(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_waterfall")).args(arguments).output().expect("the program");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

/// The lines without bars and numbers, which depend on the machine.
fn without_times(text: &str) -> Vec<String> {
    let line = |line: &str| {
        let Some((name, rest)) = line.split_once('│') else { return line.to_owned() };
        let remark = rest.split_once('│').map(|(_, remark)| remark).unwrap_or_default();
        let words: Vec<&str> = remark.split_whitespace().filter(|word| word.parse::<u32>().is_err()).collect();
        format!("{}: {}", name.trim_end(), words.join(" ").replace("polls", "poll"))
    };
    text.trim_end().lines().map(line).collect()
}

#[test]
fn the_chapter_shows_what_is_printed() {
    let block = CHAPTER.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a picture");
    assert_eq!(without_times(block), without_times(&printed(&["--width", "92"])));
}

#[test]
fn it_fits_the_width_and_has_no_colours_in_a_pipe() {
    for width in [60, 80, 120] {
        let text = printed(&["--width", &width.to_string()]);
        let (_, picture) = text.split_once("\n\n").expect("a picture");
        let widest = picture.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= width), "{widest:?} columns of {width}:\n{picture}");
        assert!(!text.contains('\x1b'), "{text}");
    }
}

#[test]
fn the_trace_has_each_member_with_its_outcome() {
    let file = std::env::temp_dir().join(format!("gather_waterfall_{}.json", std::process::id()));
    printed(&["--perfetto", file.to_str().expect("a path")]);
    let text = std::fs::read_to_string(&file).expect("a trace");
    std::fs::remove_file(&file).expect("it was there");
    let events: Vec<Value> = serde_json::from_str(&text).expect("valid JSON");
    let of = |phase: &str| -> BTreeMap<String, String> {
        let events = events.iter().filter(|event| event["ph"] == phase);
        let name = |event: &Value| event["name"].as_str().unwrap_or_default().to_owned();
        let outcome =
            |event: &Value| event["args"]["outcome"].as_str().unwrap_or_default().trim_matches('"').to_owned();
        events.map(|event| (name(event), outcome(event))).collect()
    };
    let (begins, ends) = (of("b"), of("e"));
    assert_eq!(begins.keys().collect::<Vec<_>>(), ends.keys().collect::<Vec<_>>());
    let ends: Vec<_> = ends.iter().map(|(name, outcome)| (name.as_str(), outcome.as_str())).collect();
    assert_eq!(
        ends,
        [
            ("advice", "timed_out"),
            ("group", ""),
            ("orders", "ok"),
            ("prices", "error"),
            ("products[0]", "ok"),
            ("products[1]", "ok"),
            ("products[2]", "ok"),
            ("total", "skipped"),
            ("user", "ok"),
        ]
    );
}
