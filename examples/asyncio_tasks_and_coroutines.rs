//! Coroutines and tasks in one group that is not awaited, while main sleeps, as in the asyncio tutorial.
//!
//! In Python the group is `asyncio.gather(coro(0), create_task(coro(1)), coro(2), create_task(coro(3)), coro(4))`, and its
//! children run although nobody awaits it. `spawn` is what makes a group do so here.
//!
//! The tasks were scheduled before the group was created, so they come first. One thread, so that everything starts in the
//! order in which it was scheduled, as in Python.

use std::time::Duration;

use gather::gather;
use tokio::time::sleep;

async fn task(number: u32) {
    println!(">task {number} executing");
    sleep(Duration::from_millis(100)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("main starting");
    let first = tokio::spawn(task(1));
    let third = tokio::spawn(task(3));
    let _group = gather!(task(0), first, task(2), third, task(4); spawn);
    sleep(Duration::from_millis(200)).await;
    println!("main done");
}
