//! A list that is lent.
//!
//! mistake: lends
//! fix: into_iter()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let list = vec![user(1), user(2)];
    let users = gather!(*&list).await;
//~                      ^^^^^
    println!("{users:?}");
}
