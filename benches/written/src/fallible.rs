//! Fixed groups of members that all differ and end at the first error: an async block per peer and size.

use std::hint::black_box;
use std::pin::pin;

use gather::gather;
use gather_bench_peers::items::Rhythm;
use gather_bench_peers::{Entry, for_each_size, of_size};

use crate::drive::{entry, floor};
use crate::members::{Slots, Wrong, item};

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
                    match tokio::try_join!(biased; $(crate::members::$member::<$i>(s)),*) {
                        Ok(all) => 0 $(+ all.$i)*,
                        Err(Wrong) => u64::MAX,
                    }
                }),
                entry("tokio", item, |s: Slots| async move {
                    match tokio::try_join!($(crate::members::$member::<$i>(s)),*) {
                        Ok(all) => 0 $(+ all.$i)*,
                        Err(Wrong) => u64::MAX,
                    }
                }),
                entry("futures", item, |s: Slots| async move {
                    match futures::try_join!($(crate::members::$member::<$i>(s)),*) {
                        Ok(all) => 0 $(+ all.$i)*,
                        Err(Wrong) => u64::MAX,
                    }
                }),
                entry(gather, item, |s: Slots| async move {
                    match gather!($(crate::members::$member::<$i>(s)?),*).await {
                        Ok(all) => 0 $(+ all.$i)*,
                        Err(Wrong) => u64::MAX,
                    }
                }),
            ]
        }
    };
}

macro_rules! size {
    ($name:ident $n:tt: $($i:tt)*) => {
        mod $name {
            use super::*;
            groups!(ready_or_error Once; $n: $($i)*);
            groups!(woken_or_error OneAtATime; $n: $($i)*);
        }
    };
}

for_each_size!(size);

pub(crate) fn entries(name: &str, n: usize, gather: &'static str) -> Vec<Entry> {
    match name {
        "T1h" => of_size!(n, ready_or_error(gather)),
        "T3h" => of_size!(n, woken_or_error(gather)),
        name => unreachable!("{name} is no work item"),
    }
}
