//! A field that the struct does not have.
//!
//! mistake: no field named `nam`
//! fix: similar name

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

struct Page {
    name: String,
}

#[tokio::main]
async fn main() {
    let page = gather!(Page { nam: user(1) }).await;
//~                           ^^^
    println!("{}", page.name);
}
