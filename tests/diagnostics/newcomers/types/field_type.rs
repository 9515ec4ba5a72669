//! A field of another type than its member gives.
//!
//! mistake: mismatched types
//! fix: expected `u32`, found `String`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

struct Page {
    id: u32,
}

#[tokio::main]
async fn main() {
    let page = gather!(Page { id: user(1) }).await;
//~                               ^^^^^^^
    println!("{}", page.id);
}
