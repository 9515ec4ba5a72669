//! A group that is passed on instead of its results.
//!
//! mistake: mismatched types
//! fix: .await

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

fn show(names: (String, String)) {
    println!("{names:?}");
}

#[tokio::main]
async fn main() {
    show(gather!(user(1), user(2)));
//~      ^^^^^^^^^^^^^^^^^^^^^^^^^
}
