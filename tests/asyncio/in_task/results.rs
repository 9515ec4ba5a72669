//! Rows A: what a group yields, in which order, and when its members run.

use std::future::ready;

use futures::FutureExt;
use gather::gather;

use crate::support::run;

// In-task there is no handle to ask for `done`: the first poll is ready. Without a list the result is `()`.
#[test]
fn a06_the_empty_group_is_done_at_once() {
    let events = run(async |log| {
        let none = Vec::<std::future::Ready<u8>>::new();
        let list: Option<Vec<u8>> = gather!(*none).now_or_never();
        log.record("done", list.is_some());
        log.result(list.unwrap());
        let tuple: Option<()> = gather!().now_or_never();
        log.record("done", tuple.is_some());
        log.record("main", format_args!("result {tuple:?}"));
    });
    assert_eq!(events, "0 done true; 0 main result []; 0 done true; 0 main result Some(())");
}

// Deliberately different: an in-task group polls its own members before the runtime gets to the tasks that were
// spawned earlier, so 1 and 3 come after 0, 2 and 4. Awaited here, since it runs no other way.
#[test]
fn a11_futures_beside_tasks() {
    let events = run(async |log| {
        let (t1, t3) = (tokio::spawn(log.child("1", 1, ())), tokio::spawn(log.child("3", 1, ())));
        let results = gather!(log.child("0", 1, ()), t1, log.child("2", 1, ()), t3, log.child("4", 1, ()),).await;
        assert!(results.1.is_ok() && results.3.is_ok());
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 0 start; 0 2 start; 0 4 start; 0 1 start; 0 3 start; \
         1 0 end; 1 2 end; 1 4 end; 1 1 end; 1 3 end; 1 main done"
    );
}

// Deliberately different: an in-task group is lazy, so its children begin when it is awaited. `spawn` is asyncio's way.
#[test]
fn a13_awaited_later() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 1, 2));
        log.reach(3).await;
        let (a, b) = group.await;
        log.result([a, b]);
    });
    assert_eq!(events, "3 a start; 3 b start; 4 a end; 4 b end; 4 main result [1, 2]");
}

// A value that is already there takes the part of the finished task.
#[test]
fn a15_one_child_already_finished() {
    let events = run(async |log| {
        let a = ready(log.child("a", 1, 1).await);
        let (a, b) = gather!(a, log.child("b", 1, 2)).await;
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 b start; 2 b end; 2 main result [1, 2]");
}

// Nested tuples instead of nested lists.
#[test]
fn a17_nested_groups_run_concurrently() {
    let events = run(async |log| {
        let results = gather!(
            gather!(log.child("a", 1, 1), log.child("b", 2, 2)),
            gather!(log.child("c", 1, 3)),
            log.child("d", 1, 4),
        )
        .await;
        log.result(results);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 0 d start; 1 a end; 1 c end; 1 d end; 2 b end; \
         2 main result ((1, 2), (3,), 4)"
    );
}

#[test]
fn a18_nested_groups_start_depth_first() {
    let events = run(async |log| {
        let first = gather!(*[log.child("0", 1, ()), log.child("1", 1, ())]);
        let second = gather!(*[log.child("2", 1, ())]);
        let (first, second) = gather!(first, second).await;
        log.result([first, second]);
    });
    assert_eq!(events, "0 0 start; 0 1 start; 0 2 start; 1 0 end; 1 1 end; 1 2 end; 1 main result [[(), ()], [()]]");
}

#[test]
fn a25_a_ready_group_does_not_yield_to_other_tasks() {
    let events = run(async |log| {
        let a = ready(log.child("a", 1, 1).await);
        let other = tokio::spawn({
            let log = log.clone();
            async move { log.record("other", "ran") }
        });
        let (a,) = gather!(a).await;
        log.result([a]);
        log.record("main", "after");
        other.await.unwrap();
    });
    assert_eq!(events, "0 a start; 1 a end; 1 main result [1]; 1 main after; 1 other ran");
}

#[test]
fn a27_a_child_that_keeps_the_thread() {
    let events = run(async |log| {
        let busy = async {
            let guard = log.guard("busy");
            log.record("busy", "start");
            let sum: u32 = (0..10_000).sum();
            guard.end("end");
            u32::from(sum > 0)
        };
        let (busy, b) = gather!(busy, log.child("b", 0, 2)).await;
        log.result([busy, b]);
    });
    assert_eq!(events, "0 busy start; 0 busy end; 0 b start; 0 b end; 0 main result [1, 2]");
}

#[test]
fn a29_one_group_after_the_other() {
    let events = run(async |log| {
        let (a,) = gather!(log.child("a", 2, 1)).await;
        log.record("g1", format_args!("result {:?}", [a]));
        let (b,) = gather!(log.child("b", 2, 2)).await;
        log.record("g2", format_args!("result {:?}", [b]));
    });
    assert_eq!(events, "0 a start; 2 a end; 2 g1 result [1]; 2 b start; 4 b end; 4 g2 result [2]");
}
