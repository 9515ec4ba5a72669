//! The guard of a std lock, held while another member is awaited.
//!
//! mistake: cannot be sent between threads safely
//! fix: leave_out_spawn

use std::sync::{Arc, Mutex};

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

async fn count(counter: Arc<Mutex<u32>>) -> u32 {
    let mut counter = counter.lock().unwrap();
    user(1).await;
    *counter += 1;
    *counter
}

#[tokio::main]
async fn main() {
    let group = gather!(user(1), count(Arc::default()); spawn);
//~                              ^^^^^^^^^^^^^^^^^^^^^
    println!("{:?}", group.await.is_ok());
}
