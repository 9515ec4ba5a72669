//! `limit`: at most so many members in progress. The iterator is asked for the next item when there is a place for it.

use std::cell::Cell;
use std::time::Duration;

use gather::gather;
use tokio::time::{Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let in_progress = Cell::new(0);
    let start = Instant::now();
    let job = |n: u32| {
        println!("{:3} ms: job {n} is made", start.elapsed().as_millis());
        let in_progress = &in_progress;
        async move {
            in_progress.set(in_progress.get() + 1);
            sleep(Duration::from_millis(100)).await;
            println!("{:3} ms: job {n} ends, one of {}", start.elapsed().as_millis(), in_progress.get());
            in_progress.set(in_progress.get() - 1);
            n * n
        }
    };

    let squares = gather!(*(1..=5).map(job); limit = 2).await;
    println!("{squares:?}");
}
