//! A list of pairs whose keys come last.
//!
//! mistake: the key comes first
//! fix: `(key, future)`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let names = [(user(1), "Ada"), (user(2), "Bob")];
    let users = gather!(*names).await;
//~                      ^^^^^
    println!("{users:?}");
}
