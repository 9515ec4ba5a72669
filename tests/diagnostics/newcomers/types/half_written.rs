//! A member that is not finished.
//!
//! mistake: no value
//! fix: write a future

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1), list => }.await;
//~                                    ^^^^
    println!("{}", r.name);
}
