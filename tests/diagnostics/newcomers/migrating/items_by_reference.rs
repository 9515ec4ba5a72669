//! The fn takes its argument by value.
//!
//! mistake: type mismatch
//! fix: &u32

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = vec![1_u32, 2, 3];
    let all = gather!(*ids.iter().map(user)).await;
//~                    ^^^^^^^^^^^^^^^^^^^^
    println!("{all:?}");
}
