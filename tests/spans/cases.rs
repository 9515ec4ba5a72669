//! The ui cases and their marks.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Case {
    pub path: PathBuf,
    pub marks: Vec<Place>,
}

/// Columns of a line, or of several. All count from 1, and `end` is exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line and column.
    pub start: (u64, u64),
    pub end: (u64, u64),
}

impl Place {
    /// In no case at all.
    pub const NOWHERE: Self = Self { start: (0, 0), end: (0, 0) };

    pub fn holds(self, inner: Self) -> bool {
        self.start <= inner.start && inner.end <= self.end
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.start.0, self.start.1)
    }
}

pub fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ui"), &mut cases);
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    cases
}

fn collect(folder: &Path, cases: &mut Vec<Case>) {
    for entry in fs::read_dir(folder).expect("the folder of the ui cases") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, cases);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = fs::read_to_string(&path).expect("a ui case");
            cases.push(Case { marks: marks(&source), path });
        }
    }
}

/// Each run of `^` after `//~` marks the columns above it.
fn marks(source: &str) -> Vec<Place> {
    let mut marks = Vec::new();
    let mut marked = 0;
    for (line, number) in source.lines().zip(1..) {
        if !line.trim_start().starts_with("//~") {
            marked = number;
            continue;
        }
        let mut columns = line.chars().zip(1..).peekable();
        while let Some((char, start)) = columns.next() {
            if char == '^' {
                let mut end = start + 1;
                while columns.next_if(|(char, _)| *char == '^').is_some() {
                    end += 1;
                }
                marks.push(Place { start: (marked, start), end: (marked, end) });
            }
        }
    }
    marks
}

#[test]
fn marks_are_read() {
    let source = "f(a, b)\n//~  ^\n//~^^\n\n  g\n  //~";
    let place = |line, start, end| Place { start: (line, start), end: (line, end) };
    assert_eq!(marks(source), [place(1, 6, 7), place(1, 4, 6)]);
}
