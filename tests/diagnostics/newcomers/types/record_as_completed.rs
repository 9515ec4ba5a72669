//! Names, and results as they complete.
//!
//! mistake: one list
//! fix: gather!(*list; as_completed)

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut users = gather! { users => *(1..4).map(user); as_completed };
//~                                                       ^^^^^^^^^^^^
    while let Some((index, user)) = users.next().await {
        println!("{index}: {user}");
    }
}
