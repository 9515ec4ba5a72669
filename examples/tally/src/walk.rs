//! Which files there are below a folder.

use std::fs;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

pub(crate) struct File {
    pub(crate) path: PathBuf,
    /// Its size when it was found; 0 where that is not known.
    pub(crate) bytes: u64,
}

#[derive(Default)]
pub(crate) struct Found {
    /// In the order of the names.
    pub(crate) files: Vec<File>,
    /// Folders that could not be listed.
    pub(crate) unlisted: Vec<walkdir::Error>,
    /// Pipes, sockets and devices, which have no end or nothing to read.
    pub(crate) special: usize,
}

enum Kind {
    File,
    Folder,
    Special,
}

/// Takes links to files, enters no links to folders: a loop of links ends, no folder counts twice.
pub(crate) fn walk(root: &Path) -> Found {
    let mut found = Found::default();
    for entry in WalkDir::new(root).sort_by_file_name() {
        match entry {
            Ok(entry) => match kind(&entry) {
                Kind::File => {
                    // Of a link, the size of what it leads to.
                    let bytes = fs::metadata(entry.path()).map_or(0, |metadata| metadata.len());
                    found.files.push(File { path: entry.into_path(), bytes });
                }
                Kind::Folder => {}
                Kind::Special => found.special += 1,
            },
            Err(error) => found.unlisted.push(error),
        }
    }
    found
}

fn kind(entry: &DirEntry) -> Kind {
    let mut file_type = entry.file_type();
    if file_type.is_symlink() {
        match fs::metadata(entry.path()) {
            Ok(target) => file_type = target.file_type(),
            // A link to nowhere is listed as a file, so that reading it says what is wrong.
            Err(_) => return Kind::File,
        }
    }
    if file_type.is_file() {
        Kind::File
    } else if file_type.is_dir() {
        Kind::Folder
    } else {
        Kind::Special
    }
}
