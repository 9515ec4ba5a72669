//! Lists of which so many are in progress at most: one async fn per peer, which ends with a `Vec` of all outputs.

use std::hint::black_box;
use std::num::NonZeroUsize;

use futures::StreamExt;
use futures::stream::iter;
use futures_buffered::BufferedStreamExt;
use futures_concurrency::concurrent_stream::ConcurrentStream;
use futures_concurrency::stream::StreamExt as _;
use tokio::sync::Semaphore;

use crate::items::Rhythm;
use crate::{Entry, Item, floor};

async fn buffered<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    black_box(iter(members).buffered(limit).collect::<Vec<_>>().await);
}

async fn buffer_unordered<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    black_box(iter(members).buffer_unordered(limit).collect::<Vec<_>>().await);
}

async fn buffered_ordered<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    black_box(iter(members).buffered_ordered(limit).collect::<Vec<_>>().await);
}

async fn buffered_unordered<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    black_box(iter(members).buffered_unordered(limit).collect::<Vec<_>>().await);
}

async fn concurrent_stream<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    let limit = NonZeroUsize::new(limit);
    black_box(iter(members).co().limit(limit).map(|member| member).collect::<Vec<_>>().await);
}

async fn semaphore<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    let permits = &Semaphore::new(limit);
    let members = members.map(|member| async move {
        let _permit = permits.acquire().await;
        member.await
    });
    black_box(futures::future::join_all(members).await);
}

pub(crate) fn entries<T, F, M, W>(n: usize, limit: usize, item: Item<M, W>) -> Vec<Entry>
where
    T: 'static,
    F: Future<Output = T> + Unpin + 'static,
    M: Fn(usize) -> F + Copy + 'static,
    W: Fn() -> Option<usize> + Copy + 'static,
{
    let mut entries = vec![
        Entry::bare("floor", item, move |item| {
            let mut members: Vec<F> = (0..n).map(item.make).collect();
            floor::floor_of_list(&mut members, item);
        }),
        Entry::group("buffered", item, move |make| buffered((0..n).map(make), limit)),
        Entry::group("buffer_unordered", item, move |make| buffer_unordered((0..n).map(make), limit)),
        Entry::group("buffered_ordered", item, move |make| buffered_ordered((0..n).map(make), limit)),
        Entry::group("buffered_unordered", item, move |make| buffered_unordered((0..n).map(make), limit)),
        Entry::group("semaphore", item, move |make| semaphore((0..n).map(make), limit)),
    ];
    // It looks at all that are in progress at every wake.
    if item.rhythm != Rhythm::OneAtATime || n <= 1_000 {
        entries.push(Entry::group("fc concurrent", item, move |make| concurrent_stream((0..n).map(make), limit)));
    }
    entries
}
