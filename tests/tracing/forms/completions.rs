//! `as_completed` and `in_order`.

use std::time::Duration;

use futures::stream;
use gather::gather;

use super::{alike, bad, good, spans};

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

#[test]
fn a_quorum_drops_the_rest() {
    let lines = spans(async {
        let mut p = gather!(*[alike::good(1, 1), alike::good(2, 2), alike::good(9, 3)]; as_completed);
        p.next().await;
        p.next().await;
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 2 polls: ok", "group > #1, 4 polls: ok", "group > #2, 4 polls: dropped"]
    );
}

#[test]
fn deadlines() {
    let lines = spans(async {
        let mut p = gather!(*[alike::good(1, 1), alike::good(2, 2), alike::good(9, 3)]; as_completed, return_exceptions, timeout = Duration::from_millis(4));
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > #0, 2 polls: ok",
            "group > #1, 4 polls: ok",
            "group > #2, 6 polls: timed_out"
        ]
    );
    let lines = spans(async {
        let mut p = gather!(*[alike::good(1, 1), alike::good(9, 2), alike::good(9, 3), alike::good(9, 4)]; in_order, limit = 1, return_exceptions, timeout = Duration::from_millis(4));
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > #0, waited, 2 polls: ok",
            "group > #1, waited, 1 polls: timed_out",
            "group > #2, waited, 0 polls: timed_out",
            "group > #3, waited, 0 polls: timed_out"
        ]
    );
    let lines = spans(async {
        let mut p = gather!(*[alike::good(1, 1), alike::good(9, 3)]; as_completed, return_exceptions, until = alike::good(4, 0));
        while p.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > #0, 2 polls: ok", "group > #1, 4 polls: cancelled"]);
}

#[test]
fn in_order_an_error_waits_for_those_before_it() {
    let lines = spans(async {
        let mut p = gather!(*[alike::good(3, 1), alike::bad(1), alike::good(9, 3)]?; in_order);
        while p.next().await.is_some() {}
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > #0, 3 polls: ok", "group > #1, 2 polls: error", "group > #2, 2 polls: dropped"]
    );
}

#[test]
fn with_poll_all() {
    let lines = spans(async {
        let mut p = gather!(*[alike::good(3, 1), alike::good(1, 2)]; as_completed, poll_all);
        while p.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, none", "group > #0, 4 polls: ok", "group > #1, 2 polls: ok"]);
}
