//! A future that may be missing.
//!
//! mistake: may hold no future
//! fix: (connect()?)

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let perhaps = Some(user(1));
    let (a, b) = gather!(perhaps, user(2)).await;
//~                      ^^^^^^^
    println!("{a} {b}");
}
