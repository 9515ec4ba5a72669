//! `wait_for(gather(..), timeout)`.
//!
//! mistake: return_exceptions
//! fix: tokio::time::timeout

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), user(2); timeout = std::time::Duration::from_secs(1)).await;
//~                                        ^^^^^^^
    println!("{a} {b}");
}
