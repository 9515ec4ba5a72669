//! `label.cancel()` from a sibling.
//!
//! mistake: cannot find value `poll`
//! fix: until

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        poll => user(2),
        stop => async { poll.cancel() },
//~                     ^^^^
    }
    .await;
    println!("{} {:?}", r.poll, r.stop);
}
