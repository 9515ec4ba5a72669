//! `handle.abort()`.
//!
//! mistake: abort
//! fix: cancel

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), user(2); spawn);
    group.abort();
//~       ^^^^^
    println!("{}", group.await.is_err());
}
