//! An async closure that is not called.
//!
//! mistake: function, not a future
//! fix: call it

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let fetch = async |id: u32| user(id).await;
    let (a, b) = gather!(fetch(1), fetch).await;
//~                                ^^^^^
    println!("{a} {b:?}");
}
