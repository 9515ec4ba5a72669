//! The order of the modules: they import downward, none in a circle, and a type's name has one meaning.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The modules of `src` by levels, the lowest first. A module names only modules of lower levels.
const LEVELS: [&[&str]; 8] = [
    &["sync", "member", "completions"],
    &["exception", "observe"],
    &["unwind"],
    &["dependency", "policy"],
    &["in_task"],
    &["spawn"],
    &["typing"],
    &["private"],
];

/// The modules that may name a higher one, and why.
const UPWARD: [(&str, &str); 1] = [
    // The cell that a dependency is written to is unsafe code, which has a folder of its own.
    ("dependency", "in_task"),
];

/// A file of the crate, its module path, and its code without comments.
struct File {
    path: PathBuf,
    module: Vec<String>,
    code: String,
}

fn files() -> Vec<File> {
    fn walk(folder: &Path, all: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                all.push(path);
            }
        }
    }
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut all = Vec::new();
    walk(&src, &mut all);
    all.sort();
    all.into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let code: String = text.lines().map(|line| line.split_once("//").map_or(line, |(code, _)| code)).fold(
                String::new(),
                |mut all, line| {
                    all.push_str(line);
                    all.push('\n');
                    all
                },
            );
            let inside = path.strip_prefix(&src).unwrap().with_extension("");
            let mut module: Vec<String> = inside.iter().map(|part| part.to_str().unwrap().to_owned()).collect();
            if module.last().is_some_and(|last| last == "mod" || last == "lib") {
                module.pop();
            }
            File { path: inside, module, code }
        })
        .collect()
}

fn is_test(file: &File) -> bool {
    file.path.iter().any(|part| part == "model" || part == "tests")
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

/// Every path that begins with `crate::` or `super::`, as modules and names seen from the root of the crate.
fn paths(file: &File) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in file.code.match_indices(start) {
            let before = file.code[..at].chars().next_back();
            if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':' || c == '$') {
                continue;
            }
            let mut rest = &file.code[at..];
            let mut path = if start == "crate::" { Vec::new() } else { file.module.clone() };
            while let Some(after) = rest.strip_prefix("crate::").or_else(|| rest.strip_prefix("super::")) {
                if rest.starts_with("super::") {
                    path.pop();
                }
                rest = after;
            }
            while !word(rest).is_empty() {
                path.push(word(rest).to_owned());
                let Some(next) = rest[word(rest).len()..].strip_prefix("::") else { break };
                rest = next;
            }
            found.push(path);
        }
    }
    found
}

fn level(module: &str) -> Option<usize> {
    LEVELS.iter().position(|modules| modules.contains(&module))
}

#[test]
fn folders_import_downward() {
    let mut upward = BTreeSet::new();
    for file in files() {
        let Some(module) = file.module.first() else { continue };
        let own = level(module).unwrap_or_else(|| panic!("`{module}` has no level: write it into `LEVELS`"));
        for path in paths(&file) {
            let Some(named) = path.first() else { continue };
            let Some(other) = level(named) else { continue };
            if named != module && other >= own && !UPWARD.contains(&(module, named)) {
                upward.insert(format!("{} names `{named}`", file.path.display()));
            }
        }
    }
    assert!(upward.is_empty(), "imports that do not lead downward:\n{upward:#?}");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let files = files();
    let known: BTreeMap<&[String], usize> =
        files.iter().enumerate().map(|(i, file)| (file.module.as_slice(), i)).collect();
    let mut arrows = vec![BTreeSet::new(); files.len()];
    for (i, file) in files.iter().enumerate().filter(|(_, file)| !is_test(file)) {
        for path in paths(file) {
            let target = (1..=path.len()).rev().find_map(|len| known.get(&path[..len]));
            // A folder's own file has the names of the files in it, which are counted there.
            if let Some(&j) = target
                && i != j
                && !files[j].module.starts_with(&file.module)
                && !file.module.starts_with(&files[j].module)
            {
                arrows[i].insert(j);
            }
        }
    }
    // A file that names no file that is left is in no circle, and is taken away.
    let mut left: BTreeSet<usize> = (0..files.len()).collect();
    while let Some(&free) = left.iter().find(|&&i| arrows[i].is_disjoint(&left)) {
        left.remove(&free);
    }
    let left: Vec<_> = left.into_iter().map(|i| files[i].path.display().to_string()).collect();
    assert!(left.is_empty(), "in circles, or above one: {left:#?}");
}

/// The type that a line in `ladder!` or `marker_type!` defines.
fn marker(line: &str) -> Option<&str> {
    let name = word(line.trim_start());
    name.starts_with(|c: char| c.is_ascii_uppercase()).then_some(name)
}

#[test]
fn a_type_name_has_one_meaning() {
    let mut defined: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in files().iter().filter(|file| !is_test(file)) {
        let mut in_markers = false;
        for line in file.code.lines() {
            let indented = line.starts_with(' ');
            in_markers =
                (in_markers && indented) || line.starts_with("ladder! {") || line.starts_with("marker_type! {");
            let mut rest = line.trim_start();
            if let Some(after) = rest.strip_prefix("pub") {
                rest = match after.strip_prefix('(').and_then(|after| after.split_once(')')) {
                    Some((_, after)) => after,
                    None => after,
                };
            }
            let rest = rest.trim_start().trim_start_matches("unsafe ");
            if let Some(name) = marker(line).filter(|_| in_markers) {
                defined.entry(name.to_owned()).or_default().insert(file.path.display().to_string());
            }
            let Some((keyword, rest)) = rest.split_once(' ') else { continue };
            // An indented `type` is a trait's.
            if matches!(keyword, "struct" | "enum" | "trait" | "union") || keyword == "type" && !indented {
                let name = word(rest);
                if name.starts_with(|c: char| c.is_ascii_uppercase()) {
                    defined.entry(name.to_owned()).or_default().insert(file.path.display().to_string());
                }
            }
        }
    }
    // Twins under `cfg` stand in one file; those of `observe` without its feature, in a file of their own.
    for places in defined.values_mut() {
        places.remove("observe/nothing");
    }
    defined.retain(|name, places| places.len() > 1 && name != "Sealed");
    assert!(defined.is_empty(), "names with more than one meaning: {defined:#?}");
}

#[test]
fn files_are_short() {
    let long: Vec<_> = files()
        .iter()
        .map(|file| (file.path.display().to_string(), file.code.lines().count()))
        .filter(|(_, lines)| *lines > 400)
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}
