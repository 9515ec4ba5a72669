//! `error = T` where nothing can fail.
//!
//! mistake: no member has a `?`
//! fix: write one after a member

use gather::gather;

async fn orders(id: u32) -> Result<Vec<u32>, std::io::Error> {
    Ok(vec![id * 10])
}

#[tokio::main]
async fn main() {
    let r = gather! { list => orders(1); error = std::io::Error }.await;
//~                                      ^^^^^
    println!("{:?}", r.list);
}
