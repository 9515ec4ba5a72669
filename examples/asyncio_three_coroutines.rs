//! Three members in one call, as in the asyncio tutorial.
//!
//! In Python: `await asyncio.gather(task_coro(0), task_coro(1), task_coro(2))`.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main]
async fn main() {
    println!("main starting");
    gather!(task(0), task(1), task(2)).await;
    println!("main done");
}
