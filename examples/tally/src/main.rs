//! Hashes and counts every file below a folder: `cargo run -p tally -- FOLDER`.
//!
//! Prints what `sha256sum` prints, in the order of the names, so that `sha256sum --check` reads it.
//! A file that cannot be read stops none of the others: it is reported by name at the end, and the
//! exit code is 1.

mod digest;
mod progress;
mod report;
mod walk;

use std::env;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context, ensure};
use gather::gather;

use digest::digest;
use progress::Progress;
use report::{Report, shown};

const USAGE: &str = "usage: tally FOLDER";

/// How many files are open at once: enough to keep a disk busy, far fewer than a process may open.
const OPEN_FILES: usize = 32;

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let [folder] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    if folder == "--help" || folder == "-h" {
        println!("{USAGE}\n\nPrints the SHA-256 of every file below FOLDER.");
        return ExitCode::SUCCESS;
    }
    match tally(Path::new(folder)).await {
        Ok(report) if report.is_complete() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("tally: {error:#}");
            ExitCode::from(2)
        }
    }
}

async fn tally(folder: &Path) -> anyhow::Result<Report> {
    let metadata = tokio::fs::metadata(folder).await.with_context(|| shown(folder))?;
    ensure!(metadata.is_dir(), "{}: not a folder", shown(folder));

    let root = folder.to_owned();
    let found = tokio::task::spawn_blocking(move || walk::walk(&root)).await?;

    let progress = Progress::of(found.files.len());
    let digests = gather!(
        *found.files.iter().map(|file| progress.counted(digest(file, &progress)));
        return_exceptions, limit = OPEN_FILES
    )
    .await;
    progress.finish();

    let report = Report::of(found, digests);
    report.print()?;
    Ok(report)
}
