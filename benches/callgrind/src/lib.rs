//! Instructions: a program runs itself once more, under valgrind, which counts inside of `counted` only.
#![forbid(unsafe_code)]

use std::collections::HashMap;
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
    let mut totals = dumps(arguments)?
        .lines()
        .filter_map(|line| line.strip_prefix("totals: "))
        .map(|total| total.trim().parse::<f64>().map_err(io::Error::other))
        .collect::<io::Result<Vec<_>>>()?;
    // One more is what was counted after the last: nothing.
    totals.pop().ok_or_else(|| io::Error::other("callgrind has counted nothing"))?;
    Ok(totals)
}

/// The instructions of all [`dumped`] of this program with such arguments, without those in the C library: what `malloc` does depends
/// on all that it did before. Copies of memory are counted.
///
/// # Errors
///
/// Those of [`totals`].
pub fn total_outside_of_libc(arguments: &[String]) -> io::Result<f64> {
    let text = dumps(arguments)?;
    let (mut objects, mut functions) = (HashMap::new(), HashMap::new());
    let (mut is_libc, mut copies, mut total) = (false, false, 0.0);
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        match line.split_once('=') {
            Some(("ob", name)) => is_libc = resolve(&mut objects, name).contains("/libc.so"),
            Some(("fn", name)) => copies = resolve(&mut functions, name).starts_with("__mem"),
            Some(("cob", name)) => drop(resolve(&mut objects, name)),
            Some(("cfn", name)) => drop(resolve(&mut functions, name)),
            // The next line is what the function that is called costs.
            Some(("calls", _)) => drop(lines.next()),
            _ if line.starts_with(|c: char| c.is_ascii_digit() || "+-*".contains(c)) && (!is_libc || copies) => {
                let cost = line.split(' ').nth(1).unwrap_or_default();
                total += cost.parse::<f64>().map_err(|e| io::Error::other(format!("callgrind's `{line}`: {e}")))?;
            }
            _ => {}
        }
    }
    Ok(total)
}

/// A name stands after its number, the first time.
fn resolve<'a>(names: &mut HashMap<&'a str, &'a str>, name: &'a str) -> &'a str {
    match name.split_once(' ') {
        Some((number, name)) => {
            names.insert(number, name);
            name
        }
        None => names.get(name).copied().unwrap_or(name),
    }
}

/// What callgrind writes of this program with such arguments.
fn dumps(arguments: &[String]) -> io::Result<String> {
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
    text
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
