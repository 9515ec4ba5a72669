//! Fixed groups that end at the first error: one async fn per peer and size.

use std::hint::black_box;
use std::pin::pin;

use futures_concurrency::future::TryJoin;

use crate::{ARRAY, Entry, Item, floor};

macro_rules! size {
    ($name:ident $n:literal: $($i:literal)*) => {
        mod $name {
            use super::*;

            async fn tokio<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box(tokio::try_join!($(make($i)),*));
            }

            async fn tokio_biased<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box(tokio::try_join!(biased; $(make($i)),*));
            }

            async fn futures<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box(futures::try_join!($(make($i)),*));
            }

            // Its `?` leaves the async block around it.
            #[allow(clippy::drop_non_drop, reason = "in the expansion")]
            async fn join_me_maybe<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box(async { Ok::<_, E>(join_me_maybe::join!($(it = make($i) => it?),*)) }.await);
            }

            async fn fc_array<T, E, F: Future<Output = Result<T, E>>>(make: impl Fn(usize) -> F) {
                let _ = black_box([$(make($i)),*].try_join().await);
            }

            pub(super) fn entries<T, E, F, M, W>(item: Item<M, W>) -> Vec<Entry>
            where
                T: 'static,
                E: 'static,
                F: Future<Output = Result<T, E>> + 'static,
                M: Fn(usize) -> F + Copy + 'static,
                W: Fn() -> Option<usize> + Copy + 'static,
            {
                vec![
                    Entry::bare("floor", item, |item| floor::floor(&mut [$(pin!((item.make)($i))),*], item)),
                    Entry::group("tokio biased", item, tokio_biased),
                    Entry::group("tokio", item, tokio),
                    Entry::group("futures", item, futures),
                    Entry::group("join_me_maybe", item, join_me_maybe),
                    Entry::group(ARRAY, item, fc_array),
                ]
            }
        }
    };
}

crate::for_each_size!(size);

pub(crate) fn entries<T, E, F, M, W>(n: usize, item: Item<M, W>) -> Vec<Entry>
where
    T: 'static,
    E: 'static,
    F: Future<Output = Result<T, E>> + 'static,
    M: Fn(usize) -> F + Copy + 'static,
    W: Fn() -> Option<usize> + Copy + 'static,
{
    crate::of_size!(n, entries(item))
}
