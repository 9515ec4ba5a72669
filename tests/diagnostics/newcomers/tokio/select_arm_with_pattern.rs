//! `name = future => handler`.
//!
//! mistake: handler
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    gather! {
        name = user(1) => { println!("{name}") },
//~     ^^^^^^^^^^^^^^^^^
    }
    .await;
}
