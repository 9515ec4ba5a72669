//! All results at once, and as they complete.
//!
//! mistake: one by one
//! fix: next()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..4).map(user); as_completed).await;
//~                                                      ^^^^^
    println!("{users:?}");
}
