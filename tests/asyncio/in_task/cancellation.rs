//! Rows K: the awaiter goes away. In-task there is no handle: to cancel a group is to drop it.

use futures::poll;
use gather::gather;
use tokio::time::timeout;

use crate::support::{UNIT, run};

// `JoinHandle::abort` answers nothing, so the catalogue's `cancel -> True` is only `cancel`.
#[test]
fn k18_the_awaiting_task_is_cancelled() {
    let events = run(async |log| {
        let outer = tokio::spawn({
            let log = log.clone();
            async move {
                let guard = log.guard("outer");
                gather!(log.child("a", 2, 1), log.child("b", 3, 2)).await;
                guard.end("end");
            }
        });
        log.reach(1).await;
        log.record("main", "cancel");
        outer.abort();
        let error = outer.await.unwrap_err();
        log.record("main", "got Cancelled");
        log.record("t.cancelled()", error.is_cancelled());
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 main cancel; 1 a cancelled; 1 b cancelled; 1 outer cancelled; \
         1 main got Cancelled; 1 t.cancelled() true"
    );
}

// Only what the awaiter sees: an in-task inner group has no handle that could be asked for its state.
#[test]
fn k22_cancellation_reaches_nested_groups() {
    let events = run(async |log| {
        let outer = tokio::spawn({
            let log = log.clone();
            async move {
                let inner = gather!(log.child("a", 2, 1), log.child("b", 3, 2));
                gather!(inner, log.child("c", 3, 3)).await
            }
        });
        log.reach(1).await;
        log.record("main", "cancel");
        outer.abort();
        outer.await.unwrap_err();
        log.record("main", "got Cancelled");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 main cancel; 1 a cancelled; 1 b cancelled; \
         1 c cancelled; 1 main got Cancelled"
    );
}

#[test]
fn k28_a_timeout_around_a_group() {
    let events = run(async |log| {
        let group = gather!(
            log.child("a", 2, 1),
            log.child("b", 3, 2);
            return_exceptions
        );
        timeout(UNIT, group).await.unwrap_err();
        log.record("main", "got Err(Elapsed)");
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a cancelled; 1 b cancelled; 1 main got Err(Elapsed)");
}

// Deliberately different: an in-task group ends when it is dropped, where asyncio's children run on.
#[test]
fn k29_a_group_is_dropped() {
    let events = run(async |log| {
        let mut group = Box::pin(gather!(log.child("a", 1, 1), log.child("b", 2, 2)));
        assert!(poll!(&mut group).is_pending());
        drop(group);
        log.record("main", "dropped");
        log.reach(3).await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 b start; 0 a cancelled; 0 b cancelled; 0 main dropped; 3 main done");
}
