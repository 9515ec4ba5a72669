//! `on_done`: once, in order, before anybody wakes, and without harm to anybody.

use std::cell::Cell;
use std::sync::{Arc, Mutex};

use gather::{Exception, Group, gather};
use tokio::task::yield_now;

use crate::support::{Gate, Live, Trace, Wrong, bad, value};
use crate::{endless, turns};

/// The callback that records `word`.
fn push<T, X>(trace: &Trace, word: &str) -> impl FnOnce(&Result<T, X>) + Send + 'static + use<T, X> {
    let (trace, word) = (trace.clone(), word.to_owned());
    move |_| trace.push(word)
}

#[tokio::test]
async fn in_the_order_of_registration_before_who_waits() {
    let (trace, gate) = (Trace::new(), Gate::new());
    let group = gather!(gate.member(1); spawn);
    let observer = tokio::spawn({
        let (wait, trace) = (group.wait(), trace.clone());
        async move {
            wait.await;
            trace.push("observer");
        }
    });
    turns().await;
    for word in ["1", "2", "3"] {
        group.on_done(push(&trace, word));
    }
    gate.open();
    group.await.unwrap();
    trace.push("awaiter");
    observer.await.unwrap();
    let words = trace.take();
    assert!(words.starts_with("1 2 3 "), "{words}");
    assert_eq!(words.split(' ').count(), 5, "{words}");
}

#[tokio::test]
async fn it_sees_the_outcome_and_a_group_that_is_done() {
    let group = gather!(bad(1)?; spawn);
    let canceller = group.canceller();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    group.on_done(move |outcome| {
        sender.send((canceller.is_done(), outcome.as_ref().unwrap_err().to_string())).unwrap();
    });
    assert_eq!(receiver.await.unwrap(), (true, "member `#0` failed: wrong by 1".to_owned()));
}

#[tokio::test]
async fn it_runs_although_the_handle_was_dropped() {
    let (trace, gate) = (Trace::new(), Gate::new());
    let group = gather!(gate.member(1); spawn);
    group.on_done(push(&trace, "called"));
    let wait = group.wait();
    drop(group);
    gate.open();
    wait.await;
    assert_eq!(trace.take(), "called");
}

#[tokio::test]
async fn never_inside_on_done_itself() {
    let trace = Trace::new();
    let group = gather!(value(1); spawn);
    group.wait().await;
    group.on_done(push(&trace, "1"));
    group.on_done(push(&trace, "2"));
    assert_eq!(trace.take(), "");
    yield_now().await;
    assert_eq!(trace.take(), "1 2", "the next turn of the runtime");
}

#[tokio::test]
async fn a_late_one_runs_before_the_await_yields() {
    let trace = Trace::new();
    let group = gather!(value(1); spawn);
    group.wait().await;
    group.on_done(push(&trace, "late"));
    group.await.unwrap();
    assert_eq!(trace.take(), "late");
    turns().await;
    assert_eq!(trace.take(), "", "and only once");
}

#[tokio::test]
async fn a_late_one_runs_although_the_handle_was_dropped() {
    let trace = Trace::new();
    let group = gather!(value(1); spawn);
    group.wait().await;
    group.on_done(push(&trace, "late"));
    drop(group);
    turns().await;
    assert_eq!(trace.take(), "late");
}

#[tokio::test]
async fn one_added_inside_another_runs_after_it() {
    let trace = Trace::new();
    let group = Arc::new(gather!(value(1); spawn));
    let (inside, again) = (trace.clone(), Arc::clone(&group));
    group.on_done(move |_| {
        again.on_done(push(&inside, "inner"));
        inside.push("outer");
    });
    group.on_done(push(&trace, "next"));
    group.wait().await;
    assert_eq!(trace.take(), "outer next inner");
}

#[tokio::test]
async fn the_result_can_be_looked_at_inside() {
    let group = Arc::new(gather!(value(7); spawn));
    let (inside, seen) = (Arc::clone(&group), Arc::new(Mutex::new(None)));
    let keep = Arc::clone(&seen);
    group.on_done(move |outcome| {
        let result = inside.result().unwrap();
        assert!(std::ptr::eq(result, outcome));
        *keep.lock().unwrap() = Some(result.as_ref().unwrap().0);
    });
    group.wait().await;
    assert_eq!(*seen.lock().unwrap(), Some(7));
}

#[tokio::test]
async fn one_that_panics_disturbs_nobody() {
    let trace = Trace::new();
    let group = gather!(value(1), value(2); spawn);
    group.on_done(|_| panic!("kaput"));
    group.on_done(push(&trace, "2"));
    assert_eq!(group.await.unwrap(), (1, 2));
    assert_eq!(trace.take(), "2");

    let group = gather!(value(1); spawn);
    group.wait().await;
    group.on_done(|_| panic!("kaput, late"));
    group.on_done(push(&trace, "late"));
    assert_eq!(group.await.unwrap(), (1,));
    assert_eq!(trace.take(), "late");
}

#[tokio::test]
async fn what_a_callback_holds_is_dropped_with_it() {
    let live = Live::new();
    let tokens = [live.token(), live.token()];
    let group = gather!(value(1); spawn);
    for token in tokens {
        group.on_done(move |_| drop(token));
    }
    group.wait().await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn of_a_cancelled_group() {
    let (trace, live) = (Trace::new(), Live::new());
    let group = gather!(endless(&live); spawn);
    let inside = trace.clone();
    group.on_done(move |outcome| {
        assert!(outcome.as_ref().unwrap_err().is_cancelled());
        inside.push("cancelled");
    });
    group.cancel();
    assert_eq!(trace.take(), "", "when it is done, not now");
    group.wait().await;
    assert_eq!(trace.take(), "cancelled");
}

/// Here nobody knows whether `T` is `Sync`, so the outcome is kept where only the handle can see it.
fn spawn_unknown<T: Send + 'static>(member: T) -> Group<(T,), Exception<Wrong>> {
    gather!(async { Ok::<_, Wrong>(member) }?; spawn)
}

#[tokio::test]
async fn of_a_group_whose_types_became_known_to_be_sync_later() {
    let trace = Trace::new();
    let group = spawn_unknown(1);
    group.on_done(push(&trace, "before"));
    group.wait().await;
    assert_eq!(trace.take(), "before");

    let group = spawn_unknown(1);
    group.wait().await;
    group.on_done(push(&trace, "after"));
    yield_now().await;
    assert_eq!(trace.take(), "after");

    // The handle has the outcome, by value, so it is the handle that calls back.
    let group = spawn_unknown(1);
    group.wait().await;
    assert!(group.result().is_some());
    group.on_done(push(&trace, "awaited"));
    assert_eq!(group.await.unwrap(), (1,));
    assert_eq!(trace.take(), "awaited");

    let group = spawn_unknown(1);
    group.wait().await;
    assert!(group.result().is_some());
    group.on_done(push(&trace, "dropped"));
    drop(group);
    assert_eq!(trace.take(), "dropped");
}

#[tokio::test]
async fn a_group_that_is_not_sync_has_none_and_works() {
    let group = spawn_unknown(Cell::new(1));
    group.wait().await;
    group.result().unwrap().as_ref().unwrap().0.set(2);
    assert_eq!(group.await.unwrap().0.get(), 2);
}
