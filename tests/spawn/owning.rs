//! Awaiting a group by value owns its members: whatever it comes to, none is left running.

use std::task::Poll;

use futures::poll;
use gather::gather;
use tokio::time::{Instant, sleep};

use crate::support::{Bomb, Gate, Live, Trace, Wrong, bad, value};
use crate::{UNIT, endless, turns, wrong_after};

#[tokio::test(start_paused = true)]
async fn on_an_error_siblings_are_dropped_first() {
    let (live, start) = (Live::new(), Instant::now());
    let group = gather!(wrong_after(1, 1)?, endless(&live), *[endless(&live), endless(&live)]; spawn);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(1));
    assert_eq!((live.made(), live.now()), (3, 0));
    assert_eq!(start.elapsed(), UNIT);
}

#[tokio::test]
async fn results_of_finished_siblings_are_dropped_first_too() {
    let live = Live::new();
    let (token, gate) = (live.token(), Gate::new());
    let group = gather!(value(token), gate.member(Err::<u8, _>(Wrong(1)))?; spawn);
    turns().await;
    assert_eq!(live.now(), 1, "the first member's result");
    gate.open();
    group.await.map(|(_, b)| b).unwrap_err();
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn siblings_of_an_error_that_came_before_are_dropped_too() {
    let live = Live::new();
    let group = gather!(bad(1)?, endless(&live); spawn);
    group.wait().await;
    turns().await;
    assert_eq!(live.now(), 1);
    group.await.unwrap_err();
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn members_that_were_not_to_run_on_do_not_start() {
    let trace = Trace::new();
    let failing = trace.member("a", 0, Err::<u8, _>(Wrong(1)));
    let group = gather!(failing?, trace.member("b", 0, ()), trace.member("c", 0, ()); spawn, limit = 1);
    group.await.unwrap_err();
    assert_eq!(trace.take(), "a -a -b -c");
}

#[tokio::test]
async fn dropping_the_future_cancels() {
    let live = Live::new();
    let group = gather!(endless(&live), endless(&live); spawn);
    let (canceller, finished) = (group.canceller(), group.finished());
    let mut future = group.into_future();
    assert!(poll!(&mut future).is_pending());
    drop(future);
    assert!(canceller.cancel(), "they are told, and not dropped yet");
    finished.await;
    assert!(canceller.is_done() && !canceller.cancel());
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn dropping_the_future_before_its_first_poll_cancels() {
    let live = Live::new();
    let group = gather!(endless(&live); spawn);
    let finished = group.finished();
    drop(group.into_future());
    finished.await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn a_future_that_has_yielded_is_dropped_without_effect() {
    let group = gather!(value(1); spawn);
    let mut future = group.into_future();
    assert_eq!((&mut future).await.unwrap(), (1,));
    drop(future);
}

#[tokio::test]
#[should_panic(expected = "a spawned group was polled after it had yielded")]
async fn polled_after_it_has_yielded() {
    let mut future = gather!(value(1); spawn).into_future();
    let _ = (&mut future).await;
    let _ = (&mut future).await;
}

#[tokio::test]
async fn a_done_group_yields_at_its_first_poll() {
    let group = gather!(value(1); spawn);
    group.wait().await;
    let Poll::Ready(Ok((1,))) = poll!(&mut group.into_future()) else { panic!("it is done") };
}

#[tokio::test]
async fn the_guard_cancels_when_it_is_dropped() {
    let live = Live::new();
    let guard = gather!(endless(&live); spawn).abort_on_drop();
    turns().await;
    assert!(!guard.is_done());
    let finished = guard.finished();
    drop(guard);
    finished.await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn the_guard_is_awaited_like_its_group() {
    let gate = Gate::new();
    let guard = gather!(gate.member(1); spawn).abort_on_drop();
    gate.open();
    assert_eq!(guard.await.unwrap(), (1,));
    // Awaiting it takes the guard away, the future then guards.
    let live = Live::new();
    let guard = gather!(endless(&live); spawn).abort_on_drop();
    let finished = guard.finished();
    drop(guard.into_future());
    finished.await;
    assert_eq!(live.now(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_guard_of_a_failed_group_ends_the_siblings() {
    let live = Live::new();
    let guard = gather!(bad(1)?, endless(&live); spawn).abort_on_drop();
    guard.wait().await;
    assert_eq!(live.now(), 1);
    drop(guard);
    sleep(UNIT).await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn a_result_that_nobody_took_may_panic_in_its_destructor() {
    for looks in [false, true] {
        let group = gather!(async { Bomb }; spawn);
        group.wait().await;
        assert!(!looks || group.result().is_some());
        drop(group);

        // Not `Sync`, so that the outcome moves to the handle.
        let group = gather!(async { (Bomb, std::cell::Cell::new(1)) }; spawn);
        group.wait().await;
        assert!(!looks || group.result().is_some());
        drop(group);
    }
    let group = gather!(async { Bomb }; spawn);
    let canceller = group.canceller();
    group.wait().await;
    drop(group);
    drop(canceller);
    let group = gather!(async { Bomb }; spawn);
    group.wait().await;
    drop(group.abort_on_drop());
}
