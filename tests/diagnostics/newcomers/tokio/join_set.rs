//! The tasks of a `JoinSet`.
//!
//! mistake: `JoinSet`
//! fix: gather!(*futures; spawn)

use gather::gather;
use tokio::task::JoinSet;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut tasks = JoinSet::new();
    tasks.spawn(user(1));
    tasks.spawn(user(2));
    let users = gather!(*tasks).await;
//~                      ^^^^^
    println!("{users:?}");
}
