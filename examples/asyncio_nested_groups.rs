//! Two groups that are members of a third, as in the asyncio tutorial.
//!
//! In Python, both groups are scheduled before the third is made; here the third one runs them.

use std::time::Duration;

use gather::gather;

async fn task(number: u32) {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main]
async fn main() {
    println!("main starting");
    let first = gather!(task(0), task(1), task(2));
    let second = gather!(task(3), task(4), task(5));
    gather!(first, second).await;
    println!("main done");
}
