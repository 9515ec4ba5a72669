//! Fixed groups: one async fn per peer and size, each a macro call in an async block.

use std::hint::black_box;
use std::pin::pin;

use futures_concurrency::future::Join;

use crate::{ARRAY, Entry, Item, floor};

macro_rules! size {
    ($name:ident $n:literal: $($i:literal)*) => {
        mod $name {
            use super::*;

            async fn tokio<F: Future>(make: impl Fn(usize) -> F) {
                black_box(tokio::join!($(make($i)),*));
            }

            async fn tokio_biased<F: Future>(make: impl Fn(usize) -> F) {
                black_box(tokio::join!(biased; $(make($i)),*));
            }

            async fn futures<F: Future>(make: impl Fn(usize) -> F) {
                black_box(futures::join!($(make($i)),*));
            }

            async fn join_me_maybe<F: Future>(make: impl Fn(usize) -> F) {
                black_box(join_me_maybe::join!($(make($i)),*));
            }

            async fn fc_array<F: Future>(make: impl Fn(usize) -> F) {
                black_box([$(make($i)),*].join().await);
            }

            pub(super) fn entries<F, M, W>(item: Item<M, W>) -> Vec<Entry>
            where
                F: Future + 'static,
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

/// futures-concurrency joins tuples of at most twelve.
macro_rules! tuple {
    ($name:ident: $($i:literal)*) => {
        async fn $name<F: Future>(make: impl Fn(usize) -> F) {
            black_box(($(make($i)),*).join().await);
        }
    };
}

tuple!(fc_tuple_2: 0 1);
tuple!(fc_tuple_3: 0 1 2);
tuple!(fc_tuple_4: 0 1 2 3);
tuple!(fc_tuple_8: 0 1 2 3 4 5 6 7);

pub(crate) fn entries<F, M, W>(n: usize, item: Item<M, W>) -> Vec<Entry>
where
    F: Future + 'static,
    M: Fn(usize) -> F + Copy + 'static,
    W: Fn() -> Option<usize> + Copy + 'static,
{
    let mut entries = crate::of_size!(n, entries(item));
    match n {
        2 => entries.push(Entry::group("fc tuple", item, fc_tuple_2)),
        3 => entries.push(Entry::group("fc tuple", item, fc_tuple_3)),
        4 => entries.push(Entry::group("fc tuple", item, fc_tuple_4)),
        8 => entries.push(Entry::group("fc tuple", item, fc_tuple_8)),
        _ => {}
    }
    entries
}
