//! A group that is returned instead of its results.
//!
//! mistake: mismatched types
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn names() -> (String, String) {
    gather!(user(1), user(2))
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^
}

#[tokio::main]
async fn main() {
    println!("{:?}", names().await);
}
