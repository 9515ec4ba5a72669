//! Ten members, the first of which cancels the whole group at its first step, as in the asyncio tutorial.
//!
//! The other nine are scheduled, but dropped before they have begun. The awaiter gets the cancellation as an error, and the
//! program ends with exit code 1, as in Python.
//!
//! One thread, so that the first member begins before the others, as in Python.

use std::time::Duration;

use gather::{Canceller, gather};
use tokio::sync::oneshot;

async fn cancelling(number: u32, group: oneshot::Receiver<Canceller>) -> anyhow::Result<()> {
    println!(">task {number} executing");
    group.await?.cancel();
    tokio::time::sleep(Duration::from_millis(100)).await;
    Ok(())
}

async fn task(number: u32) {
    println!(">task {number} executing");
    tokio::time::sleep(Duration::from_millis(100)).await;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> anyhow::Result<()> {
    println!("main starting");
    let (sender, canceller) = oneshot::channel();
    let group = gather!(cancelling(0, canceller), *(1..10).map(task); spawn);
    // The group exists only after its members do, so this is how one of them gets to it.
    sender.send(group.canceller()).expect("the first member waits for it");
    let (first, _others) = group.await?;
    first?;
    println!("main done");
    Ok(())
}
