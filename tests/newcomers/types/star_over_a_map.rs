//! `*` on a map of futures.
//!
//! mistake: pairs
//! fix: into_values

use std::collections::HashMap;

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let map = HashMap::from([("Ada", user(1)), ("Bob", user(2))]);
    let users = gather!(*map).await;
//~                      ^^^
    println!("{users:?}");
}
