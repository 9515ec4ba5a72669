//! A list of async closures.
//!
//! mistake: not futures
//! fix: future of each item

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let jobs = [async || user(1).await];
    let all = gather!(*jobs).await;
//~                    ^^^^
    println!("{all:?}");
}
