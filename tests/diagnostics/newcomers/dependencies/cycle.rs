//! Two that wait for each other.
//!
//! mistake: wait for each other
//! fix: remove

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        a => |b| async { b.len() },
        b => |a| user(*a),
//~           ^
    }
    .await;
    println!("{} {}", r.a, r.b);
}
