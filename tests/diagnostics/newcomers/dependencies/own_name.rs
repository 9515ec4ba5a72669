//! A member that waits for itself.
//!
//! mistake: waits for itself
//! fix: remove

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        length => |length| async { *length + 1 },
//~                ^^^^^^
    }
    .await;
    println!("{} {}", r.name, r.length);
}
