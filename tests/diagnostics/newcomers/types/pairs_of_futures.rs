//! Two requests for each item.
//!
//! mistake: pairs of two futures
//! fix: gather!(a, b)

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..4).map(|id| (user(id), user(id + 10)))).await;
//~                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{users:?}");
}
