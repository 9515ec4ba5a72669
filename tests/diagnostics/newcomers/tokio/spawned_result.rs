//! A spawned group gives a `Result`, as a `JoinHandle` does.
//!
//! mistake: expected `Result
//! fix: found `(_, _)`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), user(2); spawn).await;
//~     ^^^^^^
    println!("{a} {b}");
}
