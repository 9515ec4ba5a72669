//! `gather!` in every work item: written as the peers are.

use std::hint::black_box;

use gather::gather;
use gather_bench_peers::{Entry, Item, Side, WorkItem};

macro_rules! size {
    ($name:ident $n:literal: $($i:literal)*) => {
        mod $name {
            use super::*;

            pub(super) async fn all<F: Future>(make: impl Fn(usize) -> F) {
                black_box(gather!($(make($i)),*).await);
            }

            pub(super) async fn all_or_error<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box(gather!($(make($i)?),*).await);
            }

            pub(super) fn fixed<F, M, W>(name: &'static str, item: Item<M, W>) -> Entry
            where
                F: Future + 'static,
                M: Fn(usize) -> F + Copy + 'static,
                W: Fn() -> Option<usize> + Copy + 'static,
            {
                Entry::group(name, item, all)
            }

            pub(super) fn fallible<T, E, F, M, W>(name: &'static str, item: Item<M, W>) -> Entry
            where
                T: 'static,
                E: 'static,
                F: Future<Output = Result<T, E>> + 'static,
                M: Fn(usize) -> F + Copy + 'static,
                W: Fn() -> Option<usize> + Copy + 'static,
            {
                Entry::group(name, item, all_or_error)
            }
        }
    };
}

gather_bench_peers::for_each_size!(size);

async fn list<F: Future>(members: impl Iterator<Item = F>) {
    black_box(gather!(*members).await);
}

async fn limited<F: Future>(members: impl Iterator<Item = F>, limit: usize) {
    black_box(gather!(*members; limit = limit).await);
}

struct Ours(&'static str);

impl Side for Ours {
    fn fixed<F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        F: Future + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![gather_bench_peers::of_size!(n, fixed(self.0, item))]
    }

    fn fallible<T, E, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        E: 'static,
        F: Future<Output = Result<T, E>> + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![gather_bench_peers::of_size!(n, fallible(self.0, item))]
    }

    fn list<T, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![Entry::group(self.0, item, move |make| list((0..n).map(make)))]
    }

    fn limited<T, F, M, W>(&self, n: usize, limit: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        vec![Entry::group(self.0, item, move |make| limited((0..n).map(make), limit))]
    }
}

/// The name of `gather!` among the entries.
pub const GATHER: &str = "gather";

/// `gather!` in `item`, with `n` members.
pub fn gather(item: WorkItem, n: usize) -> Vec<Entry> {
    item.entries(n, &Ours(GATHER))
}
