//! A block that captures an `Rc`.
//!
//! mistake: cannot be sent between threads safely
//! fix: leave_out_spawn

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let shared = std::rc::Rc::new(1);
    let block = async move { user(*shared).await };
    let group = gather!(user(1), block; spawn);
//~                              ^^^^^
    println!("{:?}", group.await.is_ok());
}
