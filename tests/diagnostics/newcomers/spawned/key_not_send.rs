//! A key that cannot go to another thread.
//!
//! mistake: must be `Send`
//! fix: `Arc`

use std::rc::Rc;

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let users = gather!(*(1..4).map(|id| (Rc::new(id), user(id))); spawn).await;
//~                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{users:?}");
}
