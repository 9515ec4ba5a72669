//! `group.add_done_callback(..)`.
//!
//! mistake: no `add_done_callback()`
//! fix: on_done

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), user(2); spawn);
    group.add_done_callback(|_| println!("done"));
//~       ^^^^^^^^^^^^^^^^^
}
