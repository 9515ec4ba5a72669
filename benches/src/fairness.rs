//! A timer beside a greedy member: one that always can go on, and yields only where tokio's budget makes it.

use std::time::{Duration, Instant};

use futures_concurrency::future::Join;
use gather::gather;
use tokio::runtime::Builder;
use tokio::task::consume_budget;
use tokio::time::sleep;

const GREEDY: Duration = Duration::from_millis(300);
const TIMER: Duration = Duration::from_millis(25);

async fn greedy() {
    let start = Instant::now();
    while start.elapsed() < GREEDY {
        consume_budget().await;
    }
}

/// How late it was when it was done.
async fn timer() -> Duration {
    let start = Instant::now();
    sleep(TIMER).await;
    start.elapsed()
}

/// Prints when the timer was done beside the greedy member, who is written first.
///
/// # Errors
///
/// When there is no runtime.
pub fn print() -> Result<(), String> {
    let runtime = Builder::new_current_thread().enable_time().build().map_err(|e| e.to_string())?;
    let rows = runtime.block_on(async {
        [
            ("gather", gather!(greedy(), timer()).await.1),
            ("tokio", tokio::join!(greedy(), timer()).1),
            ("tokio biased", tokio::join!(biased; greedy(), timer()).1),
            ("futures", futures::join!(greedy(), timer()).1),
            ("join_me_maybe", join_me_maybe::join!(greedy(), timer()).1),
            ("fc tuple", (greedy(), timer()).join().await.1),
        ]
    });
    println!("A timer of {TIMER:?} beside a member that is greedy for {GREEDY:?}.\n");
    println!("| group | the timer was done after, ms |\n| :-- | --: |");
    for (name, elapsed) in rows {
        println!("| {name} | {:.1} |", elapsed.as_secs_f64() * 1e3);
    }
    Ok(())
}
