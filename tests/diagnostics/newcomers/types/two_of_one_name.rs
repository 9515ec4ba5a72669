//! One name twice.
//!
//! mistake: two members
//! fix: own name

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), name => user(2) }.await;
//~                                    ^^^^
    println!("{}", r.name);
}
