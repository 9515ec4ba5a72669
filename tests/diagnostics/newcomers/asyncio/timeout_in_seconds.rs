//! `timeout=1.5`.
//!
//! mistake: Duration
//! fix: from_secs_f64(1.5)

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), user(2); return_exceptions, timeout = 1.5).await;
//~                                                                     ^^^
    println!("{} {}", a.is_ok(), b.is_ok());
}
