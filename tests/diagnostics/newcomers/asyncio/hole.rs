//! A place that is kept free.
//!
//! mistake: no value
//! fix: write a future

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), list => , again => user(2) }.await;
//~                                    ^^^^
    println!("{} {}", r.name, r.again);
}
