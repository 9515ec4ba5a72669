//! A stream where a future belongs.
//!
//! mistake: must be a future
//! fix: IntoFuture

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), futures::stream::iter([1, 2])).await;
//~                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b:?}");
}
