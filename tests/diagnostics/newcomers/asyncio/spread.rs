//! `...coros`, as JavaScript writes it.
//!
//! mistake: list
//! fix: `*

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let coros = vec![user(1), user(2)];
    let users = gather!(..coros).await;
//~                     ^^
    println!("{users:?}");
}
