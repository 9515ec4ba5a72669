//! Two items of one stream at once.
//!
//! mistake: more than once
//! fix: mutable

use futures::StreamExt as _;
use gather::gather;

#[tokio::main]
async fn main() {
    let mut numbers = futures::stream::iter([1, 2]);
    let (a, b) = gather!(numbers.next(), numbers.next()).await;
//~                                      ^^^^^^^
    println!("{a:?} {b:?}");
}
