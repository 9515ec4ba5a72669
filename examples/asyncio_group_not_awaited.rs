//! Ten members of a group that is not awaited, and main ends at once, as in the asyncio tutorial.
//!
//! Python prints `main done`, then gives each child one turn while the loop shuts down, so that all ten print, and logs
//! `_GatheringFuture exception was never retrieved`. Here only `main done` appears: a tokio runtime that shuts down drops
//! the tasks that have not begun, and dropping is silent. What should still run is awaited.
//!
//! One thread, so that no member begins while main is still running.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("main starting");
    let _group = gather!(*(0..10).map(task); spawn);
    println!("main done");
}
