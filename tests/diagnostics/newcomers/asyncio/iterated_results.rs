//! Python's gather gives a list, whatever it is called with.
//!
//! mistake: not an iterator
//! fix: `*`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    for name in gather!(user(1), user(2)).await {
//~             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        println!("{name}");
    }
}
