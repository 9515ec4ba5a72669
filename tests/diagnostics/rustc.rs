//! Compiles the cases as the binaries of a crate beside the other build products, and reads what rustc says of them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::cases::{Case, Place};

pub struct Report {
    pub file: PathBuf,
    pub message: String,
    pub is_error: bool,
    /// The message with its labels, notes and proposals, without the source that rustc quotes.
    pub words: String,
    /// As rustc prints it, for a terminal without colours.
    pub rendered: String,
    /// At least one.
    pub primary: Vec<Place>,
}

/// Compiles each case as a binary of the crate `name`, with `dependencies` beside `gather`, in the versions of the workspace.
pub fn check(name: &str, dependencies: &str, cases: &[Case]) -> Vec<Report> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let gather = super::root();
    fs::create_dir_all(&folder).expect("a folder for the crate of the cases");
    let mut manifest = format!("[workspace]\n\n[package]\nname = \"{name}\"\nedition = \"2024\"\n\n[dependencies]\n");
    let _ = writeln!(manifest, "gather = {{ path = '{}' }}\n{dependencies}", gather.display());
    for (number, Case { path, .. }) in cases.iter().enumerate() {
        let _ = write!(manifest, "\n[[bin]]\nname = \"case{number}\"\npath = '{}'\n", path.display());
    }
    let path = folder.join("Cargo.toml");
    fs::write(&path, manifest).expect("its manifest");
    fs::copy(gather.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file of the workspace");

    let output = Command::new(env!("CARGO"))
        .args(["check", "--bins", "--keep-going", "--quiet", "--offline", "--message-format=json", "--manifest-path"])
        .arg(&path)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    let reports = String::from_utf8_lossy(&output.stdout).lines().filter_map(report).collect::<Vec<_>>();
    assert!(!reports.is_empty(), "nothing was reported: {}", String::from_utf8_lossy(&output.stderr));
    reports
}

/// Summaries such as "aborting due to 2 previous errors" have no place.
fn report(line: &str) -> Option<Report> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = line.get("message")?;
    let spans = message["spans"].as_array()?;
    let primary: Vec<&Value> = spans.iter().filter(|span| span["is_primary"] == true).collect();
    let file = PathBuf::from(line["target"]["src_path"].as_str()?);
    let text = |of: &str| Some(message[of].as_str()?.to_owned());
    let places = primary.iter().map(|span| place(span, &file).unwrap_or(Place::NOWHERE)).collect();
    let mut words = String::new();
    said(message, &mut words);
    (!primary.is_empty()).then_some(Report {
        file,
        message: text("message")?,
        is_error: message["level"] == "error",
        words,
        rendered: text("rendered")?,
        primary: places,
    })
}

/// Appends all that a diagnostic and what hangs on it say, a line each.
fn said(diagnostic: &Value, words: &mut String) {
    let spans = diagnostic["spans"].as_array().into_iter().flatten();
    let of_spans = spans.flat_map(|span| [&span["label"], &span["suggested_replacement"]]);
    for text in std::iter::once(&diagnostic["message"]).chain(of_spans).filter_map(Value::as_str) {
        words.push_str(text);
        words.push('\n');
    }
    for child in diagnostic["children"].as_array().into_iter().flatten() {
        said(child, words);
    }
}

/// What a macro made of its own is where the macro was called.
fn place(span: &Value, file: &Path) -> Option<Place> {
    if span["file_name"].as_str().is_some_and(|name| file.ends_with(name)) {
        let at = |line: &str, column: &str| Some((span[line].as_u64()?, span[column].as_u64()?));
        let (start, end) = (at("line_start", "column_start")?, at("line_end", "column_end")?);
        return Some(Place { start, end });
    }
    place(span["expansion"].as_object().map(|expansion| &expansion["span"])?, file)
}
