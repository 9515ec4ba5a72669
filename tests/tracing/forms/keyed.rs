//! Items with keys, in every policy.

use std::time::Duration;

use futures::stream;
use gather::gather;

use super::alike::{bad, good, panics};
use super::spans;

#[test]
fn under_a_limit() {
    let lines = spans(async {
        gather! { p => *[("a", good(2, 1)), ("b", good(0, 2)), ("c", good(1, 3))]; limit = 2 }.await.p.len()
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > p[\"a\"], waited, 2 polls: ok",
            "group > p[\"b\"], waited, 1 polls: ok",
            "group > p[\"c\"], waited, 2 polls: ok"
        ]
    );
}

#[test]
fn that_fail_or_panic() {
    let lines = spans(async {
        gather! { p => *[("a", bad(0)), ("b", panics(1)), ("c", good(1, 3))]; return_exceptions }.await.p.len()
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > p[\"a\"], 1 polls: error",
            "group > p[\"b\"], 2 polls: panicked",
            "group > p[\"c\"], 2 polls: ok"
        ]
    );
    let lines = spans(async {
        gather! { p => *[("a", bad(0)), ("b", panics(1)), ("c", good(1, 3))]?; all_errors }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 1, all_errors",
            "group > p[\"a\"], 1 polls: error",
            "group > p[\"b\"], 2 polls: panicked",
            "group > p[\"c\"], 2 polls: ok"
        ]
    );
}

#[test]
fn of_a_list_that_waits() {
    let lines = spans(async {
        gather! { n => good(0, 2)?, p => *|n| [("a", good(0, *n)), ("b", bad(1))]?; all_errors }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 2, all_errors",
            "group > n, 1 polls: ok",
            "group > p[\"a\"] after n, waited, 1 polls: ok",
            "group > p[\"b\"] after n, waited, 2 polls: error"
        ]
    );
    let lines = spans(async {
        gather! { n => good(1, 2)?, all => *|n| (0..*n).map(|i| (i * 10, good(1, i)))?; spawn }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "n, 2 polls: ok",
            "all[0] after n, waited, 2 polls: ok",
            "all[10] after n, waited, 2 polls: ok"
        ]
    );
}

#[test]
fn of_a_stream() {
    let lines = spans(async { gather! { p => *stream::iter([("a", good(1, 1)), ("b", good(0, 2))]) }.await.p.len() });
    assert_eq!(lines, ["group of 1, none", "group > p[\"a\"], 2 polls: ok", "group > p[\"b\"], 1 polls: ok"]);
}

#[test]
fn one_by_one() {
    let lines = spans(async {
        let mut p = gather!(*[("a", good(1, 1)), ("b", good(2, 2)), ("c", good(9, 3))]; in_order);
        p.next().await;
        p.next().await;
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "group > [\"a\"], 2 polls: ok",
            "group > [\"b\"], 4 polls: ok",
            "group > [\"c\"], 4 polls: dropped"
        ]
    );
    let lines = spans(async {
        let mut p = gather!(*[("a", good(1, 1)), ("b", good(9, 2)), ("c", good(0, 3))]; limit = 2, as_completed);
        p.next().await
    });
    assert_eq!(
        lines,
        ["group of 1, none", "group > [\"a\"], waited, 2 polls: ok", "group > [\"b\"], waited, 1 polls: dropped"]
    );
    let lines = spans(async {
        let mut p = gather!(*[("a", good(3, 1)), ("b", bad(1))]?; as_completed);
        while p.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, none", "group > [\"a\"], 2 polls: dropped", "group > [\"b\"], 2 polls: error"]);
}

#[test]
fn in_tasks() {
    let lines = spans(async {
        gather!(*[("a", good(1, 1)), ("b", bad(1))]; spawn, limit = 1, return_exceptions).await.map(|_| ())
    });
    assert_eq!(
        lines,
        ["group of 1, return_exceptions", "[\"a\"], waited, 2 polls: ok", "[\"b\"], waited, 2 polls: error"]
    );
    let lines =
        spans(async { gather!(*[("a", good(1, 1)), ("b", panics(1))]; spawn, return_exceptions).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, return_exceptions", "[\"a\"], 2 polls: ok", "[\"b\"], 2 polls: panicked"]);
    let lines = spans(async {
        gather!(*[("a", good(9, 1)), ("b", bad(1))]; spawn, limit = 1, return_exceptions, timeout = Duration::from_millis(2)).await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "[\"a\"], waited, 1 polls: timed_out"]);
}
