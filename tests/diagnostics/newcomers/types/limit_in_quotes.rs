//! A limit that is a text.
//!
//! mistake: whole number
//! fix: limit = 8

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..9).map(user); limit = "4").await;
//~                                                ^^^
    println!("{users:?}");
}
