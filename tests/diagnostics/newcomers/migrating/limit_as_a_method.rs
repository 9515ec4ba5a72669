//! A method of the group instead of an option.
//!
//! mistake: no method named `limit`
//! fix: limit

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let all = gather!(*[1, 2].map(user)).limit(2).await;
//~                                      ^^^^^
    println!("{all:?}");
}
