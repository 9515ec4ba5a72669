//! Printing what was not awaited.
//!
//! mistake: Debug
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(user(1), user(2));
    println!("{users:?}");
//~           ^^^^^^^^^
}
