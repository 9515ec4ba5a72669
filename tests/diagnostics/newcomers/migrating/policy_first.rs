//! A policy before the members.
//!
//! mistake: `return_exceptions` is an option
//! fix: put `;`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(return_exceptions, user(1), user(2)).await;
//~                      ^^^^^^^^^^^^^^^^^
    println!("{a:?} {b:?}");
}
