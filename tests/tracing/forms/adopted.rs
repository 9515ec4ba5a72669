//! Tasks and spawned groups as members.

use std::time::Duration;

use gather::gather;

use super::alike::{bad, good, panics};
use super::spans;

#[test]
fn in_a_list() {
    let lines = spans(async {
        gather!(*[tokio::spawn(good(1, 1)), tokio::spawn(bad(0)), tokio::spawn(panics(0))]; return_exceptions)
            .await
            .len()
    });
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "group > #0, 3 polls: ok",
            "group > #1, 2 polls: error",
            "group > #2, 2 polls: panicked"
        ]
    );
    let lines = spans(async {
        gather!(*[tokio::spawn(good(1, 1)), tokio::spawn(bad(0))]; spawn, return_exceptions).await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "#0, 2 polls: ok", "#1, 1 polls: error"]);
}

#[test]
fn without_a_policy() {
    let lines = spans(async { gather! { a => tokio::spawn(good(1, 1)) }.await.a.is_ok() });
    assert_eq!(lines, ["group of 1, none", "group > a, 2 polls: ok"]);
    let lines = spans(async { gather! { a => tokio::spawn(bad(1))?; return_exceptions }.await.a.is_ok() });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > a, 2 polls: error"]);
}

#[test]
fn a_group() {
    let lines = spans(async {
        let inner = gather! { x => good(9, 1); spawn };
        gather! { inner => inner, b => good(0, 1); return_exceptions, timeout = Duration::from_millis(1) }
            .await
            .b
            .is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "x, 1 polls: cancelled",
            "group of 2, return_exceptions",
            "group > inner, 2 polls: timed_out",
            "group > b, 1 polls: ok"
        ]
    );
    let lines = spans(async {
        let inner = gather! { x => panics(0); spawn };
        gather! { inner => inner, b => good(0, 1); return_exceptions }.await.b.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "x, 1 polls: panicked",
            "group of 2, return_exceptions",
            "group > inner, 2 polls: panicked",
            "group > b, 1 polls: ok"
        ]
    );
}

#[test]
fn in_a_spawned_group() {
    let lines = spans(async {
        gather! { t => tokio::spawn(good(9, 1)), u => tokio::spawn(panics(0)); spawn, return_exceptions, timeout = Duration::from_millis(1) }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 2, return_exceptions", "t, 1 polls: timed_out", "u, 1 polls: panicked"]);
    let lines = spans(async {
        gather! { t => tokio::spawn(good(1, 1)), u => tokio::spawn(good(0, 2)); spawn, limit = 1 }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 2, none", "t, waited, 2 polls: ok", "u, waited, 1 polls: ok"]);
}

#[test]
fn one_by_one() {
    let lines = spans(async {
        let mut p = gather!(*[tokio::spawn(good(1, 1)), tokio::spawn(bad(0))]; as_completed, return_exceptions);
        while p.next().await.is_some() {}
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > #0, 4 polls: ok", "group > #1, 2 polls: error"]);
}
