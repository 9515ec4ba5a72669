//! The handle went into the group.
//!
//! mistake: moved value
//! fix: moved

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let handle = tokio::spawn(user(1));
    let group = gather!(handle, user(2); return_exceptions);
    handle.abort();
//~ ^^^^^^
    println!("{:?}", group.await.1);
}
