//! Instructions: a program runs itself once more, under valgrind, which counts inside of `counted` only.
#![forbid(unsafe_code)]

use std::env;
use std::fs;
use std::hint::black_box;
use std::io;
use std::process::{Command, Stdio};

/// The instructions of each [`dumped`] of this program with such arguments, in order.
///
/// A locked instruction counts as one.
///
/// # Errors
///
/// When valgrind cannot be run, the program fails under it, or nothing was counted.
pub fn totals(arguments: &[String]) -> io::Result<Vec<f64>> {
    let dumps = env::temp_dir().join(format!("gather-benches-{}", std::process::id()));
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--quiet", "--combine-dumps=yes"])
        .args(["--toggle-collect=gather_bench_callgrind::counted*", "--dump-after=gather_bench_callgrind::dumped*"])
        .arg(format!("--callgrind-out-file={}", dumps.display()))
        .arg(env::current_exe()?)
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
        .collect::<io::Result<Vec<_>>>()?;
    // One more is what was counted after the last: nothing.
    totals.pop().ok_or_else(|| io::Error::other("callgrind has counted nothing"))?;
    Ok(totals)
}

/// Runs it so many times, and ends with one dump of what was counted in it.
#[inline(never)]
pub fn dumped(run: &dyn Fn(usize), iterations: usize) {
    // What is done only once in a program is not counted; the allocator is in the state that the run itself leaves.
    run(iterations);
    counted(run, iterations);
    black_box(());
}

#[inline(never)]
fn counted(run: &dyn Fn(usize), iterations: usize) {
    run(iterations);
    black_box(());
}
