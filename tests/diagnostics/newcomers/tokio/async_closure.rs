//! `async || ..`.
//!
//! mistake: closure
//! fix: async {

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, b) = gather!(user(1), async || user(2).await).await;
//~                               ^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {b}");
}
