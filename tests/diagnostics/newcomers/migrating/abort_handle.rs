//! The handle that only aborts.
//!
//! mistake: must be a future
//! fix: AbortHandle

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let handle = tokio::spawn(user(1));
    let (a, b) = gather!(user(2), handle.abort_handle()).await;
//~                               ^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b:?}");
}
