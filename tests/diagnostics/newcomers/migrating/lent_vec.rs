//! A reference to the list.
//!
//! mistake: only lends
//! fix: into_iter()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let list = vec![user(1), user(2)];
    let all = gather!(*&list).await;
//~                    ^^^^^
    println!("{all:?}");
}
