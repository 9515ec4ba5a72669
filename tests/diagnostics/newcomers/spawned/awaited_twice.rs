//! A group that is awaited twice.
//!
//! mistake: moved value
//! fix: await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), user(2); spawn);
    println!("{:?}", group.await.is_ok());
    println!("{:?}", group.await.is_ok());
//~                  ^^^^^
}
