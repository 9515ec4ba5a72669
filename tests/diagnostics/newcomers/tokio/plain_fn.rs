//! A group awaited in a fn that is not async.
//!
//! mistake: async
//! fix: async

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

fn names() -> (String, String) {
    gather!(user(1), user(2)).await
//~                           ^^^^^
}

fn main() {
    names();
}
