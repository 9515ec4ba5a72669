//! Compiles the cases as the binaries of a crate beside the other build products, and reads what rustc says of them.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use crate::cases::{Case, Place};

pub struct Report {
    pub file: PathBuf,
    pub message: String,
    /// At least one.
    pub primary: Vec<Place>,
}

pub fn check(cases: &[Case]) -> Vec<Report> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("spans");
    let gather = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::create_dir_all(&folder).expect("a folder for the crate of the cases");
    let manifest = folder.join("Cargo.toml");
    fs::write(&manifest, manifest_of(cases, gather)).expect("its manifest");
    fs::copy(gather.join("Cargo.lock"), folder.join("Cargo.lock")).expect("the lock file of the workspace");

    let output = Command::new(env!("CARGO"))
        .args(["check", "--bins", "--keep-going", "--quiet", "--offline", "--message-format=json", "--manifest-path"])
        .arg(&manifest)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .env_remove("RUSTFLAGS")
        .output()
        .expect("cargo");
    let reports = String::from_utf8_lossy(&output.stdout).lines().filter_map(report).collect::<Vec<_>>();
    assert!(!reports.is_empty(), "nothing was reported: {}", String::from_utf8_lossy(&output.stderr));
    reports
}

fn manifest_of(cases: &[Case], gather: &Path) -> String {
    let mut manifest = format!(
        "[workspace]\n\n[package]\nname = \"spans\"\nedition = \"2024\"\n\n[dependencies]\ngather = {{ path = '{}' }}\n",
        gather.display()
    );
    for (number, Case { path, .. }) in cases.iter().enumerate() {
        let _ = write!(manifest, "\n[[bin]]\nname = \"case{number}\"\npath = '{}'\n", path.display());
    }
    manifest
}

/// Summaries such as "aborting due to 2 previous errors" have no place.
fn report(line: &str) -> Option<Report> {
    let line: Value = serde_json::from_str(line).ok()?;
    let message = line.get("message")?;
    let spans = message["spans"].as_array()?;
    let primary: Vec<&Value> = spans.iter().filter(|span| span["is_primary"] == true).collect();
    let file = PathBuf::from(line["target"]["src_path"].as_str()?);
    let text = message["message"].as_str()?.to_owned();
    let places = primary.iter().map(|span| place(span, &file).unwrap_or(Place::NOWHERE)).collect();
    (!primary.is_empty()).then_some(Report { file, message: text, primary: places })
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
