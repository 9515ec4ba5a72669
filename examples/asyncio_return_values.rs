//! Ten members that return a value each, as in the asyncio tutorial.
//!
//! In Python: `values = await asyncio.gather(*[task_coro(i) for i in range(10)])`.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) -> u32 {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
    number * 10
}

#[tokio::main]
async fn main() {
    println!("main starting");
    let values = gather!(*(0..10).map(task)).await;
    println!("{values:?}");
    println!("main done");
}
