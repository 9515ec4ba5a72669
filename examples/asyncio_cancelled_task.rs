//! Two tasks, the second of which cancels the first, as in the asyncio tutorial.
//!
//! To be cancelled, a member must be a task of its own. Its handle is a future that yields a
//! `Result`: with `?` the cancellation fails the group, and the program ends with exit code 1.
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
async fn main() -> anyhow::Result<()> {
    println!("main starting");
    let first = tokio::spawn(task(0, None));
    let second = tokio::spawn(task(1, Some(first.abort_handle())));
    gather!(first?, second?).await?;
    println!("main done");
    Ok(())
}
