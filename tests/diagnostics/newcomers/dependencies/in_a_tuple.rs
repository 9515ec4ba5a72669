//! Names in a tuple.
//!
//! mistake: tuple
//! fix: name the members

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let (name, length) = gather!(user(1), |name| async { name.len() }).await;
//~                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^
    println!("{name} {length}");
}
