//! Options between the braces.
//!
//! mistake: options
//! fix: behind the `}`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

struct Page {
    name: String,
}

#[tokio::main]
async fn main() {
    let page = gather!(Page { name: user(1); limit = 1 }).await;
//~                                        ^
    println!("{}", page.name);
}
