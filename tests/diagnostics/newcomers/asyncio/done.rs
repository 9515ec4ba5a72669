//! `group.done()`.
//!
//! mistake: no `done()`
//! fix: `is_done()`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), user(2); spawn);
    println!("{}", group.done());
//~                      ^^^^
}
