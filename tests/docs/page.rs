//! The pages of the documentation.

use std::fs;
use std::path::{Path, PathBuf};

pub(crate) struct Page {
    /// From the root of the repository, with `/`.
    pub(crate) path: String,
    pub(crate) text: String,
}

pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("this package lies in tests/docs")
}

pub(crate) fn page(path: &str) -> Page {
    let text = fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    Page { path: path.to_owned(), text }
}

/// The pages in a folder and in its folders, in the order of their names.
pub(crate) fn pages(folder: &str) -> Vec<Page> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("an entry of a folder").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "md") {
                found.push(page(&from_root(&path)));
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

fn from_root(path: &Path) -> String {
    let parts: PathBuf = path.strip_prefix(root()).expect("a path in the repository").into();
    parts.iter().map(|part| part.to_str().expect("a readable name")).collect::<Vec<_>>().join("/")
}
