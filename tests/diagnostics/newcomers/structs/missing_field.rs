//! A field that has no member.
//!
//! mistake: missing field `list`
//! fix: `list`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

struct Page {
    name: String,
    list: Vec<u32>,
}

#[tokio::main]
async fn main() {
    let page = gather!(Page { name: user(1) }).await;
//~                    ^^^^
    println!("{} {}", page.name, page.list.len());
}
