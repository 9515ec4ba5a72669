//! `c = user(1); gather(c, c)`, which asyncio runs once.
//!
//! mistake: use of moved value
//! fix: moved value

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let one = user(1);
    let (a, b) = gather!(one, one).await;
//~                           ^^^
    println!("{a} {b}");
}
