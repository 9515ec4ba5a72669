//! A list of numbers, without `*`.
//!
//! mistake: list of `{integer}`
//! fix: .map(

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = vec![1, 2];
    let (a, b) = gather!(user(1), ids).await;
//~                               ^^^
    println!("{a} {b:?}");
}
