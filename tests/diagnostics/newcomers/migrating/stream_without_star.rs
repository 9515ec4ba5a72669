//! A stream of futures, as `buffer_unordered` takes it.
//!
//! mistake: stream of futures
//! fix: `*`

use futures::stream::{self, StreamExt as _};
use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(stream::iter(1..4).map(user)).await;
//~                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{users:?}");
}
