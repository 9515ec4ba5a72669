//! An engine that polls by itself, and tasks.
//!
//! mistake: `poll_all`
//! fix: remove one

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(user(1), user(2); poll_all, spawn).await;
//~                                                 ^^^^^
    println!("{users:?}");
}
