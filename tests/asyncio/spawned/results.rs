//! Rows A: what a group yields, in which order, and when its members run.

use std::future::ready;
use std::sync::Arc;

use gather::{Exception, gather};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::JoinHandle;
use tokio::time::sleep;

use crate::support::{UNIT, run};

#[test]
fn s_a01_one_child() {
    let events = run(async |log| {
        let (a,) = gather!(log.child("a", 1, 1); spawn).await.unwrap();
        log.result([a]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 main result [1]");
}

#[test]
fn s_a02_the_time_is_that_of_the_longest() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 0), log.child("b", 1, 1), log.child("c", 1, 2); spawn);
        let (a, b, c) = group.await.unwrap();
        log.result([a, b, c]);
    });
    assert_eq!(events, "0 a start; 0 b start; 0 c start; 1 a end; 1 b end; 1 c end; 1 main result [0, 1, 2]");
}

#[test]
fn s_a03_results_in_the_order_of_the_members() {
    let events = run(async |log| {
        let group = gather! {
            a => log.child("a", 3, "A"),
            b => log.child("b", 1, "B"),
            c => log.child("c", 2, "C");
            spawn
        };
        let r = group.await.unwrap();
        log.result([r.a, r.b, r.c]);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 b end; 2 c end; 3 a end; 3 main result [\"A\", \"B\", \"C\"]"
    );
}

// A tuple instead of Python's list, so each value keeps its type.
#[test]
fn s_a04_values_of_different_types() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 7), log.child("b", 2, "x"), log.child("c", 1, vec![1.5]); spawn);
        let results: Result<(i32, &str, Vec<f64>), Exception> = group.await;
        log.result(results.unwrap());
    });
    assert_eq!(events, "0 a start; 0 b start; 0 c start; 1 a end; 1 c end; 2 b end; 2 main result (7, \"x\", [1.5])");
}

#[test]
fn s_a05_children_without_a_value() {
    let events = run(async |log| {
        let (a, b) = gather!(log.child("a", 1, ()), log.child("b", 1, ()); spawn).await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [(), ()]");
}

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
fn s_a07_a_list_of_ten() {
    let events = run(async |log| {
        let group = gather!(*(0..10).map(|i| log.child(&format!("c{i}"), 1, i * 10)); spawn);
        log.result(group.await.unwrap());
    });
    assert_eq!(
        events,
        "0 c0 start; 0 c1 start; 0 c2 start; 0 c3 start; 0 c4 start; \
         0 c5 start; 0 c6 start; 0 c7 start; 0 c8 start; 0 c9 start; \
         1 c0 end; 1 c1 end; 1 c2 end; 1 c3 end; 1 c4 end; \
         1 c5 end; 1 c6 end; 1 c7 end; 1 c8 end; 1 c9 end; \
         1 main result [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]"
    );
}

#[test]
fn s_a10_children_that_never_suspend() {
    let events = run(async |log| {
        let (a, b) = gather!(log.child("a", 0, 1), log.child("b", 0, 2); spawn).await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 a end; 0 b start; 0 b end; 0 main result [1, 2]");
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
fn s_a12_no_child_runs_before_the_first_suspension() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 1, 2); spawn);
        log.record("main", "after gather");
        let (a, b) = group.await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 main after gather; 0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]");
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

#[test]
fn s_a22_a_thousand_children() {
    let events = run(async |log| {
        let group = gather!(*(0..1000).map(|i| async move {
            sleep(UNIT).await;
            i
        }); spawn);
        let results = group.await.unwrap();
        log.record("n", results.len());
        log.record("ok", results.into_iter().eq(0..1000));
    });
    assert_eq!(events, "1 n 1000; 1 ok true");
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

// Tasks own what they use, so the semaphore is shared.
#[test]
fn s_a26_a_semaphore_inside_the_children() {
    let events = run(async |log| {
        let places = Arc::new(Semaphore::new(2));
        let group = gather!(*(0..5).map(|i| {
            let (log, places) = (log.clone(), Arc::clone(&places));
            async move {
                let _place = places.acquire().await.unwrap();
                log.child(&format!("c{i}"), 1, i).await
            }
        }); spawn);
        log.result(group.await.unwrap());
    });
    assert_eq!(
        events,
        "0 c0 start; 0 c1 start; 1 c0 end; 1 c1 end; 1 c2 start; 1 c3 start; \
         2 c2 end; 2 c3 end; 2 c4 start; 3 c4 end; 3 main result [0, 1, 2, 3, 4]"
    );
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
