//! N tasks that yield once: as a spawned group, in a `JoinSet`, and bare, the handles awaited in order.

use std::hint::black_box;
use std::pin::Pin;
use std::time::{Duration, Instant};

use gather::gather;
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinSet, yield_now};

use crate::wall::median;

/// How many tasks.
pub const SIZES: [usize; 2] = [1_000, 100_000];
/// Time for each way, size and runtime.
const BUDGET: Duration = Duration::from_millis(1_500);

/// A future that runs the tasks.
pub type Run = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A way to run `n` tasks.
pub struct Way {
    /// Its name.
    pub name: &'static str,
    /// Spawns so many tasks and waits for them.
    pub run: fn(usize) -> Run,
}

/// All of them.
pub const WAYS: [Way; 3] = [
    Way { name: "gather", run: |n| Box::pin(spawned_group(n)) },
    Way { name: "JoinSet", run: |n| Box::pin(join_set(n)) },
    Way { name: "bare", run: |n| Box::pin(bare(n)) },
];

async fn task(i: usize) -> usize {
    yield_now().await;
    i
}

async fn spawned_group(n: usize) {
    let all = gather!(*(0..n).map(task); spawn).await;
    assert_eq!(black_box(all).map(|all| all.len()).ok(), Some(n));
}

async fn join_set(n: usize) {
    let set: JoinSet<usize> = (0..n).map(task).collect();
    assert_eq!(black_box(set.join_all().await).len(), n);
}

async fn bare(n: usize) {
    let handles: Vec<_> = (0..n).map(|i| tokio::spawn(task(i))).collect();
    let mut all = Vec::with_capacity(n);
    for handle in handles {
        all.extend(handle.await);
    }
    assert_eq!(black_box(all).len(), n);
}

/// Prints the table of times.
///
/// # Errors
///
/// When there is no runtime.
pub fn print() -> Result<(), String> {
    println!("Medians, ms; the ratio to `JoinSet` is to be at most 0.65, that to the bare form at most 1.05.\n");
    println!("| runtime | tasks | gather | JoinSet | bare | gather/JoinSet | gather/bare | |");
    println!("| :-- | --: | --: | --: | --: | --: | --: | :-- |");
    for (name, mut builder) in
        [("current_thread", Builder::new_current_thread()), ("2 workers", Builder::new_multi_thread())]
    {
        let runtime = builder.worker_threads(2).build().map_err(|e| e.to_string())?;
        for n in SIZES {
            let [ours, set, bare] = medians(&runtime, n);
            let (to_set, to_bare) = (ours / set, ours / bare);
            let met = if to_set <= 0.65 && to_bare <= 1.05 { "met" } else { "not met" };
            println!(
                "| {name} | {n} | {ours:.2} | {set:.2} | {bare:.2} | **{to_set:.2}** | **{to_bare:.2}** | {met} |"
            );
        }
    }
    Ok(())
}

fn medians(runtime: &Runtime, n: usize) -> [f64; 3] {
    let mut samples = WAYS.map(|_| Vec::new());
    let begin = Instant::now();
    let mut round = 0;
    while round < 5 || begin.elapsed() < BUDGET * 3 {
        for i in 0..WAYS.len() {
            let i = (i + round) % WAYS.len();
            // Inside of a task, so that a worker is who spawns.
            let run = (WAYS[i].run)(n);
            let timed = async {
                let start = Instant::now();
                run.await;
                start.elapsed()
            };
            if let Ok(elapsed) = runtime.block_on(runtime.spawn(timed)) {
                samples[i].push(elapsed.as_secs_f64() * 1e3);
            }
        }
        round += 1;
    }
    samples.map(|mut samples| median(&mut samples))
}
