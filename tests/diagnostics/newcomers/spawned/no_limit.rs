//! `limit = 0` for none.
//!
//! mistake: no member start
//! fix: at least 1

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..9).map(user); limit = 0, spawn).await;
//~                                                ^
    println!("{users:?}");
}
