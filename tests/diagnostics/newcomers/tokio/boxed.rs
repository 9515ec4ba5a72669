//! A `Box` that is not pinned.
//!
//! mistake: pin
//! fix: Box::pin

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let boxed: Box<dyn Future<Output = String>> = Box::new(user(1));
    let (a, b) = gather!(boxed, user(2)).await;
//~                      ^^^^^
    println!("{a} {b}");
}
