//! The same with an index.
//!
//! mistake: index
//! fix: .0

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(user(1), user(2)).await;
    println!("{}", users[0]);
//~                ^^^^^^^^
}
