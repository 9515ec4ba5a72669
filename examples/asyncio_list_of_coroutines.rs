//! Ten members from a list, unpacked, as in the asyncio tutorial.
//!
//! In Python: `await asyncio.gather(*[task_coro(i) for i in range(10)])`.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main]
async fn main() {
    println!("main starting");
    gather!(*(0..10).map(task)).await;
    println!("main done");
}
