//! Members that wait, for a place or for others, and how that ends.

use std::time::Duration;

use gather::gather;

use super::alike::{bad, good};
use super::recorder::Recorder;
use super::spans;

#[test]
fn for_both() {
    let lines = spans(async {
        gather! { a => good(1, 1), b => |a| good(1, a.clone().unwrap()), c => good(1, 3); limit = 1 }.await.a.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, waited, 2 polls: ok",
            "group > b after a, waited, 2 polls: ok",
            "group > c, waited, 2 polls: ok"
        ]
    );
    let lines = spans(async {
        gather! { a => bad(1), b => |a| good(1, *a), c => good(1, 3); limit = 1, return_exceptions, timeout = Duration::from_millis(1) }.await.a.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 3, return_exceptions",
            "group > a, waited, 2 polls: error",
            "group > b after a, waited, 0 polls: skipped",
            "group > c, waited, 1 polls: timed_out"
        ]
    );
    let lines = spans(async {
        gather! { n => good(1, 2)?, all => *|n| (0..*n).map(|i| good(1, i))?; spawn, limit = 1 }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 2, none",
            "n, waited, 2 polls: ok",
            "all[0] after n, waited, 2 polls: ok",
            "all[1] after n, waited, 2 polls: ok"
        ]
    );
    let lines = spans(async {
        gather! { a => good(2, 1), b => good(1, 1)?, c => good(0, 1); spawn, limit = 1 }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        ["group of 3, none", "a, waited, 2 polls: ok", "b, waited, 2 polls: ok", "c, waited, 1 polls: ok"]
    );
}

#[test]
fn until_the_deadline() {
    let lines = spans(async {
        gather! { a => good(9, 1), b => |a| good(1, *a), c => |b| good(1, *b); return_exceptions, timeout = Duration::from_millis(1) }.await.a.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 3, return_exceptions",
            "group > a, 2 polls: timed_out",
            "group > b after a, waited, 0 polls: timed_out",
            "group > c after b, waited, 0 polls: timed_out"
        ]
    );
    let lines = spans(async {
        gather! { a => good(9, 1), b => |a| good(1, *a), c => *|b| [good(1, *b)]; return_exceptions, until = good(1, 0) }.await.a.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 3, return_exceptions",
            "group > a, 2 polls: cancelled",
            "group > b after a, waited, 0 polls: cancelled",
            "group > c after b, waited, 0 polls: cancelled"
        ]
    );
    let lines = spans(async {
        gather! { a => good(9, 1), b => |a| good(0, *a); spawn, return_exceptions, until = good(2, 0) }
            .await
            .map(|_| ())
    });
    assert_eq!(
        lines,
        ["group of 2, return_exceptions", "a, 1 polls: cancelled", "b after a, waited, 0 polls: cancelled"]
    );
}

#[test]
fn for_one_that_ends_the_group() {
    let lines = spans(async { gather! { a => bad(0)?, b => |a| good(0, *a)?, c => good(0, 1) }.await.map(|_| ()) });
    assert_eq!(
        lines,
        [
            "group of 3, none",
            "group > a, 1 polls: error",
            "group > c, 1 polls: ok",
            "group > b after a, waited, 0 polls: dropped"
        ]
    );
    let lines =
        spans(async { gather! { a => bad(0)?, b => |a| good(0, *a)?, c => good(0, 1); spawn }.await.map(|_| ()) });
    assert_eq!(
        lines,
        ["group of 3, none", "a, 1 polls: error", "c, 1 polls: ok", "b after a, waited, 0 polls: dropped"]
    );
}

#[test]
fn for_one_that_is_skipped() {
    let lines = spans(async {
        gather! { a => bad(0)?, b => |a| good(0, *a)?, c => *|b| [good(0, *b)]?; spawn, all_errors }.await.map(|_| ())
    });
    assert_eq!(
        lines,
        [
            "group of 3, all_errors",
            "a, 1 polls: error",
            "b after a, waited, 0 polls: skipped",
            "c after b, waited, 0 polls: skipped"
        ]
    );
}

#[test]
fn for_a_list_that_is_empty() {
    let lines = spans(async {
        gather! { a => good(0, 1), c => *|a| if a.is_ok() { vec![] } else { vec![good(0, 1)] } }.await.c.len()
    });
    assert_eq!(lines, ["group of 2, none", "group > a, 1 polls: ok"]);
}

#[test]
fn when_the_group_is_cancelled() {
    let lines = spans(async {
        let g = gather!(*(0..3).map(|_| good(9, 1)); spawn, limit = 1);
        tokio::task::yield_now().await;
        g.cancel();
        g.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, none", "#0, waited, 1 polls: cancelled"]);
    let lines = spans(async {
        let g = gather!(*(0..3).map(|_| good(9, 1)); spawn, limit = 1, return_exceptions);
        tokio::task::yield_now().await;
        g.cancel();
        g.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "#0, waited, 1 polls: cancelled"]);
}

/// In milliseconds of the clock of the machine.
#[test]
fn how_long_is_said() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (recorder, _guard) = Recorder::install();
    let waited = |group: &str| {
        let seen = recorder.take();
        let of = |name: &str| seen.iter().find(|span| span.field("member") == Some(name)).unwrap().field("waited_ms");
        let [a, b] = ["a", "b"].map(|name| of(name).map(|ms| ms.parse::<u64>().unwrap()));
        assert!(b.is_some_and(|ms| (30..5_000).contains(&ms)), "{group}: {b:?}");
        a
    };
    runtime.block_on(async { gather! { a => good(30, 1), b => |a| good(0, a.clone().unwrap()) }.await.b }).unwrap();
    assert_eq!(waited("a dependant"), None);
    runtime.block_on(async { gather! { a => good(30, 1), b => good(0, 1); limit = 1 }.await.b }).unwrap();
    assert!(waited("a limit").is_some_and(|ms| ms < 30));
    runtime.block_on(async { gather! { a => good(30, 1)?, b => |a| good(0, *a)?; spawn }.await.map(drop) }).unwrap();
    assert_eq!(waited("a task"), None);
    runtime
        .block_on(async { gather! { a => good(30, 1)?, b => good(0, 1)?; spawn, limit = 1 }.await.map(drop) })
        .unwrap();
    assert!(waited("tasks under a limit").is_some_and(|ms| ms < 30));
}
