//! A `let` for each member.
//!
//! mistake: let
//! fix: a =>

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let r = gather! {
        let a = user(1),
//~     ^^^
        b => user(2),
    }
    .await;
    println!("{}", r.b);
}
