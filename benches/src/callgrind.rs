//! The instructions of the cells.

use std::io;

use gather_bench_callgrind::{dumped, totals};
use gather_bench_peers::Entry;

use crate::arguments::Selection;
use crate::cells;

/// The instructions per iteration of each entry of each selected cell, in the order of [`cells::selected`].
pub(crate) fn count(arguments: &[String], selection: &Selection) -> io::Result<Vec<Vec<f64>>> {
    let counted: Vec<String> = ["counted".to_owned()].into_iter().chain(arguments.iter().cloned()).collect();
    let mut totals = totals(&counted)?.into_iter();
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
    if missing > 0 || totals.len() > 0 {
        return Err(io::Error::other(format!("callgrind's output: {missing} missing, {} left", totals.len())));
    }
    Ok(counts)
}

/// What runs under valgrind.
pub fn run_counted(selection: &Selection) {
    for cell in cells::selected(selection) {
        for entry in cell.entries(selection) {
            dumped(&|iterations| entry.run(iterations), iterations(cell.n) as usize);
        }
    }
}

fn iterations(n: usize) -> u32 {
    u32::try_from(2_000 / n).map_or(1, |iterations| iterations.clamp(1, 100))
}
