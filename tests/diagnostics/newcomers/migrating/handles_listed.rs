//! Handles in a `Vec`, as for `join_all`.
//!
//! mistake: list of futures
//! fix: write `*`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let handles: Vec<_> = (0..3).map(|id| tokio::spawn(user(id))).collect();
    let all = gather!(handles; return_exceptions).await;
//~                   ^^^^^^^
    println!("{all:?}");
}
