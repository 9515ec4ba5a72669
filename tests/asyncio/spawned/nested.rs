//! Rows K: cancellation and groups within groups.

use gather::gather;
use tokio::time::sleep;

use super::{cancel, got_cancelled};
use crate::support::{UNIT, run};

// There is no `shield`: a handle inside an async block is not the group's, and dropping it detaches its task.
#[test]
fn s_k21_a_shielded_task_goes_on() {
    let events = run(async |log| {
        let (a, task_log) = (log.child("a", 2, 1), log.clone());
        let task = tokio::spawn(async move {
            let value = a.await;
            task_log.record("t", format_args!("result {value}"));
        });
        let group = gather!(async { task.await.unwrap() }; spawn);
        log.reach(1).await;
        group.cancel();
        got_cancelled(&log, group.await);
        log.reach(3).await;
    });
    assert_eq!(events, "0 a start; 1 main got Cancelled; 2 a end; 2 t result 1");
}

// Deliberately different in the last event, as K11: the inner group says that it was cancelled.
#[test]
fn s_k22_cancellation_reaches_nested_groups() {
    let events = run(async |log| {
        let inner = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        let inner_log = log.clone();
        inner.on_done(move |outcome| {
            let cancelled = outcome.as_ref().is_err_and(|e| e.is_cancelled() && e.member.is_none());
            inner_log.record("inner", format_args!("done true cancelled {cancelled}"));
        });
        let outer = gather!(inner, log.child("c", 3, 3); spawn);
        log.reach(1).await;
        cancel(&log, &outer);
        got_cancelled(&log, outer.await);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 cancel -> true; 1 a cancelled; 1 b cancelled; \
         1 inner done true cancelled true; 1 c cancelled; 1 main got Cancelled"
    );
}

#[test]
fn s_k23_the_inner_group_is_cancelled_owned() {
    let events = run(async |log| {
        let inner = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        let canceller = inner.canceller();
        let outer = gather!(inner?, log.child("c", 3, 3); spawn);
        tokio::spawn(async move {
            sleep(UNIT).await;
            canceller.cancel();
        });
        let outcome = outer.await;
        got_cancelled(&log, outcome);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a cancelled; 1 b cancelled; 1 c cancelled; \
         1 main got Cancelled"
    );
}

#[test]
fn s_k23_the_inner_group_is_cancelled_observed() {
    let events = run(async |log| {
        let inner = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        let canceller = inner.canceller();
        let outer = gather!(inner?, log.child("c", 3, 3); spawn);
        log.reach(1).await;
        canceller.cancel();
        outer.wait().await;
        assert!(outer.exception().unwrap().is_cancelled() && !outer.is_cancelled());
        log.record("main", "got Cancelled");
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a cancelled; 1 b cancelled; 1 main got Cancelled; \
         3 c end; 4 main done"
    );
}

#[test]
fn s_k24_the_inner_group_is_cancelled_under_return_exceptions() {
    let events = run(async |log| {
        let inner = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        let canceller = inner.canceller();
        let outer = gather!(inner, log.child("c", 3, 3); spawn, return_exceptions);
        log.reach(1).await;
        canceller.cancel();
        let (inner, c) = outer.await.unwrap();
        assert_eq!(inner.unwrap_err().to_string(), "the group was cancelled");
        log.record("main", format_args!("result [Cancelled, {}]", c.unwrap()));
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a cancelled; 1 b cancelled; 3 c end; \
         3 main result [Cancelled, 3]"
    );
}
