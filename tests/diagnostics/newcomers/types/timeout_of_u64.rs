//! A timeout in milliseconds.
//!
//! mistake: Duration
//! fix: Duration::from_

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let millis: u64 = 1500;
    let (a, b) = gather!(user(1), user(2); return_exceptions, timeout = millis).await;
//~                                                                     ^^^^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}
