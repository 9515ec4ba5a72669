//! Options before the members.
//!
//! mistake: options follow the members
//! fix: move them behind

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let all = gather!(limit = 2; *[1, 2].map(user)).await;
//~                   ^^^^^
    println!("{all:?}");
}
