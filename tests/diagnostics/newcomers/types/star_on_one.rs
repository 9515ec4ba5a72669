//! `*` on one future.
//!
//! mistake: one future
//! fix: remove the `*`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*user(1)).await;
//~                      ^^^^^^^
    println!("{users:?}");
}
