//! `spawn = runtime`.
//!
//! mistake: handle
//! fix: &

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let group = gather!(user(1); spawn = runtime);
//~                                      ^^^^^^^
    println!("{:?}", group.await.is_ok());
}
