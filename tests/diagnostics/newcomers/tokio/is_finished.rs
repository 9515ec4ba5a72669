//! `handle.is_finished()`.
//!
//! mistake: is_finished
//! fix: is_done

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), user(2); spawn);
    println!("{}", group.is_finished());
//~                      ^^^^^^^^^^^
}
