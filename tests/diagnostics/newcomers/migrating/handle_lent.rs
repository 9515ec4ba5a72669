//! A handle by reference.
//!
//! mistake: must be a future
//! fix: JoinHandle

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let handle = tokio::spawn(user(1));
    let (a, b) = gather!(&handle, user(2)).await;
//~                      ^^^^^^^
    println!("{a:?} {b}");
}
