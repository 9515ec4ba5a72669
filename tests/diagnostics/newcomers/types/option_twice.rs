//! An option twice.
//!
//! mistake: given twice
//! fix: remove one

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..9).map(user); limit = 2, limit = 3).await;
//~                                                   ^^^^^
    println!("{users:?}");
}
