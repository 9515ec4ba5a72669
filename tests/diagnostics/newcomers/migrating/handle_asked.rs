//! `handle.await?` for the `JoinError`, which is no error of a member here.
//!
//! mistake: `?` is for members that give a `Result`
//! fix: remove the `?`

use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

#[tokio::main]
async fn main() {
    let group = gather!(tokio::spawn(user(1))?, user(2); spawn);
//~                     ^^^^^^^^^^^^^^^^^^^^^
    println!("{:?}", group.await.is_ok());
}
