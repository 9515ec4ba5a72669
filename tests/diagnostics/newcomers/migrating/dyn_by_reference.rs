//! A trait object behind `&mut`.
//!
//! mistake: must be pinned
//! fix: pin

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let mut one = user(1);
    let object: &mut dyn Future<Output = String> = &mut one;
    let (a, b) = gather!(object, user(2)).await;
//~                      ^^^^^^
    println!("{a} {b}");
}
