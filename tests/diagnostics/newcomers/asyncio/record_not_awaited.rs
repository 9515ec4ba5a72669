//! The same with names.
//!
//! mistake: must be used
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    gather! { a => user(1), b => user(2) };
//~ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
}
