//! `as_completed`, nearly.
//!
//! mistake: unknown option
//! fix: `as_completed`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut users = gather!(*(1..4).map(user); as_complete);
//~                                            ^^^^^^^^^^^
    while let Some((index, user)) = users.next().await {
        println!("{index}: {user}");
    }
}
