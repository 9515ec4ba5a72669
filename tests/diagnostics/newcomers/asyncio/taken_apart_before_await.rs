//! The same with a tuple.
//!
//! mistake: mismatched types
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), user(2));
//~     ^^^^^^
    println!("{a} {b}");
}
