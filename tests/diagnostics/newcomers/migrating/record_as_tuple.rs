//! A record is taken apart as the tuple of `join!`.
//!
//! mistake: mismatched types
//! fix: Gathered

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather! { a => user(1), b => user(2) }.await;
//~     ^^^^^^
    println!("{a} {b}");
}
