//! The semaphore that limited it before.
//!
//! mistake: `limit` takes a `usize`
//! fix: usize

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let places = tokio::sync::Semaphore::new(2);
    let all = gather!(*[1, 2].map(user); limit = places).await;
//~                                              ^^^^^^
    println!("{all:?}");
}
