//! `maybe` before what need not end.
//!
//! mistake: maybe
//! fix: until

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), poll => maybe user(2) }.await;
//~                                            ^^^^^
    println!("{}", r.name);
}
