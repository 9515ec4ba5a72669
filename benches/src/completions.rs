//! Results as they complete: the items of lists under a limit, read one by one, by `gather!` and by its peers.

use std::hint::black_box;

use futures::StreamExt;
use futures::stream::{FuturesUnordered, iter};
use futures_buffered::BufferedStreamExt;
use gather::gather;
use gather_bench_peers::items::Kind;
use gather_bench_peers::{Entry, Item, Side, WorkItem};

use crate::ours::GATHER;

/// How many items are in progress at most.
const LIMIT: usize = 64;

const fn work(name: &'static str, does: &'static str) -> WorkItem {
    WorkItem { name, does, kind: Kind::Limited(LIMIT) }
}

/// The same items as of lists under a limit.
pub(crate) const WORK_ITEMS: [WorkItem; 3] = [
    work("C1", "L1/64, each result read by `next()`"),
    work("C2", "L2/64, each result read by `next()`"),
    work("C3", "L3/64, each result read by `next()`"),
];

async fn as_completed<F: Future>(members: impl Iterator<Item = F>) {
    let mut results = gather!(*members; limit = LIMIT, as_completed);
    while let Some(result) = results.next().await {
        black_box(result);
    }
}

async fn buffer_unordered<F: Future>(members: impl Iterator<Item = F>) {
    let mut results = iter(members).buffer_unordered(LIMIT);
    while let Some(result) = results.next().await {
        black_box(result);
    }
}

async fn buffered_unordered<F: Future>(members: impl Iterator<Item = F>) {
    let mut results = iter(members).buffered_unordered(LIMIT);
    while let Some(result) = results.next().await {
        black_box(result);
    }
}

async fn futures_unordered<F: Future>(mut members: impl Iterator<Item = F>) {
    let mut group: FuturesUnordered<F> = members.by_ref().take(LIMIT).collect();
    while let Some(result) = group.next().await {
        black_box(result);
        group.extend(members.next());
    }
}

// On a `LocalSet`, so that its members are the same as everybody's.
async fn join_set<T: 'static, F: Future<Output = T> + 'static>(mut members: impl Iterator<Item = F>) {
    let run = async {
        let mut group = tokio::task::JoinSet::new();
        for member in members.by_ref().take(LIMIT) {
            group.spawn_local(member);
        }
        while let Some(result) = group.join_next().await {
            let _ = black_box(result);
            if let Some(member) = members.next() {
                group.spawn_local(member);
            }
        }
    };
    tokio::task::LocalSet::new().run_until(run).await;
}

struct OneByOne;

impl Side for OneByOne {
    fn fixed<F, M, W>(&self, _: usize, _: Item<M, W>) -> Vec<Entry>
    where
        F: Future + 'static,
    {
        Vec::new()
    }

    fn fallible<T, E, F, M, W>(&self, _: usize, _: Item<M, W>) -> Vec<Entry>
    where
        F: Future<Output = Result<T, E>> + 'static,
    {
        Vec::new()
    }

    fn list<T, F, M, W>(&self, _: usize, _: Item<M, W>) -> Vec<Entry>
    where
        F: Future<Output = T> + Unpin + 'static,
    {
        Vec::new()
    }

    fn limited<T, F, M, W>(&self, n: usize, _: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![
            Entry::bare("floor", item, move |item| {
                let mut members: Vec<F> = (0..n).map(item.make).collect();
                gather_bench_peers::floor::floor_of_list(&mut members, item);
            }),
            Entry::group("buffer_unordered", item, move |make| buffer_unordered((0..n).map(make))),
            Entry::group("buffered_unordered", item, move |make| buffered_unordered((0..n).map(make))),
            Entry::group("FuturesUnordered", item, move |make| futures_unordered((0..n).map(make))),
            Entry::group("JoinSet", item, move |make| join_set((0..n).map(make))),
            Entry::group(GATHER, item, move |make| as_completed((0..n).map(make))),
        ]
    }
}

/// All who can do it.
pub(crate) fn entries(item: WorkItem, n: usize) -> Vec<Entry> {
    let of_a_list = match item.name {
        "C1" => "L1/64",
        "C2" => "L2/64",
        _ => "L3/64",
    };
    WorkItem { name: of_a_list, ..item }.entries(n, &OneByOne)
}
