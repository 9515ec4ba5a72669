//! A statement without `await`.
//!
//! mistake: must be used
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    gather!(user(1), user(2));
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^
}
