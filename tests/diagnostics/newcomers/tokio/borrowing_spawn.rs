//! `spawn` of what borrows, as in `tokio::spawn`.
//!
//! mistake: does not live long enough
//! fix: 'static

use gather::gather;

#[tokio::main]
async fn main() {
    let name = String::from("Ada");
    let group = gather! { length => async { name.len() }; spawn };
//~                                         ^^^^
    println!("{}", group.await.unwrap().length);
}
