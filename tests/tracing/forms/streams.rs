//! Items of streams, which wait for the stream and not for a place.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use futures::FutureExt as _;
use futures::stream;
use gather::gather;

use super::alike::{bad, good};
use super::spans;

#[test]
fn that_fail() {
    let lines = spans(async { gather!(*stream::iter([bad(1), good(9, 1)])?).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, none", "group > #0, 2 polls: error", "group > #1, 1 polls: dropped"]);
    let lines = spans(async { gather!(*stream::iter([bad(1), good(9, 1), good(9, 2)])?; limit = 1).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, none", "group > #0, 2 polls: error"]);
    let lines =
        spans(async { gather! { a => good(2, 1)?, p => *stream::iter([good(9, 1), bad(1)])? }.await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > a, 2 polls: dropped",
            "group > p[0], 1 polls: dropped",
            "group > p[1], 2 polls: error"
        ]
    );
}

#[test]
fn that_a_deadline_ends() {
    let lines = spans(async {
        gather!(*stream::iter([bad(1), good(9, 1)]); return_exceptions, timeout = Duration::from_millis(5)).await.len()
    });
    assert_eq!(
        lines,
        ["group of 1, return_exceptions", "group > #0, 2 polls: error", "group > #1, 1 polls: timed_out"]
    );
    let lines = spans(async {
        gather!(*stream::iter([bad(1), good(9, 1), good(0, 1)]); return_exceptions, limit = 1, timeout = Duration::from_millis(5)).await.len()
    });
    assert_eq!(
        lines,
        ["group of 1, return_exceptions", "group > #0, 2 polls: error", "group > #1, 1 polls: timed_out"]
    );
}

#[test]
fn of_one_that_panics() {
    let lines = spans(async {
        gather!(*stream::iter((0..3).map(|i| if i == 1 { panic!("planned") } else { good(0, i) })); return_exceptions)
            .await
            .len()
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > #0, 1 polls: ok", "group > #1, 0 polls: panicked"]);
    let lines = spans(async {
        let mut g = Box::pin(async {
            gather!(*stream::iter((0..3u8).map(|i| if i == 1 { panic!("planned") } else { good(9, i) }))).await
        });
        assert!(catch_unwind(AssertUnwindSafe(|| (&mut g).now_or_never())).is_err())
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, 1 polls: dropped", "group > #1, 0 polls: panicked"]);
}

#[test]
fn under_a_limit() {
    let lines = spans(async { gather!(*stream::iter((0..3u8).map(|i| good(u64::from(i), i))); limit = 2).await });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 1 polls: ok", "group > #1, 2 polls: ok", "group > #2, 2 polls: ok"]
    );
}

#[test]
fn as_they_complete() {
    let lines = spans(async {
        let mut p = gather!(*stream::iter((0..3u8).map(|i| good(u64::from(3 - i), i))); as_completed);
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 2 polls: ok", "group > #1, 2 polls: ok", "group > #2, 2 polls: ok"]
    );
    let lines = spans(async {
        let mut p = gather!(*stream::iter((0..3u8).map(|i| good(u64::from(3 - i), i))); as_completed, limit = 2);
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 2 polls: ok", "group > #1, 2 polls: ok", "group > #2, 2 polls: ok"]
    );
}

#[test]
fn that_are_dropped() {
    let lines = spans(async {
        let g = gather! { a => good(2, 1), p => *stream::iter([good(9, 1), good(0, 1)]) };
        assert!(g.now_or_never().is_none())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "group > a, 1 polls: dropped",
            "group > p[0], 1 polls: dropped",
            "group > p[1], 1 polls: ok"
        ]
    );
}
