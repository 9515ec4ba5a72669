//! The methods that borrow: they look on and change nothing.

use std::cell::Cell;
use std::sync::Arc;

use gather::gather;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Gate, Live, bad, value};
use crate::{UNIT, after, endless, turns, wrong_after};

#[tokio::test(start_paused = true)]
async fn done_is_when_the_outcome_is_settled() {
    let group = gather!(after(1, 1), after(2, 2); spawn);
    assert!(!group.is_done() && group.result().is_none() && group.exception().is_none());
    sleep(UNIT * 3 / 2).await;
    assert!(!group.is_done());
    sleep(UNIT).await;
    assert!(group.is_done() && !group.is_cancelled() && group.exception().is_none());
    assert_eq!(group.result().unwrap().as_ref().unwrap(), &(1, 2));
}

#[tokio::test(start_paused = true)]
async fn after_an_error_it_is_done_while_siblings_run_on() {
    let (live, start) = (Live::new(), Instant::now());
    let sibling = live.token();
    let sibling = async move {
        sleep(UNIT * 3).await;
        drop(sibling);
    };
    let group = gather!(wrong_after(1, 1)?, sibling; spawn);
    group.wait().await;
    assert_eq!(start.elapsed(), UNIT);
    assert!(group.is_done() && !group.is_cancelled());
    assert_eq!(group.exception().unwrap().to_string(), "member `#0` failed: wrong by 1");
    assert_eq!(live.now(), 1);
    group.finished().await;
    assert_eq!(start.elapsed(), UNIT * 3);
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn waiting_may_be_given_up_and_begun_again() {
    let gate = Gate::new();
    let group = gather!(gate.member(1); spawn);
    for _ in 0..3 {
        assert!(timeout(std::time::Duration::ZERO, group.wait()).await.is_err());
        assert!(timeout(std::time::Duration::ZERO, group.finished()).await.is_err());
    }
    gate.open();
    group.wait().await;
    group.finished().await;
    group.wait().await;
    assert_eq!(group.await.unwrap(), (1,));
}

#[tokio::test]
async fn many_wait_at_once() {
    let gate = Gate::new();
    let group = Arc::new(gather!(gate.member(1); spawn));
    let waiting: Vec<_> = (0..20)
        .map(|i| {
            let (wait, finished, group) = (group.wait(), group.finished(), Arc::clone(&group));
            tokio::spawn(async move {
                if i % 2 == 0 {
                    wait.await;
                } else {
                    finished.await;
                }
                group.result().unwrap().as_ref().unwrap().0
            })
        })
        .collect();
    turns().await;
    // One that does not wait any more is not in the way of the others.
    waiting[7].abort();
    gate.open();
    for (i, task) in waiting.into_iter().enumerate() {
        match task.await {
            Ok(result) => assert_eq!(result, 1),
            Err(e) => assert!(e.is_cancelled() && i == 7),
        }
    }
}

#[tokio::test]
async fn waiting_outlives_the_handle() {
    let gate = Gate::new();
    let group = gather!(gate.member(1); spawn);
    let wait = group.wait();
    drop(group);
    gate.open();
    wait.await;
    assert_eq!(gate.drops(), 1);
}

#[tokio::test]
async fn the_result_is_the_same_however_often_it_is_looked_at() {
    let group = gather!(value(String::from("a")); spawn);
    group.wait().await;
    let first = group.result().unwrap();
    assert!(std::ptr::eq(first, group.result().unwrap()));
    assert_eq!(first.as_ref().unwrap().0, "a");
    // And is still there for the one who awaits.
    assert_eq!(group.await.unwrap().0, "a");
}

#[tokio::test]
async fn a_result_that_is_not_sync() {
    let group = gather!(value(Cell::new(1)), async { Err::<u8, _>(Cell::new(2)) }; spawn);
    group.wait().await;
    let (cell, error) = group.result().unwrap().as_ref().unwrap();
    cell.set(10);
    assert_eq!(error.as_ref().unwrap_err().get(), 2);
    let moved = tokio::spawn(async { group.await.unwrap().0.get() });
    assert_eq!(moved.await.unwrap(), 10);
}

#[tokio::test]
async fn dropping_the_handle_detaches() {
    let gate = Gate::new();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let member = gate.member(1);
    drop(gather!(async { sender.send(member.await).unwrap() }; spawn));
    turns().await;
    gate.open();
    assert_eq!(receiver.await.unwrap(), 1);
}

#[tokio::test]
async fn a_failed_group_that_is_dropped_leaves_its_members_running() {
    let live = Live::new();
    let group = gather!(bad(1)?, endless(&live); spawn);
    group.wait().await;
    drop(group);
    turns().await;
    assert_eq!(live.now(), 1);
}

#[tokio::test]
async fn debug_shows_the_state_and_needs_nothing_of_the_result() {
    struct Opaque;

    let gate = Gate::new();
    let group = gather!(gate.member(Opaque); spawn);
    assert_eq!(format!("{group:?}"), "Group { done: false, cancelled: false }");
    let canceller = group.canceller();
    assert_eq!(format!("{canceller:?}"), "Canceller { done: false }");
    gate.open();
    group.wait().await;
    assert_eq!(format!("{group:?}"), "Group { done: true, cancelled: false }");
    let guard = group.abort_on_drop();
    assert_eq!(format!("{guard:?}"), "AbortOnDrop(Some(Group { done: true, cancelled: false }))");

    let live = Live::new();
    let group = gather!(endless(&live); spawn);
    group.cancel();
    group.wait().await;
    assert_eq!(format!("{group:?}"), "Group { done: true, cancelled: true }");
}
