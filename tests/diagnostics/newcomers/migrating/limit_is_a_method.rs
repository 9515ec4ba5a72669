//! The parentheses are forgotten.
//!
//! mistake: method
//! fix: ()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = [1, 2, 3];
    let all = gather!(*ids.map(user); limit = ids.len).await;
//~                                               ^^^
    println!("{all:?}");
}
