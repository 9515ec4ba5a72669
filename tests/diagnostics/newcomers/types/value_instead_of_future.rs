//! A value that is there already.
//!
//! mistake: must be a future
//! fix: async

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let name = String::from("Ada");
    let (a, b) = gather!(user(1), name).await;
//~                               ^^^^
    println!("{a} {b}");
}
