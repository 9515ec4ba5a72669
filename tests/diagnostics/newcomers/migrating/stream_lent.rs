//! A stream that is needed again afterwards.
//!
//! mistake: must be pinned
//! fix: pin!(

use futures::stream::{self, Stream, StreamExt as _};
use gather::gather;

async fn user(id: u32) -> String {
    format!("user {id}")
}

fn ids() -> impl Stream<Item = u32> {
    stream::unfold(1, |id| async move { (id < 4).then_some((id, id + 1)) })
}

#[tokio::main]
async fn main() {
    let mut jobs = ids().map(user);
    let users = gather!(*&mut jobs; limit = 2).await;
//~                      ^^^^^^^^^
    println!("{users:?}");
}
