//! `gather(*(fetch(x) for x in xs))`.
//!
//! mistake: comprehension
//! fix: .map(

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = vec![1, 2, 3];
    let users = gather!(*(user(id) for id in ids)).await;
//~                                ^^^
    println!("{users:?}");
}
