//! What others give cannot be taken.
//!
//! mistake: mismatched types
//! fix: to_string()

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn loud(text: String) -> String {
    text.to_uppercase()
}

#[tokio::main]
async fn main() {
    let r = gather! {
        name => user(1),
        shout => |name| loud(name),
//~                          ^^^^
    }
    .await;
    println!("{} {}", r.name, r.shout);
}
