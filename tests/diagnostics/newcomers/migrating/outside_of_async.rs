//! The group in a plain fn.
//!
//! mistake: only allowed inside `async`
//! fix: this is not `async`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

fn main() {
    let (a, b) = gather!(user(1), user(2)).await;
//~                                        ^^^^^
    println!("{a} {b}");
}
