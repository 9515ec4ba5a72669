//! The coroutine function instead of the coroutine.
//!
//! mistake: function
//! fix: call it

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user, user(2)).await;
//~                      ^^^^
    println!("{a} {b}");
}
