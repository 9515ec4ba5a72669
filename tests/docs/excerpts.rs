//! A block fenced `rs` and a path is a part of that file, which is built and tested where it is.

use std::fs;

use crate::blocks::excerpts;
use crate::page::{pages, root};

fn lines(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).collect()
}

#[test]
fn excerpts_stand_in_their_files() {
    let mut found = 0;
    for page in pages("docs") {
        for (file, excerpt) in excerpts(&page) {
            let text = fs::read_to_string(root().join(&file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            let (there, excerpt) = (lines(&text), lines(&excerpt));
            assert!(
                there.windows(excerpt.len()).any(|part| part == excerpt),
                "{}: this is not in {file}:\n{}",
                page.path,
                excerpt.join("\n")
            );
            found += 1;
        }
    }
    assert!(found > 0, "no page has an excerpt");
}
