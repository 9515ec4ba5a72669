//! What others give is lent.
//!
//! mistake: mismatched types
//! fix: *

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        id => async { 7_u32 },
        name => |id| user(id),
//~                       ^^
    }
    .await;
    println!("{} {}", r.id, r.name);
}
