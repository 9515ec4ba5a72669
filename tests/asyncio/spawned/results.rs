//! Rows A: what a group yields, in which order, and when its members run.

use std::future::ready;
use std::sync::Arc;

use gather::gather;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::support::run;

// The result of a group without any member is `()`, of an empty list an empty `Vec`.
#[test]
fn s_a06_the_empty_group_is_done_at_creation() {
    let events = run(async |log| {
        let none = Vec::<std::future::Ready<u8>>::new();
        let group = gather!(*none; spawn);
        log.record("done", group.is_done());
        log.result(group.await.unwrap());
        let group = gather!(; spawn);
        log.record("done", group.is_done());
        log.record("main", format_args!("result {:?}", group.await));
    });
    assert_eq!(events, "0 done true; 0 main result []; 0 done true; 0 main result Ok(())");
}

#[test]
fn s_a11_coroutines_beside_tasks_and_nobody_awaits() {
    let events = run(async |log| {
        let (t1, t3) = (tokio::spawn(log.child("1", 1, ())), tokio::spawn(log.child("3", 1, ())));
        let group = gather!(log.child("0", 1, ()), t1, log.child("2", 1, ()), t3, log.child("4", 1, ()); spawn);
        log.reach(2).await;
        log.record("main", "done");
        drop(group);
    });
    assert_eq!(
        events,
        "0 1 start; 0 3 start; 0 0 start; 0 2 start; 0 4 start; \
         1 1 end; 1 3 end; 1 0 end; 1 2 end; 1 4 end; 2 main done"
    );
}

#[test]
fn s_a13_awaited_later() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 1, 2); spawn);
        log.reach(3).await;
        log.record("done", group.is_done());
        let (a, b) = group.await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b end; 3 done true; 3 main result [1, 2]");
}

// Deliberately different: asyncio gives each child one turn when the loop shuts down; a runtime drops tasks that have not
// begun without polling them. Nothing is logged.
#[test]
fn s_a14_main_ends_at_once() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 1, 2); spawn);
        log.record("main", "done");
        drop(group);
    });
    assert_eq!(events, "0 main done");
}

/// A task that has ended.
async fn finished(child: impl Future<Output = i32> + Send + 'static) -> JoinHandle<i32> {
    let (sender, end) = oneshot::channel();
    let task = tokio::spawn(async {
        let value = child.await;
        sender.send(()).unwrap();
        value
    });
    end.await.unwrap();
    assert!(task.is_finished());
    task
}

#[test]
fn s_a15_one_child_is_a_finished_task() {
    let events = run(async |log| {
        let a = finished(log.child("a", 1, 1)).await;
        let (a, b) = gather!(a, log.child("b", 1, 2); spawn).await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 b start; 2 b end; 2 main result [1, 2]");
}

// `is_done` at creation is left open: only that no time passes.
#[test]
fn s_a16_all_children_are_finished_tasks() {
    let events = run(async |log| {
        let (a, b) = tokio::join!(finished(log.child("a", 1, 1)), finished(log.child("b", 1, 2)));
        let (a, b) = gather!(a, b; spawn).await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]");
}

// Nested tuples instead of nested lists.
#[test]
fn s_a17_nested_groups_run_concurrently() {
    let events = run(async |log| {
        let group = gather!(
            gather!(log.child("a", 1, 1), log.child("b", 2, 2); spawn)?,
            gather!(log.child("c", 1, 3); spawn)?,
            log.child("d", 1, 4);
            spawn
        );
        log.result(group.await.unwrap());
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 0 d start; 1 a end; 1 c end; 1 d end; 2 b end; \
         2 main result ((1, 2), (3,), 4)"
    );
}

#[test]
fn s_a18_inner_groups_that_were_created_first_start_first() {
    let events = run(async |log| {
        let first = gather!(*[log.child("0", 1, ()), log.child("1", 1, ())]; spawn);
        let second = gather!(*[log.child("2", 1, ())]; spawn);
        let (first, second) = gather!(first?, second?; spawn).await.unwrap();
        log.result([first, second]);
    });
    assert_eq!(events, "0 0 start; 0 1 start; 0 2 start; 1 0 end; 1 1 end; 1 2 end; 1 main result [[(), ()], [()]]");
}

// Awaiting by value moves the result out, so the second await of Python is a look at it by reference.
#[test]
fn s_a23_the_result_is_asked_for_twice() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        group.wait().await;
        let first = group.result().unwrap();
        log.record("first", format_args!("result {:?}", [first.as_ref().unwrap().0]));
        group.wait().await;
        let second = group.result().unwrap();
        log.record("second", format_args!("result {:?}", [second.as_ref().unwrap().0]));
        log.record("same", format_args!("object {}", std::ptr::eq(first, second)));
    });
    assert_eq!(events, "0 a start; 1 a end; 1 first result [1]; 1 second result [1]; 1 same object true");
}

// Two observers of one group; its result is seen by reference.
#[test]
fn s_a24_two_tasks_await_one_group() {
    let events = run(async |log| {
        let group = Arc::new(gather!(log.child("a", 1, 1); spawn));
        let waiters = ["w1", "w2"].map(|who| {
            let (log, group) = (log.clone(), Arc::clone(&group));
            tokio::spawn(async move {
                group.wait().await;
                let (a,) = group.result().unwrap().as_ref().unwrap();
                log.record(who, format_args!("result {:?}", [a]));
            })
        });
        for waiter in waiters {
            waiter.await.unwrap();
        }
    });
    assert_eq!(events, "0 a start; 1 a end; 1 w1 result [1]; 1 w2 result [1]");
}

#[test]
fn s_a25_a_done_group_does_not_yield_to_other_tasks() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        group.wait().await;
        let other = tokio::spawn({
            let log = log.clone();
            async move { log.record("other", "ran") }
        });
        let (a,) = group.await.unwrap();
        log.result([a]);
        log.record("main", "after");
        other.await.unwrap();
    });
    assert_eq!(events, "0 a start; 1 a end; 1 main result [1]; 1 main after; 1 other ran");
}

#[test]
fn s_a29_one_group_after_the_other() {
    let events = run(async |log| {
        let (a,) = gather!(log.child("a", 2, 1); spawn).await.unwrap();
        log.record("g1", format_args!("result {:?}", [a]));
        let (b, two) = gather!(log.child("b", 2, 2), ready(2); spawn).await.unwrap();
        assert_eq!(b, two);
        log.record("g2", format_args!("result {:?}", [b]));
    });
    assert_eq!(events, "0 a start; 2 a end; 2 g1 result [1]; 2 b start; 4 b end; 4 g2 result [2]");
}
