//! `&mut future`, to go on with it later.
//!
//! mistake: pin
//! fix: pin!

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut one = user(1);
    let (a, b) = gather!(&mut one, user(2)).await;
//~                      ^^^^^^^^
    println!("{a} {b}");
}
