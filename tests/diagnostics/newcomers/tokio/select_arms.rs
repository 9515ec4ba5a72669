//! `a = f() => { .. }`, as in `tokio::select!`.
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
        a => user(1) => { println!("{a}") },
//~                  ^^
    }
    .await;
}
