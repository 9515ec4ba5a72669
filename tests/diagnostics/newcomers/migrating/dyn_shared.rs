//! A trait object behind an `Arc`.
//!
//! mistake: must be a future
//! fix: IntoFuture

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let object: std::sync::Arc<dyn Future<Output = String>> = std::sync::Arc::new(user(1));
    let (a, b) = gather!(object, user(2)).await;
//~                      ^^^^^^
    println!("{a} {b}");
}
