//! `join_all(vec![..])`.
//!
//! mistake: list of futures
//! fix: `*`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(vec![user(1), user(2)]).await;
//~                     ^^^^^^^^^^^^^^^^^^^^^^
    println!("{users:?}");
}
