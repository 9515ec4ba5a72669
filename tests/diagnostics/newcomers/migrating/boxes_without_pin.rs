//! Futures of several types, in boxes that are not pinned.
//!
//! mistake: must be pinned
//! fix: Box::pin

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let list: Vec<Box<dyn Future<Output = String>>> = vec![Box::new(user(1)), Box::new(async { String::new() })];
    let all = gather!(*list).await;
//~                    ^^^^
    println!("{all:?}");
}
