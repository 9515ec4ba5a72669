//! A clock where polls are all that counts.
//!
//! mistake: wall clock
//! fix: until = 

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(user(1), user(2); return_exceptions, poll_all, timeout = std::time::Duration::from_secs(1)).await;
//~                                                                    ^^^^^^^
    println!("{users:?}");
}
