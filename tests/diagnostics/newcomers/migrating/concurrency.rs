//! The word of another library.
//!
//! mistake: unknown option `concurrency`
//! fix: limit

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let all = gather!(*[1, 2].map(user); concurrency = 2).await;
//~                                      ^^^^^^^^^^^
    println!("{all:?}");
}
