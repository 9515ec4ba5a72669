//! A call that is not async.
//!
//! mistake: must be a future
//! fix: async

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (a, text) = gather!(user(1), std::fs::read_to_string("a.txt")).await;
//~                                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{a} {text:?}");
}
