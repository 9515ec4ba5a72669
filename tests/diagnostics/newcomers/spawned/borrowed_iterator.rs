//! A list that borrows.
//!
//! mistake: does not live long enough
//! fix: 'static

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let ids = vec![1, 2, 3];
    let group = gather!(*ids.iter().map(|id| user(*id)); spawn, limit = 2);
//~                      ^^^
    println!("{:?}", group.await);
}
