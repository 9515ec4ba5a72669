//! Fixed groups of members that all differ: an async block per peer and size.

use std::hint::black_box;
use std::pin::pin;

use futures_concurrency::future::Join;
use gather::gather;
use gather_bench_peers::items::Rhythm;
use gather_bench_peers::{Entry, for_each_size, of_size};

use crate::drive::{entry, floor};
use crate::members::{Slots, item, ready, woken, yields};

macro_rules! groups {
    ($member:ident $rhythm:ident; $n:tt: $($i:tt)*) => {
        pub(super) fn $member(gather: &'static str) -> Vec<Entry> {
            let item = item($n, Rhythm::$rhythm);
            vec![
                Entry::bare("floor", item, |item| {
                    let mut members = ($(pin!(crate::members::$member::<$i>(item.make)),)*);
                    floor(item, &mut |i, cx| match i {
                        $($i => drop(black_box(members.$i.as_mut().poll(cx))),)*
                        _ => unreachable!("there are {} members", $n),
                    });
                }),
                entry("tokio biased", item, |s: Slots| async move {
                    let all = tokio::join!(biased; $(crate::members::$member::<$i>(s)),*);
                    0 $(+ all.$i)*
                }),
                entry("tokio", item, |s: Slots| async move {
                    let all = tokio::join!($(crate::members::$member::<$i>(s)),*);
                    0 $(+ all.$i)*
                }),
                entry("futures", item, |s: Slots| async move {
                    let all = futures::join!($(crate::members::$member::<$i>(s)),*);
                    0 $(+ all.$i)*
                }),
                entry("join_me_maybe", item, |s: Slots| async move {
                    let all = join_me_maybe::join!($(crate::members::$member::<$i>(s)),*);
                    0 $(+ all.$i)*
                }),
                entry(gather, item, |s: Slots| async move {
                    let all = gather!($(crate::members::$member::<$i>(s)),*).await;
                    0 $(+ all.$i)*
                }),
            ]
        }
    };
}

macro_rules! size {
    ($name:ident $n:tt: $($i:tt)*) => {
        mod $name {
            use super::*;
            groups!(ready Once; $n: $($i)*);
            groups!(yields Twice; $n: $($i)*);
            groups!(woken OneAtATime; $n: $($i)*);
        }
    };
}

for_each_size!(size);

/// futures-concurrency joins tuples of at most twelve.
macro_rules! tuples {
    ($member:ident $rhythm:ident $n:ident) => {{
        let item = item($n, Rhythm::$rhythm);
        match $n {
            2 => Some(entry("fc tuple", item, |s: Slots| async move {
                let all = ($member::<0>(s), $member::<1>(s)).join().await;
                all.0 + all.1
            })),
            3 => Some(entry("fc tuple", item, |s: Slots| async move {
                let all = ($member::<0>(s), $member::<1>(s), $member::<2>(s)).join().await;
                all.0 + all.1 + all.2
            })),
            4 => Some(entry("fc tuple", item, |s: Slots| async move {
                let all = ($member::<0>(s), $member::<1>(s), $member::<2>(s), $member::<3>(s)).join().await;
                all.0 + all.1 + all.2 + all.3
            })),
            8 => Some(entry("fc tuple", item, |s: Slots| async move {
                let first = ($member::<0>(s), $member::<1>(s), $member::<2>(s), $member::<3>(s));
                let last = ($member::<4>(s), $member::<5>(s), $member::<6>(s), $member::<7>(s));
                let all = (first.0, first.1, first.2, first.3, last.0, last.1, last.2, last.3).join().await;
                all.0 + all.1 + all.2 + all.3 + all.4 + all.5 + all.6 + all.7
            })),
            _ => None,
        }
    }};
}

pub(crate) fn entries(name: &str, n: usize, gather: &'static str) -> Vec<Entry> {
    let (mut entries, tuple) = match name {
        "A1h" => (of_size!(n, ready(gather)), tuples!(ready Once n)),
        "A2h" => (of_size!(n, yields(gather)), tuples!(yields Twice n)),
        "A3h" => (of_size!(n, woken(gather)), tuples!(woken OneAtATime n)),
        name => unreachable!("{name} is no work item"),
    };
    entries.extend(tuple);
    entries
}
