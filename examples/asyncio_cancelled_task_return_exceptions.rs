//! Two tasks, the second of which cancels the first, and both results, as in the asyncio tutorial.
//!
//! Python prints `[CancelledError(''), None]`. Here the exception also says which member it was.
//!
//! One thread, so that the first task starts before the second, as in Python.

use std::time::Duration;

use gather::gather;
use tokio::task::AbortHandle;

async fn task(number: u32, friend: Option<AbortHandle>) {
    println!(">task {number} executing");
    if let Some(friend) = friend {
        friend.abort();
    }
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("main starting");
    let first = tokio::spawn(task(0, None));
    let second = tokio::spawn(task(1, Some(first.abort_handle())));
    let results = gather!(first, second; return_exceptions).await;
    for result in [results.0, results.1] {
        match result {
            Ok(()) => println!("ok"),
            Err(exception) => println!("{exception}"),
        }
    }
    println!("main done");
}
