//! A name that no member has.
//!
//! mistake: no member is named
//! fix: did you mean `name`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        length => |nam| async { nam.len() },
//~                ^^^
    }
    .await;
    println!("{} {}", r.name, r.length);
}
