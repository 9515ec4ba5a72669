//! An option of another name.
//!
//! mistake: unknown option
//! fix: `limit`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..9).map(user); concurrency = 4).await;
//~                                        ^^^^^^^^^^^
    println!("{users:?}");
}
