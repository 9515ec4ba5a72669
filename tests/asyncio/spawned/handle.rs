//! Rows H: what the handle of a group tells, and its callbacks.

use gather::{Exception, Group, gather};
use tokio::time::sleep;

use crate::support::{Failure, Log, UNIT, run};

fn done<T, X>(log: &Log, group: &Group<T, X>) {
    log.record("done", group.is_done());
}

// `None`, where asyncio raises InvalidState.
#[test]
fn s_h01_the_result_of_a_group_that_is_not_done() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        log.record("result", format_args!("{:?}", group.result()));
        log.record("exception", format_args!("{:?}", group.exception()));
        group.await.unwrap();
    });
    assert_eq!(events, "0 result None; 0 exception None; 0 a start; 1 a end");
}

#[test]
fn s_h02_done_while_the_children_run() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 2, 2); spawn);
        done(&log, &group);
        sleep(UNIT * 3 / 2).await;
        done(&log, &group);
        sleep(UNIT).await;
        done(&log, &group);
        let (a, b) = group.result().unwrap().as_ref().unwrap();
        log.record("group", format_args!("result {:?} exception {:?}", [a, b], group.exception()));
    });
    assert_eq!(
        events,
        "0 done false; 0 a start; 0 b start; 1 a end; 1.5 done false; 2 b end; 2.5 done true; \
         2.5 group result [1, 2] exception None"
    );
}

#[test]
fn s_h03_a_callback_is_called_once() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1), log.child("b", 2, 2); spawn);
        let (callback_log, canceller) = (log.clone(), group.canceller());
        group.on_done(move |outcome| {
            let (a, b) = outcome.as_ref().unwrap();
            callback_log.record("cb", format_args!("{} {:?}", canceller.is_done(), [a, b]));
        });
        let (a, b) = group.await.unwrap();
        log.result([a, b]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 2 b end; 2 cb true [1, 2]; 2 main result [1, 2]");
}

#[test]
fn s_h04_a_callback_of_a_done_group_runs_soon() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        group.wait().await;
        let callback_log = log.clone();
        group.on_done(move |_| callback_log.record("cb", "ran"));
        log.record("main", "added");
        tokio::task::yield_now().await;
        log.record("main", "after");
    });
    assert_eq!(events, "0 a start; 1 a end; 1 main added; 1 cb ran; 1 main after");
}

#[test]
fn s_h06_a_callback_runs_before_the_awaiter() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        let callback_log = log.clone();
        group.on_done(move |_| callback_log.record("cb", "ran"));
        let (a,) = group.await.unwrap();
        log.result([a]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 cb ran; 1 main result [1]");
}

// The panic hook is the log.
#[test]
fn s_h07_a_callback_panics() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        let logs = [log.clone(), log.clone()];
        let [first, second] = logs;
        group.on_done(move |_| {
            first.record("cb1", "panics");
            panic!("division by zero");
        });
        group.on_done(move |_| second.record("cb2", "ran"));
        let (a,) = group.await.unwrap();
        log.result([a]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 cb1 panics; 1 cb2 ran; 1 main result [1]");
}

// Deliberately different: the callback sees that the group was cancelled.
#[test]
fn s_h10_the_callback_of_a_cancelled_group() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1); spawn);
        let callback_log = log.clone();
        group.on_done(move |outcome| {
            callback_log.record("cb", format_args!("cancelled {}", outcome.as_ref().unwrap_err().is_cancelled()));
        });
        log.reach(1).await;
        group.cancel();
        assert!(group.await.unwrap_err().is_cancelled());
        log.record("main", "got Cancelled");
    });
    assert_eq!(events, "0 a start; 1 a cancelled; 1 cb cancelled true; 1 main got Cancelled");
}

#[test]
fn s_h11_the_result_of_a_failed_group() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?; spawn);
        log.reach(2).await;
        log.record("exception", format_args!("Err({:?})", group.exception().unwrap().error().unwrap()));
        let result: &Result<(u32,), Exception<Failure>> = group.result().unwrap();
        log.record("result", format_args!("Err({:?})", result.as_ref().unwrap_err().error().unwrap()));
    });
    assert_eq!(events, "0 a start; 1 a fail; 2 exception Err(A); 2 result Err(A)");
}

#[test]
fn s_h12_the_result_of_a_cancelled_group() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 3, 1); spawn);
        log.reach(1).await;
        group.cancel();
        log.reach(2).await;
        let result = group.result().unwrap();
        log.record("result", format_args!("Err({:?})", result.as_ref().unwrap_err().kind));
    });
    assert_eq!(events, "0 a start; 1 a cancelled; 2 result Err(Cancelled)");
}

#[test]
fn s_h15_a_callback_of_the_empty_group() {
    let events = run(async |log| {
        let group = gather!(*Vec::<std::future::Ready<u8>>::new(); spawn);
        let callback_log = log.clone();
        group.on_done(move |outcome| callback_log.record("cb", format_args!("{:?}", outcome.as_ref().unwrap())));
        log.record("main", "added");
        tokio::task::yield_now().await;
        log.record("main", "after");
    });
    assert_eq!(events, "0 main added; 0 cb []; 0 main after");
}

// Every group has the one type, the empty one too.
#[test]
fn s_h16_cancelling_the_empty_group() {
    let events = run(async |log| {
        let group: Group<(), Exception> = gather!(; spawn);
        log.record("cancel", format_args!("-> {}", group.cancel()));
    });
    assert_eq!(events, "0 cancel -> false");
}
