//! `?` on what cannot fail.
//!
//! mistake: Result
//! fix: remove the `?`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (name,) = gather!(user(1)?).await;
//~                       ^^^^^^^
    println!("{name}");
}
