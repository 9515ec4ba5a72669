//! `else => ..`.
//!
//! mistake: else
//! fix: every member

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        else => user(2),
//~     ^^^^
    }
    .await;
    println!("{}", r.name);
}
