//! A limit of another integer type.
//!
//! mistake: usize
//! fix: usize::try_from

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let places: u32 = 2;
    let users = gather!(*(1..9).map(user); limit = places).await;
//~                                                ^^^^^^
    println!("{users:?}");
}
