//! Results of different types, each read under the name that was written.

use std::time::Duration;

use gather::gather;
use tokio::time::{Instant, sleep};

async fn user(id: u32) -> String {
    sleep(Duration::from_millis(100)).await;
    format!("user {id}")
}

async fn orders(id: u32) -> Vec<u32> {
    sleep(Duration::from_millis(200)).await;
    vec![id * 10, id * 10 + 1]
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let r = gather! {
        user => user(7),
        orders => orders(7),
        friends => *[3, 5].into_iter().map(user),
    }
    .await;

    println!("{} has the orders {:?} and the friends {:?}", r.user, r.orders, r.friends);
    println!("after {} ms", start.elapsed().as_millis());
    println!("{r:?}");
}
