//! Members that are awaited one after the other.
//!
//! mistake: .await
//! fix: remove `.await`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1).await, user(2)).await;
//~                              ^^^^^
    println!("{a} {b}");
}
