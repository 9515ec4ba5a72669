//! Wall time: medians of runs of all entries in turn.

use std::time::{Duration, Instant};

use gather_bench_peers::Entry;

const BATCH: Duration = Duration::from_micros(400);
/// For each entry of a cell, all rounds together.
const BUDGET: Duration = Duration::from_millis(25);
const ROUNDS: std::ops::RangeInclusive<u32> = 5..=61;

/// The nanoseconds per iteration of each entry.
pub(crate) fn medians(entries: &[Entry]) -> Vec<f64> {
    let iterations: Vec<usize> = entries.iter().map(calibrate).collect();
    let slowest = entries.iter().zip(&iterations).map(|(entry, n)| time(entry, *n)).max().unwrap_or(BATCH);
    let rounds = BUDGET.div_duration_f64(slowest.max(Duration::from_nanos(1)));
    let rounds = (*ROUNDS.start()..*ROUNDS.end()).rfind(|r| f64::from(*r) <= rounds).unwrap_or(*ROUNDS.start());

    let mut samples = vec![Vec::new(); entries.len()];
    for round in 0..rounds as usize {
        // Each round begins with another one.
        for i in 0..entries.len() {
            let i = (i + round) % entries.len();
            samples[i].push(time(&entries[i], iterations[i]).as_secs_f64() * 1e9 / as_f64(iterations[i]));
        }
    }
    samples.iter_mut().map(|samples| median(samples)).collect()
}

/// How many iterations make a batch.
fn calibrate(entry: &Entry) -> usize {
    let mut iterations = 1;
    while time(entry, iterations) < BATCH / 2 {
        iterations *= 2;
    }
    iterations
}

fn time(entry: &Entry, iterations: usize) -> Duration {
    let start = Instant::now();
    entry.run(iterations);
    start.elapsed()
}

/// The middle of `samples`.
pub(crate) fn median(samples: &mut [f64]) -> f64 {
    samples.sort_unstable_by(f64::total_cmp);
    samples.get(samples.len() / 2).copied().unwrap_or(f64::NAN)
}

#[expect(clippy::cast_precision_loss, reason = "far below 2^52")]
fn as_f64(n: usize) -> f64 {
    n as f64
}
