//! A result that borrows from another.
//!
//! mistake: move out
//! fix: borrow

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        first => async |name| name.split(' ').next(),
//~                     ^^^^
    }
    .await;
    println!("{} {:?}", r.name, r.first);
}
