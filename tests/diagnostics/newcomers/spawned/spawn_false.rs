//! A switch that is off.
//!
//! mistake: not spawned
//! fix: remove

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(user(1), user(2); spawn = false).await;
//~                                               ^^^^^
    println!("{users:?}");
}
