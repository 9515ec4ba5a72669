//! `for task in as_completed(tasks)`.
//!
//! mistake: one by one
//! fix: while let Some(

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    for (index, user) in gather!(*(1..4).map(user); as_completed) {
//~                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        println!("{index}: {user}");
    }
}
