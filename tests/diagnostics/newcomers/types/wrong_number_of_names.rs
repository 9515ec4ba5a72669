//! Two names for three results.
//!
//! mistake: mismatched types
//! fix: 3 elements

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), user(2), user(3)).await;
//~     ^^^^^^
    println!("{a} {b}");
}
