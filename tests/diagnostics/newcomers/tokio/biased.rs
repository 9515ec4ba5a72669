//! `biased;`, as in `tokio::join!`.
//!
//! mistake: biased
//! fix: remove

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(biased; user(1), user(2)).await;
//~                      ^^^^^^^
    println!("{a} {b}");
}
