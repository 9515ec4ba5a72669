//! `a = f(), if enabled => ..`.
//!
//! mistake: condition
//! fix: if a {

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let enabled = true;
    let r = gather! { name => user(1), if enabled }.await;
//~                                    ^^^^^^^^^^
    println!("{}", r.name);
}
