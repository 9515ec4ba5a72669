//! Instructions: this program once more, under valgrind, which counts inside of `counted` only.

use std::env;
use std::fs;
use std::hint::black_box;
use std::io;
use std::process::{Command, Stdio};

use gather_bench_peers::Entry;

use crate::arguments::Selection;
use crate::cells;

/// The instructions per iteration of each entry of each selected cell, in the order of [`cells::selected`].
///
/// A locked instruction counts as one.
pub(crate) fn count(arguments: &[String], selection: &Selection) -> io::Result<Vec<Vec<f64>>> {
    let dumps = env::temp_dir().join(format!("gather-benches-{}", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--combine-dumps=yes"])
        .args(["--toggle-collect=*::callgrind::counted*", "--dump-after=*::callgrind::dumped*"])
        .arg(format!("--callgrind-out-file={}", dumps.display()))
        .arg(env::current_exe()?)
        .arg("counted")
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| io::Error::other(format!("valgrind, which counts the instructions: {e}")))?;
    let text = fs::read_to_string(&dumps);
    // It may not be there.
    let _ = fs::remove_file(&dumps);
    if !output.status.success() {
        return Err(io::Error::other(format!("valgrind ended with {}", output.status)));
    }
    let mut totals = text?
        .lines()
        .filter_map(|line| line.strip_prefix("totals: "))
        .map(|total| total.trim().parse::<f64>().map_err(io::Error::other))
        .collect::<io::Result<Vec<_>>>()?
        .into_iter();

    let mut missing = 0;
    let counts = cells::selected(selection)
        .into_iter()
        .map(|cell| {
            let entries = cell.entries(selection);
            let iterations = iterations(cell.n);
            let per_iteration = |_: &Entry| match totals.next() {
                Some(total) => total / f64::from(iterations),
                None => {
                    missing += 1;
                    f64::NAN
                }
            };
            entries.iter().map(per_iteration).collect()
        })
        .collect();
    // One more is what was counted after the last: nothing.
    if missing > 0 || totals.len() != 1 {
        return Err(io::Error::other(format!("callgrind's output: {missing} missing, {} left", totals.len())));
    }
    Ok(counts)
}

/// What runs under valgrind.
pub fn run_counted(selection: &Selection) {
    for cell in cells::selected(selection) {
        for entry in cell.entries(selection) {
            dumped(&entry, iterations(cell.n) as usize);
        }
    }
}

/// Ends with one dump of what was counted in it.
#[inline(never)]
fn dumped(entry: &Entry, iterations: usize) {
    // What is done only once in a program is not counted; the allocator is in the state that the entry itself leaves.
    entry.run(iterations);
    counted(entry, iterations);
    black_box(());
}

#[inline(never)]
fn counted(entry: &Entry, iterations: usize) {
    entry.run(iterations);
    black_box(());
}

fn iterations(n: usize) -> u32 {
    u32::try_from(2_000 / n).map_or(1, |iterations| iterations.clamp(1, 100))
}
