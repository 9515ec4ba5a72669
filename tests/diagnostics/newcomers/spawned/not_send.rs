//! A member that holds an `Rc` while it waits.
//!
//! mistake: cannot be sent between threads safely
//! fix: is not `Send`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn count() -> usize {
    let shared = std::rc::Rc::new(1);
    user(1).await.len() + *shared
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), count(); spawn);
//~                              ^^^^^^^
    println!("{:?}", group.await.is_ok());
}
