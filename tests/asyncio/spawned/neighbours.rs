//! Rows X: `TaskGroup`, `wait`, `as_completed`, timeouts and context variables beside gather.

use gather::gather;
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::support::{Failure, UNIT, run};

tokio::task_local! {
    static CONTEXT: &'static str;
}

// Deliberately different: a task does not inherit tokio's task locals, so a member is given its scope.
#[test]
fn s_x01_children_see_the_context() {
    let events = run(async |log| {
        let member = |name: &'static str, value: &'static str| {
            let log = log.clone();
            async move {
                let seen = CONTEXT.try_with(|context| *context).unwrap_or("nothing");
                log.record(name, format_args!("sees {seen}"));
                value
            }
        };
        let parent = async {
            let group = gather!(member("a", "A"), CONTEXT.scope(CONTEXT.get(), member("b", "B")); spawn);
            let (a, b) = group.await.unwrap();
            log.result([a, b]);
            log.record("parent", format_args!("sees {}", CONTEXT.get()));
        };
        CONTEXT.scope("p", parent).await;
    });
    assert_eq!(events, "0 a sees nothing; 0 b sees p; 0 main result [\"A\", \"B\"]; 0 parent sees p");
}

#[test]
fn s_x03_each_member_is_a_task() {
    let events = run(async |log| {
        let (a, b, main) = tokio::spawn(async {
            let group = gather!(async { tokio::task::id() }, async { tokio::task::id() }; spawn);
            let (a, b) = group.await.unwrap();
            (a, b, tokio::task::id())
        })
        .await
        .unwrap();
        log.record("distinct", a != b);
        log.record("not", format_args!("main {}", a != main && b != main));
    });
    assert_eq!(events, "0 distinct true; 0 not main true");
}

#[test]
fn s_x05_two_failures_at_one_instant() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, log.failing("b", 1, "B")?; spawn, all_errors);
        let failures: Vec<Failure> =
            group.await.unwrap_err().into_iter().map(|exception| exception.into_error().unwrap()).collect();
        log.got(failures);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b fail; 1 main got Err([A, B])");
}

// Cleaning up is what destructors do; they cannot wait, so it takes no time. It is over before the error is reported.
#[test]
fn s_x06_siblings_clean_up_before_the_error_is_reported() {
    let events = run(async |log| {
        let b = log.child("b", 3, 2);
        let cleanup = log.guard("cleanup");
        let b = async {
            let value = b.await;
            cleanup.end("not needed");
            value
        };
        let group = gather!(log.failing("a", 1, "A")?, b; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 cleanup cancelled; \
         1 main got Err(A)"
    );
}

// `wait(FIRST_COMPLETED)`: members report to a channel, and the group is only observed.
#[test]
fn s_x08_until_the_first_is_completed() {
    let events = run(async |log| {
        let (sender, mut ended) = mpsc::unbounded_channel();
        let child = |name: &'static str, units| {
            let (child, sender) = (log.child(name, units, ()), sender.clone());
            async move {
                child.await;
                sender.send(name).unwrap();
            }
        };
        let group = gather!(child("a", 1), child("b", 2), child("c", 3); spawn);
        let first = ended.recv().await.unwrap();
        log.record("done", format_args!("{first} pending {}", 2 - ended.len()));
        group.await.unwrap();
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a end; 1 done a pending 2; 2 b end; 3 c end; \
         3 main done"
    );
}

// `wait(FIRST_EXCEPTION)` is what `wait()` is; the group is settled with b's error, and c runs on.
#[test]
fn s_x09_until_the_first_exception() {
    let events = run(async |log| {
        let group = gather!(log.succeeding("a", 1, 1)?, log.failing("b", 2, "B")?, log.succeeding("c", 3, 3)?; spawn);
        group.wait().await;
        log.record("done", group.exception().unwrap().member.clone().unwrap());
        group.finished().await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 b start; 0 c start; 1 a end; 2 b fail; 2 done #1; 3 c end; 3 main done");
}

#[test]
fn s_x10_waiting_with_a_timeout_cancels_nothing() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 2, 2); spawn);
        timeout(UNIT * 3 / 2, group.wait()).await.unwrap_err();
        log.record("done", group.is_done());
        group.await.unwrap();
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1.5 done false; 2 b end; 2 main done");
}

#[test]
fn s_x11_as_completed() {
    let events = run(async |log| {
        let (sender, mut values) = mpsc::unbounded_channel();
        let children = [("a", 3, "A"), ("b", 1, "B"), ("c", 2, "C")].map(|(name, units, value)| {
            let (child, sender) = (log.child(name, units, value), sender.clone());
            async move { sender.send(child.await).unwrap() }
        });
        drop(sender);
        let _group = gather!(*children; spawn);
        while let Some(value) = values.recv().await {
            log.record("next", value);
        }
    });
    assert_eq!(events, "0 a start; 0 b start; 0 c start; 1 b end; 1 next B; 2 c end; 2 next C; 3 a end; 3 next A");
}

#[test]
fn s_x12_a_group_inside_a_group_that_fails() {
    let events = run(async |log| {
        let task = gather!(log.child("x", 2, 1), log.child("y", 3, 2); spawn);
        let group = gather!(log.failing("a", 1, "A")?, task; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    // The inner group was created first.
    assert_eq!(events, "0 x start; 0 y start; 0 a start; 1 a fail; 1 x cancelled; 1 y cancelled; 1 main got Err(A)");
}
