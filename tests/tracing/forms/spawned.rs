//! Spawned groups: each member's span is current inside its task, and a child of the span in which the group was made.

use std::time::Duration;

use gather::gather;
use tracing::{Instrument as _, info, info_span};

use super::recorder::{Recorder, lines};
use super::{bad, good, panics, spans};

#[test]
fn single_members() {
    let lines = spans(async {
        let group = async {
            gather! { user => good(0, 1)?, orders => good(2, 2)?, ads => async { 3 }; spawn }.await.map(|_| ())
        };
        group.instrument(info_span!("request")).await
    });
    assert_eq!(
        lines,
        [
            "request",
            "request > group of 3, none",
            "request > user, 1 polls: ok",
            "request > orders, 2 polls: ok",
            "request > ads, 1 polls: ok",
        ]
    );
}

#[test]
fn what_a_member_logs_is_in_its_span() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (recorder, _guard) = Recorder::install();
    let group = runtime.block_on(async {
        let _request = info_span!("request").entered();
        gather! {
            user => async {
                let _inner = info_span!("query").entered();
                tokio::task::yield_now()
            },
            pages => *(0..3).map(|_| good(0, ()));
            spawn
        }
    });
    runtime.block_on(group.into_future()).unwrap();
    drop(runtime);
    let seen = recorder.take();
    let mut found = lines(&seen);
    found.sort();
    // A worker thread of its own has no subscriber of its own: what members do there is not recorded, but their spans are.
    assert_eq!(
        found,
        [
            "request",
            "request > group of 2, none",
            "request > pages[0], 1 polls: ok",
            "request > pages[1], 1 polls: ok",
            "request > pages[2], 1 polls: ok",
            "request > user, 1 polls: ok",
        ]
    );
    let group = seen.iter().position(|span| span.name == "group").unwrap();
    for member in seen.iter().filter(|span| span.name == "member") {
        assert_eq!(member.follows, [group], "it says which group it is of");
    }
}

#[test]
fn events_of_a_member_are_in_its_span() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let (recorder, _guard) = Recorder::install();
    let task = async |name: &'static str| {
        info!("{name} begins");
        tokio::task::yield_now().await;
        info!("{name} ends");
    };
    runtime.block_on(async { gather! { a => task("a"), b => *[task("b")]; spawn }.await }).unwrap();
    let seen = recorder.take();
    let of = |name: &str| seen.iter().find(|span| span.field("member") == Some(name)).unwrap();
    assert_eq!(of("a").events, ["a begins", "a ends"]);
    assert_eq!(of("b[0]").events, ["b begins", "b ends"]);
    assert_eq!((of("a").enters, of("a").field("polls")), (2, Some("2")));
}

