//! `->` for `=>`.
//!
//! mistake: found `->`
//! fix: `name => ..`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let r = gather! { name -> user(1), list => orders(1) }.await;
//~                        ^^
    println!("{} {}", r.name, r.list.is_ok());
}
