//! Wrong programs, each a file, and the marks in them.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

pub struct Case {
    pub path: PathBuf,
    pub source: String,
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

/// Those in the folders that `folder` holds, a path from the root of the workspace.
pub fn below(folder: &str) -> Vec<Case> {
    let folder = super::root().join(folder);
    let mut cases: Vec<Case> =
        files(&folder).filter(|path| path.is_dir()).flat_map(|area| files(&area)).filter_map(case).collect();
    cases.sort_by(|a, b| a.path.cmp(&b.path));
    cases
}

fn files(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).expect("a folder of cases");
    entries.map(|entry| entry.expect("an entry").path())
}

fn case(path: PathBuf) -> Option<Case> {
    path.extension().filter(|extension| *extension == "rs")?;
    let source = fs::read_to_string(&path).expect("a case");
    Some(Case { marks: marks(&source), source, path })
}

/// Each run of `^` after `//~` marks the columns above it.
pub fn marks(source: &str) -> Vec<Place> {
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