#[test]
fn every_policy() {
    let lines = spans(async {
        gather! { a => bad(0), b => panics(0), c => good(1, 1); spawn, return_exceptions }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 3, return_exceptions", "a, 1 polls: error", "b, 1 polls: panicked", "c, 2 polls: ok"]);
    let lines = spans(async {
        gather! { a => bad(0)?, b => panics(0)?, c => good(1, 1)?; spawn, all_errors }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 3, all_errors", "a, 1 polls: error", "b, 1 polls: panicked", "c, 2 polls: ok"]);
}

#[test]
fn an_error_ends_the_siblings_of_a_group_that_is_awaited() {
    let lines = spans(async { gather! { a => bad(1)?, b => good(9, 1)?; spawn }.await.map(|_| ()) });
    assert_eq!(lines, ["group of 2, none", "a, 2 polls: error", "b, 1 polls: dropped"]);
    let lines = spans(async {
        let group = gather! { a => bad(1)?, b => good(9, 1)?; spawn };
        group.wait().await;
        group.finished().await;
    });
    assert_eq!(lines, ["group of 2, none", "a, 2 polls: error", "b, 2 polls: ok"]);
}

#[test]
fn a_cancelled_group_cancels_its_members() {
    let lines = spans(async {
        let group = gather! { a => good(9, 1)?, b => |a| good(0, *a)?, c => good(0, 1)?; spawn };
        tokio::task::yield_now().await;
        assert!(group.cancel());
        group.await.map(|_| ())
    });
    let mut lines = lines;
    lines[1..].sort();
    assert_eq!(
        lines,
        ["group of 3, none", "a, 1 polls: cancelled", "b after a, waited, 0 polls: cancelled", "c, 1 polls: ok"]
    );
}

#[test]
fn a_runtime_that_ends_cancels_them() {
    let lines = spans(async {
        let group = gather! { a => good(9, 1), b => good(9, 2); spawn };
        tokio::task::yield_now().await;
        drop(group);
    });
    assert_eq!(lines, ["group of 2, none", "a, 1 polls: cancelled", "b, 1 polls: cancelled"]);
}

#[test]
fn deadlines() {
    let lines = spans(async {
        gather! { a => good(0, 1), b => good(9, 1), c => |b| good(0, *b); spawn, return_exceptions, timeout = Duration::from_millis(2) }.await.map(|_| ())
    });
    let mut lines = lines;
    lines[1..].sort();
    assert_eq!(
        lines,
        [
            "group of 3, return_exceptions",
            "a, 1 polls: ok",
            "b, 1 polls: timed_out",
            "c after b, waited, 0 polls: timed_out",
        ]
    );
    let lines = spans(async {
        gather! { b => *[good(9, 1)]; spawn, return_exceptions, until = good(2, ()) }.await.map(|_| ())
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "b[0], 1 polls: cancelled"]);
}

#[test]
fn lists() {
    let lines = spans(async { gather!(*[good(0, 1), good(1, 2)]?; spawn).await.map(|_| ()) });
    assert_eq!(lines, ["group of 1, none", "#0, 1 polls: ok", "#1, 2 polls: ok"]);
    let lines = spans(async { gather!(*[("a", good(0, 1)), ("b", good(1, 2))]?, bad(0)?; spawn).await.map(|_| ()) });
    assert_eq!(
        lines,
        ["group of 2, none", "#0[\"a\"], 1 polls: ok", "#0[\"b\"], 1 polls: dropped", "#1, 1 polls: error"]
    );
    let lines = spans(async { gather!(*(0..3).map(|i| good(1, i))?; spawn, limit = 1).await.map(|_| ()) });
    assert_eq!(
        lines,
        ["group of 1, none", "#0, waited, 2 polls: ok", "#1, waited, 2 polls: ok", "#2, waited, 2 polls: ok"]
    );
    let lines = spans(async {
        gather!(*(0..3).map(|i| good(9, i)); spawn, return_exceptions, limit = 1, timeout = Duration::from_millis(1))
            .await
            .map(|_| ())
    });
    let mut lines = lines;
    lines[1..].sort();
    assert_eq!(
        lines,
        [
            "group of 1, return_exceptions",
            "#0, waited, 1 polls: timed_out",
            "#1, waited, 0 polls: timed_out",
            "#2, waited, 0 polls: timed_out",
        ]
    );
}

#[test]
fn dependants() {
    let lines = spans(async {
        gather! {
            n => good(1, 2)?,
            one => |n| good(0, *n)?,
            all => *|n| (0..*n).map(|i| good(0, i))?,
            none => |failed| good(0, *failed),
            failed => bad(0),
            never => *|failed| [good(0, *failed)];
            spawn, return_exceptions
        }
        .await
        .map(|_| ())
    });
    let mut lines = lines;
    lines[1..].sort();
    assert_eq!(
        lines,
        [
            "group of 6, return_exceptions",
            "all[0] after n, waited, 1 polls: ok",
            "all[1] after n, waited, 1 polls: ok",
            "failed, 1 polls: error",
            "n, 2 polls: ok",
            "never after failed, waited, 0 polls: skipped",
            "none after failed, waited, 0 polls: skipped",
            "one after n, waited, 1 polls: ok",
        ]
    );
}

#[test]
fn adopted_tasks_and_groups() {
    let lines = spans(async {
        let task = tokio::spawn(good(1, 1));
        let late = tokio::spawn(good(9, 1));
        late.abort();
        gather! { task => task, late => late, lost => tokio::spawn(panics(0)); return_exceptions }.await.task.is_ok()
    });
    assert_eq!(
        lines,
        [
            "group of 3, return_exceptions",
            "group > task, 3 polls: ok",
            "group > late, 2 polls: cancelled",
            "group > lost, 2 polls: panicked",
        ]
    );
    let lines = spans(async {
        let inner = gather! { a => bad(0)?; spawn };
        let lines = gather! { inner => inner?, task => tokio::spawn(good(9, 1)); spawn }.await.map(|_| ());
        lines
    });
    assert_eq!(
        lines,
        [
            "group of 1, none",
            "a, 1 polls: error",
            "group of 2, none",
            "inner, 1 polls: error",
            "task, 2 polls: dropped",
        ]
    );
    let lines = spans(async {
        gather! { task => tokio::spawn(good(9, 1)); return_exceptions, timeout = Duration::from_millis(1) }
            .await
            .task
            .is_ok()
    });
    assert_eq!(lines, ["group of 1, return_exceptions", "group > task, 2 polls: timed_out"]);
}
