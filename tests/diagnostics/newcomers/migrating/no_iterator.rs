//! `map` of a `Vec`.
//!
//! mistake: method `map`
//! fix: into_iter

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = vec![1, 2, 3];
    let all = gather!(*ids.map(user)).await;
//~                        ^^^
    println!("{all:?}");
}
