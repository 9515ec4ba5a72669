//! Rows K: the awaiter, the handle or the runtime goes away.

use gather::gather;
use tokio::time::{sleep, timeout};

use super::got_cancelled;
use crate::support::{UNIT, run};

// `JoinHandle::abort` answers nothing, so the catalogue's `cancel -> True` is only `cancel`. The awaiter goes before its
// children, which are told to stop by that.
#[test]
fn s_k18_the_awaiting_task_is_cancelled() {
    let events = run(async |log| {
        let (a, b, guard) = (log.child("a", 2, 1), log.child("b", 3, 2), log.guard("outer"));
        let outer = tokio::spawn(async move {
            let outcome = gather!(a, b; spawn).await;
            guard.end("end");
            outcome
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
        "0 a start; 0 b start; 1 main cancel; 1 outer cancelled; 1 a cancelled; 1 b cancelled; \
         1 main got Cancelled; 1 t.cancelled() true"
    );
}

#[test]
fn s_k28_a_timeout_around_a_group() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn, return_exceptions);
        let finished = group.finished();
        timeout(UNIT, group).await.err().unwrap();
        // The timeout drops the awaiter, and that only tells the children.
        finished.await;
        log.record("main", "got Err(Elapsed)");
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a cancelled; 1 b cancelled; 1 main got Err(Elapsed)");
}

#[test]
fn s_k29_the_handle_is_dropped() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 2, 2); spawn);
        sleep(UNIT / 2).await;
        drop(group);
        log.record("main", "dropped");
        log.reach(3).await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 b start; 0.5 main dropped; 1 a end; 2 b end; 3 main done");
}

// A cancelled group is a value: the awaiter itself has no cancellation state that could be left behind.
#[test]
fn s_k30_the_awaiter_goes_on_after_it_cancelled() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1); spawn);
        log.reach(1).await;
        group.cancel();
        got_cancelled(&log, group.await);
        sleep(UNIT).await;
        log.record("main", "went on");
    });
    assert_eq!(events, "0 a start; 1 a cancelled; 1 main got Cancelled; 2 main went on");
}

#[test]
fn s_k36_main_ends_while_the_group_runs() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 3, 1), log.child("b", 3, 2); spawn);
        log.reach(1).await;
        log.record("main", "done");
        drop(group);
    });
    let mut events: Vec<&str> = events.split("; ").collect();
    // tokio drops the tasks of a runtime in an order of its own.
    events[3..].sort_unstable();
    assert_eq!(events.join("; "), "0 a start; 0 b start; 1 main done; 1 a cancelled; 1 b cancelled");
}

#[test]
fn s_k37_a_cancelled_group_that_nobody_awaits() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 3, 1); spawn);
        log.reach(1).await;
        group.cancel();
        log.reach(2).await;
        drop(group);
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 1 a cancelled; 2 main done");
}
