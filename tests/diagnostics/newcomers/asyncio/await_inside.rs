//! `gather(await f(), g())`.
//!
//! mistake: waits for the member
//! fix: remove `await`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(await user(1), user(2)).await;
//~                      ^^^^^
    println!("{a} {b}");
}
