//! A limit that may be none.
//!
//! mistake: usize
//! fix: convert

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let places: Option<usize> = Some(2);
    let users = gather!(*(1..9).map(user); limit = places).await;
//~                                                ^^^^^^
    println!("{users:?}");
}
