//! `item in stream => ..`.
//!
//! mistake: stream
//! fix: future

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

fn list() -> impl Iterator<Item = u32> {
    0..3
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), item in list() => println!("{item}") }.await;
//~                                    ^^^^^^^^^^^^^^
    println!("{}", r.name);
}
