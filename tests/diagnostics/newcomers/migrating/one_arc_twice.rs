//! One `Arc` moves into two members.
//!
//! mistake: moved value
//! fix: moved

use std::sync::Arc;

use gather::gather;

async fn load(client: Arc<String>) -> usize {
    client.len()
}

#[tokio::main]
async fn main() {
    let client = Arc::new(String::from("db"));
    let (a, b) = gather!(load(client), load(client)).await;
//~                                         ^^^^^^
    println!("{a} {b}");
}
