//! `join_all(iterator)`.
//!
//! mistake: list of futures
//! fix: `*`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!((1..4).map(user)).await;
//~                     ^^^^^^^^^^^^^^^^
    println!("{users:?}");
}
