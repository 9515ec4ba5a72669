//! `iter_mut()` over futures.
//!
//! mistake: only lends
//! fix: into_iter()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut list = vec![user(1), user(2)];
    let all = gather!(*list.iter_mut()).await;
//~                    ^^^^^^^^^^^^^^^
    println!("{all:?}");
}
