//! Lists: one async fn per peer. Each makes its group of the same iterator and ends with a `Vec` of all outputs.

use std::hint::black_box;

use futures::StreamExt;
use futures_concurrency::future::Join;

use crate::items::Rhythm;
use crate::{Entry, Item, floor};

async fn futures_join_all<F: Future>(members: impl Iterator<Item = F>) {
    black_box(futures::future::join_all(members).await);
}

async fn futures_unordered<F: Future>(members: impl Iterator<Item = F>) {
    let group: futures::stream::FuturesUnordered<F> = members.collect();
    black_box(group.collect::<Vec<_>>().await);
}

async fn buffered_join_all<F: Future>(members: impl Iterator<Item = F>) {
    black_box(futures_buffered::join_all(members.collect::<Vec<_>>()).await);
}

async fn buffered_unordered<F: Future>(members: impl ExactSizeIterator<Item = F>) {
    let mut group = futures_buffered::FuturesUnorderedBounded::new(members.len());
    members.for_each(|member| group.push(member));
    black_box(group.collect::<Vec<_>>().await);
}

async fn fc_vec<F: Future>(members: impl Iterator<Item = F>) {
    black_box(members.collect::<Vec<_>>().join().await);
}

// On a `LocalSet`, so that its members are the same as everybody's.
async fn join_set<T: 'static, F: Future<Output = T> + 'static>(members: impl Iterator<Item = F>) {
    let run = async {
        let mut group = tokio::task::JoinSet::new();
        for member in members {
            group.spawn_local(member);
        }
        black_box(group.join_all().await);
    };
    tokio::task::LocalSet::new().run_until(run).await;
}

pub(crate) fn entries<T, F, M, W>(n: usize, item: Item<M, W>) -> Vec<Entry>
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
        Entry::group("futures join_all", item, move |make| futures_join_all((0..n).map(make))),
        Entry::group("FuturesUnordered", item, move |make| futures_unordered((0..n).map(make))),
        Entry::group("buffered join_all", item, move |make| buffered_join_all((0..n).map(make))),
        Entry::group("buffered unordered", item, move |make| buffered_unordered((0..n).map(make))),
    ];
    // Quadratic: it looks at all members at every wake.
    if item.rhythm != Rhythm::OneAtATime || n <= 1_000 {
        entries.push(Entry::group("fc Vec", item, move |make| fc_vec((0..n).map(make))));
    }
    if n <= 100_000 {
        entries.push(Entry::group("JoinSet", item, move |make| join_set((0..n).map(make))));
    }
    entries
}
