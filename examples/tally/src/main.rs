//! Hashes every file below a folder on all cores: `cargo run -p tally -- FOLDER`.
//!
//! Prints what `sha256sum` prints, in the order of the names, so that `sha256sum --check` reads it.
//! A file that cannot be read stops none of the others: it is reported by name at the end, and the
//! exit code is 1. With `--compare` the files are then hashed once more, one after the other, to show
//! what the cores are worth.

mod digest;
mod progress;
mod report;
mod walk;

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use gather::{Exception, gather};

use digest::{Digest, digest};
use progress::Progress;
use report::{Report, shown};

/// Below this, a comparison is one of chance.
const ENOUGH: Duration = Duration::from_millis(100);

const USAGE: &str = "usage: tally [--compare] FOLDER";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = env::args_os().skip(1).collect();
    let (folder, compare) = match arguments.as_slice() {
        [help] if help == "--help" || help == "-h" => {
            println!("{USAGE}\n\nPrints the SHA-256 of every file below FOLDER.");
            return ExitCode::SUCCESS;
        }
        [flag, folder] if flag == "--compare" => (folder, true),
        [folder] if !is_flag(folder) => (folder, false),
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    match tally(Path::new(folder), compare).await {
        Ok(report) if report.is_complete() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("tally: {error:#}");
            ExitCode::from(2)
        }
    }
}

fn is_flag(argument: &OsString) -> bool {
    argument.as_encoded_bytes().starts_with(b"-")
}

async fn tally(folder: &Path, compare: bool) -> anyhow::Result<Report> {
    let metadata = tokio::fs::metadata(folder).await.with_context(|| shown(folder))?;
    ensure!(metadata.is_dir(), "{}: not a folder", shown(folder));

    let root = folder.to_owned();
    let found = tokio::task::spawn_blocking(move || walk::walk(&root)).await?;

    let cores = available_parallelism().map_or(1, Into::into);
    let paths: Vec<PathBuf> = found.files.iter().map(|file| file.path.clone()).collect();
    let start = Instant::now();
    let digests = hashed(paths.clone(), cores, Progress::of(&found.files)).await?;
    let parallel = start.elapsed();

    let report = Report::of(found, digests);
    report.print()?;
    if compare {
        // The second run finds the files in memory, which is to its advantage.
        let start = Instant::now();
        hashed(paths, 1, Progress::none()).await?;
        let sequential = start.elapsed();
        let times = match sequential.as_secs_f64() / parallel.as_secs_f64() {
            _ if sequential < ENOUGH => "too little work to compare".to_owned(),
            times => format!("{times:.1} times as fast"),
        };
        eprintln!("tally: {parallel:.1?} on {cores} cores, {sequential:.1?} one by one: {times}");
    }
    Ok(report)
}

/// A task for each file, so many at once, and a result for each, in the order of the files.
async fn hashed(
    files: Vec<PathBuf>,
    at_once: usize,
    progress: Arc<Progress>,
) -> Result<Vec<Result<Digest, Exception<io::Error>>>, Exception> {
    let bar = Arc::clone(&progress);
    let jobs = files.into_iter().map(move |file| {
        let progress = Arc::clone(&progress);
        async move { progress.counted(digest(&file, &progress)).await }
    });
    let digests = gather!(*jobs; return_exceptions, spawn, limit = at_once).await;
    bar.finish();
    digests
}
