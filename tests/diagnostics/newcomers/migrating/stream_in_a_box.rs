//! A stream behind a trait object.
//!
//! mistake: boxed stream must be pinned
//! fix: Box::pin(

use futures::Stream;
use futures::future::Ready;
use gather::gather;

fn jobs() -> Box<dyn Stream<Item = Ready<u32>>> {
    Box::new(futures::stream::iter([futures::future::ready(1)]))
}

#[tokio::main]
async fn main() {
    let all = gather!(*jobs()).await;
//~                    ^^^^^^
    println!("{all:?}");
}
