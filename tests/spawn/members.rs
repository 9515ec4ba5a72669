//! Each member is a task, and is dropped once.

use std::future::pending;

use gather::gather;
use tokio::runtime::Handle;
use tokio::sync::oneshot;

use crate::support::{Bomb, Gate, Live, Trace, Wrong, value};
use crate::{UNIT, endless, turns};

fn tasks() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

#[tokio::test]
async fn as_many_tasks_as_members() {
    let live = Live::new();
    let group = gather!(endless(&live), endless(&live), *(0..1000).map(|_| endless(&live)); spawn);
    assert_eq!(tasks(), 1002, "and none for the group itself");
    group.cancel();
    group.await.unwrap_err();
    turns().await;
    assert_eq!(tasks(), 0);

    drop(gather!(; spawn));
    assert_eq!(tasks(), 0);
    let group = gather!(endless(&live); spawn, return_exceptions, timeout = UNIT, until = pending::<()>());
    assert_eq!(tasks(), 2, "one helper for both");
    assert!(group.await.unwrap().0.unwrap_err().is_timed_out());
}

#[tokio::test]
async fn they_start_in_order_when_the_creator_lets_go() {
    let trace = Trace::new();
    let list = ["b", "c"].map(|name| trace.member(name, 1, ()));
    let group = gather!(trace.member("a", 1, ()), *list, trace.member("d", 1, ()); spawn);
    trace.push("created");
    group.await.unwrap();
    assert_eq!(trace.take(), "created a b c d a -a b -b c -c d -d");
}

#[tokio::test]
async fn they_end_whether_or_not_anybody_looks() {
    let (sender, receiver) = oneshot::channel();
    let _group = gather!(async { sender.send(1).unwrap() }; spawn);
    assert_eq!(receiver.await.unwrap(), 1);
}

#[tokio::test]
async fn a_member_is_dropped_when_it_has_ended() {
    let (one, other) = (Gate::new(), Gate::new());
    let group = gather!(one.member(1), other.member(2); spawn);
    turns().await;
    one.open();
    turns().await;
    assert_eq!((one.drops(), other.drops()), (1, 0));
    other.open();
    group.await.unwrap();
    assert_eq!((one.drops(), other.drops()), (1, 1));
}

#[tokio::test]
async fn every_member_and_every_result_is_dropped_once() {
    let live = Live::new();
    let member = |end: Result<(), u8>| {
        let (held, result) = (live.token(), live.token());
        async move {
            tokio::task::yield_now().await;
            drop(held);
            end.map(|()| result).map_err(Wrong)
        }
    };
    drop(gather!(member(Ok(()))?, *[member(Ok(())), member(Err(1))]?; spawn).await);
    assert_eq!(live.now(), 0);
    drop(gather!(member(Ok(())), member(Err(1)); spawn, return_exceptions).await);
    assert_eq!(live.now(), 0);
    drop(gather!(member(Ok(()))?, member(Err(1))?, member(Err(2))?; spawn, all_errors).await);
    assert_eq!(live.now(), 0);
    drop(gather! { _ => member(Ok(())), _ => member(Ok(()))?; spawn }.await);
    assert_eq!(live.now(), 0);

    let group = gather!(member(Ok(())), member(Err(1))?; spawn);
    group.finished().await;
    drop(group);
    assert_eq!(live.now(), 0);
    let group = gather!(member(Ok(())), member(Ok(())); spawn);
    let finished = group.finished();
    drop(group);
    finished.await;
    turns().await;
    assert_eq!(live.now(), 0, "a result that nobody took");
}

#[tokio::test]
async fn a_destructor_that_panics_is_that_members_panic() {
    // What `poll_fn` holds is dropped with the future, after it has yielded.
    let held = Bomb;
    let member = std::future::poll_fn(move |_| {
        let _held = &held;
        std::task::Poll::Ready(1)
    });
    let group = gather!(member, value(2); spawn, return_exceptions);
    let (a, b) = group.await.unwrap();
    assert_eq!(a.unwrap_err().to_string(), "member `#0` panicked: bomb");
    assert_eq!(b.unwrap(), 2);
}

#[tokio::test]
async fn a_result_whose_destructor_panics_harms_nobody() {
    let gate = Gate::new();
    let group = gather!(async { Bomb }, gate.member(Err::<u8, _>(Wrong(1)))?; spawn);
    turns().await;
    gate.open();
    assert_eq!(group.await.map(std::mem::forget).unwrap_err().into_error().unwrap(), Wrong(1));

    let live = Live::new();
    let group = gather!(async { Bomb }, endless(&live); spawn);
    turns().await;
    assert!(group.cancel());
    assert!(group.await.map(std::mem::forget).unwrap_err().is_cancelled());
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn an_ignored_result_whose_destructor_panics_fails_the_group() {
    let group = gather! { a => value(1), _ => async { Bomb }; spawn };
    let exception =
        tokio::time::timeout(std::time::Duration::from_secs(5), group).await.unwrap().map(|r| r.a).unwrap_err();
    assert_eq!(exception.to_string(), "the group panicked: bomb");
}
