//! `as_completed` and `in_order`.

use futures::stream;
use gather::gather;

use super::{bad, good, spans};

#[test]
fn results_as_they_complete() {
    let lines = spans(async {
        let mut pages = gather!(*[9, 0, 5].into_iter().map(|ms| good(ms, ms)); as_completed);
        while pages.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 5 polls: ok", "group > #1, 1 polls: ok", "group > #2, 3 polls: ok"]
    );
}

#[test]
fn an_error_drops_those_that_run() {
    let jobs = || [good(0, 1), good(9, 2), good(8, 3)].into_iter();
    let lines = spans(async {
        let mut pages = gather!(*jobs().zip([false, true, false]).map(|(job, fails)| async move { if fails { bad(2).await } else { job.await } })?; as_completed);
        while pages.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 1 polls: ok", "group > #1, 3 polls: error", "group > #2, 3 polls: dropped"]
    );
}

#[test]
fn in_order_and_with_a_limit() {
    let lines = spans(async {
        let mut pages = gather!(*stream::iter([("a", good(5, 1)), ("b", good(0, 2))]); limit = 2, in_order);
        while pages.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, none", "group > [\"a\"], 2 polls: ok", "group > [\"b\"], 1 polls: ok"]);
}

#[test]
fn dropped_half_way() {
    let lines = spans(async {
        let mut pages = gather!(*[9, 0, 5].into_iter().map(|ms| good(ms, ms)); limit = 2, as_completed);
        pages.next().await;
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, waited, 1 polls: dropped", "group > #1, waited, 1 polls: ok"]);
}

#[test]
fn return_exceptions_gives_all() {
    let lines = spans(async {
        let mut pages = gather!(*[0, 1].into_iter().map(bad); return_exceptions, in_order);
        while pages.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > #0, 1 polls: error", "group > #1, 3 polls: error"]);
}
