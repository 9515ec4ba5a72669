//! A list of values.
//!
//! mistake: items of this one are `u32`
//! fix: .map(

use gather::gather;

#[tokio::main]
async fn main() {
    let ids: Vec<u32> = vec![1, 2];
    let users = gather!(*ids).await;
//~                      ^^^
    println!("{users:?}");
}
