//! `until` of what is no future.
//!
//! mistake: future
//! fix: until = 

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! { name => user(1); return_exceptions, until = 5 }.await;
//~                                                               ^
    println!("{}", r.name.is_ok());
}
