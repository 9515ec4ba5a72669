//! Rows X: `TaskGroup`, `as_completed`, timeouts and context variables beside gather.

use gather::{Exception, gather};
use tokio::sync::mpsc;

use crate::support::{Failure, UNIT, run};

tokio::task_local! {
    static CONTEXT: &'static str;
}

// Deliberately different: all members run in the awaiter's task, so they share one scope instead of copies of it.
#[test]
fn x01_children_see_the_context() {
    let events = run(async |log| {
        let member = async |name: &'static str, value: &'static str| {
            log.record(name, format_args!("sees {}", CONTEXT.get()));
            tokio::time::sleep(UNIT).await;
            value
        };
        let parent = async {
            let (a, b) = gather!(member("a", "A"), member("b", "B")).await;
            log.result([a, b]);
            log.record("parent", format_args!("sees {}", CONTEXT.get()));
        };
        CONTEXT.scope("p", parent).await;
    });
    assert_eq!(events, "0 a sees p; 0 b sees p; 1 main result [\"A\", \"B\"]; 1 parent sees p");
}

// Deliberately different: one task id for all, where each of asyncio's children is a task of its own.
#[test]
fn x03_all_members_are_one_task() {
    let events = run(async |log| {
        let (a, b, main) = tokio::spawn(async {
            let (a, b) = gather!(async { tokio::task::id() }, async { tokio::task::id() }).await;
            (a, b, tokio::task::id())
        })
        .await
        .unwrap();
        log.record("distinct", a != b);
        log.record("main", a == main && b == main);
    });
    assert_eq!(events, "0 distinct false; 0 main true");
}

#[test]
fn x05_two_failures_at_one_instant() {
    let events = run(async |log| {
        let outcome = gather!(
            log.failing("a", 1, "A")?,
            log.failing("b", 1, "B")?;
            all_errors
        )
        .await;
        let failures: Vec<Failure> = outcome
            .unwrap_err()
            .into_iter()
            .map(|exception: Exception<Failure>| exception.into_error().unwrap())
            .collect();
        log.got(failures);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b fail; 1 main got Err([A, B])");
}

// The consumer is a member beside the children: no task and no other collection is needed.
#[test]
fn x11_as_completed() {
    let events = run(async |log| {
        let (sender, mut values) = mpsc::unbounded_channel();
        let (log, sender) = (&log, sender);
        let children = [("a", 3, "A"), ("b", 1, "B"), ("c", 2, "C")].map(|(name, units, value)| {
            let sender = sender.clone();
            async move { sender.send(log.child(name, units, value).await).unwrap() }
        });
        drop(sender);
        let consumer = async {
            while let Some(value) = values.recv().await {
                log.record("next", value);
            }
        };
        gather!(*children, consumer).await;
    });
    assert_eq!(events, "0 a start; 0 b start; 0 c start; 1 b end; 1 next B; 2 c end; 2 next C; 3 a end; 3 next A");
}

#[test]
fn x12_a_group_inside_a_group_that_fails() {
    let events = run(async |log| {
        let task = async { gather!(log.child("x", 2, 1), log.child("y", 3, 2)).await };
        let outcome = gather!(log.failing("a", 1, "A")?, task).await;
        log.got(outcome.unwrap_err());
    });
    assert_eq!(events, "0 a start; 0 x start; 0 y start; 1 a fail; 1 x cancelled; 1 y cancelled; 1 main got Err(A)");
}
