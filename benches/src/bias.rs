//! Does the bench prefer one side? `gather!` against itself, and a peer that is compiled in this crate as `gather!` is:
//! under their second names they have to cost what they cost under the first.

use std::hint::black_box;

use gather::gather;
use gather_bench_peers::{Entry, Item, Side, WorkItem};

async fn gather_8<F: Future>(make: impl Fn(usize) -> F) {
    black_box(gather!(make(0), make(1), make(2), make(3), make(4), make(5), make(6), make(7)).await);
}

async fn tokio_8<F: Future>(make: impl Fn(usize) -> F) {
    black_box(tokio::join!(biased; make(0), make(1), make(2), make(3), make(4), make(5), make(6), make(7)));
}

async fn gather_list<F: Future>(members: impl Iterator<Item = F>) {
    black_box(gather!(*members).await);
}

async fn join_all<F: Future>(members: impl Iterator<Item = F>) {
    black_box(futures::future::join_all(members).await);
}

struct Again;

impl Side for Again {
    fn fixed<F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        F: Future + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        match n {
            8 => vec![Entry::group("gather again", item, gather_8), Entry::group("tokio biased again", item, tokio_8)],
            _ => Vec::new(),
        }
    }

    fn fallible<T, E, F, M, W>(&self, _: usize, _: Item<M, W>) -> Vec<Entry>
    where
        F: Future<Output = Result<T, E>> + 'static,
    {
        Vec::new()
    }

    fn list<T, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![
            Entry::group("gather again", item, move |make| gather_list((0..n).map(make))),
            Entry::group("futures join_all again", item, move |make| join_all((0..n).map(make))),
        ]
    }
}

pub(crate) fn again(item: WorkItem, n: usize) -> Vec<Entry> {
    item.entries(n, &Again)
}
