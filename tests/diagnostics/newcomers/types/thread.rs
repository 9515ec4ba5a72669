//! The handle of a thread.
//!
//! mistake: not a future
//! fix: spawn_blocking

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let thread = std::thread::spawn(|| 1);
    let (a, b) = gather!(user(1), thread).await;
//~                               ^^^^^^
    println!("{a} {b:?}");
}
