//! Members that run already: tasks and spawned groups. They are told to stop and then waited for, except by a deadline.

use gather::gather;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::support::{Bomb, Gate, Live, Wrong, bad, good, value};
use crate::{UNIT, after, endless, turns, wrong_after};

/// A task that never ends by itself and has started.
async fn task(live: &Live) -> JoinHandle<()> {
    let task = tokio::spawn(endless(live));
    turns().await;
    task
}

#[tokio::test]
async fn a_task_ends_with_its_group() {
    let live = Live::new();
    let running = task(&live).await;
    let group = gather!(running; spawn);
    turns().await;
    group.cancel();
    group.await.unwrap_err();
    assert_eq!(live.now(), 0, "it is waited for");

    let running = task(&live).await;
    let group = gather!(running, bad(1)?; spawn);
    group.await.unwrap_err();
    assert_eq!(live.now(), 0);

    let running = task(&live).await;
    let group = gather!(running; spawn);
    drop(group.into_future());
    turns().await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn a_task_is_detached_with_its_group() {
    let live = Live::new();
    let running = task(&live).await;
    drop(gather!(running; spawn));
    turns().await;
    assert_eq!(live.now(), 1);
}

#[tokio::test]
async fn what_a_task_gives() {
    let group = gather!(tokio::spawn(value(1)), tokio::spawn(good(2))?, *[tokio::spawn(value(3))]; spawn);
    assert_eq!(group.await.unwrap(), (1, 2, vec![3]));

    let group = gather!(tokio::spawn(bad(1))?; spawn);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(1));

    let group = gather! { task => tokio::spawn(async { panic!("kaput") }); spawn };
    assert_eq!(group.await.map(|r| r.task).unwrap_err().to_string(), "member `task` panicked: kaput");
}

#[tokio::test]
async fn a_task_that_is_aborted_on_its_own() {
    let live = Live::new();
    let task = task(&live).await;
    let abort = task.abort_handle();
    let group = gather!(task, endless(&live); spawn);
    abort.abort();
    let exception = group.await.unwrap_err();
    assert_eq!(exception.to_string(), "member `#0` was cancelled");
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn an_aborted_task_is_its_field_under_return_exceptions() {
    let (live, gate) = (Live::new(), Gate::new());
    let task = task(&live).await;
    task.abort();
    let group = gather!(task, gate.member(2); spawn, return_exceptions);
    turns().await;
    assert!(!group.is_done());
    gate.open();
    let (aborted, b) = group.await.unwrap();
    assert_eq!(aborted.unwrap_err().to_string(), "member `#0` was cancelled");
    assert_eq!(b.unwrap(), 2);
}

#[tokio::test]
async fn inside_an_async_block_a_handle_is_kept_out() {
    let live = Live::new();
    let task = task(&live).await;
    let group = gather!(async { task.await.unwrap() }; spawn);
    turns().await;
    group.cancel();
    group.await.unwrap_err();
    assert_eq!(live.now(), 1);
}

#[tokio::test]
async fn a_group_ends_with_its_owner() {
    let live = Live::new();
    let innermost = gather!(endless(&live); spawn);
    let inner = gather!(innermost, endless(&live); spawn);
    let group = gather!(inner, endless(&live); spawn);
    turns().await;
    assert_eq!(live.now(), 3);
    group.cancel();
    assert!(group.await.unwrap_err().member.is_none());
    assert_eq!(live.now(), 0, "all are waited for");
}

#[tokio::test]
async fn in_task_a_group_ends_with_its_owner() {
    let live = Live::new();
    let inner = gather!(endless(&live); spawn);
    let finished = inner.finished();
    let mut outer = Box::pin(gather!(inner; return_exceptions));
    assert!(futures::poll!(&mut outer).is_pending());
    turns().await;
    assert_eq!(live.now(), 1);
    drop(outer);
    finished.await;
    assert_eq!(live.now(), 0);
}

#[tokio::test(start_paused = true)]
async fn the_exception_of_a_group_is_handed_on() {
    let inner = gather! { deep => wrong_after(1, 1)?, _ => after(9, ()); spawn };
    let outer = gather! { inner => inner?, _ => after(9, ()); spawn };
    let exception = outer.await.map(|r| r.inner.deep).unwrap_err();
    assert_eq!(exception.to_string(), "member `deep` failed: wrong by 1");
}

#[tokio::test(start_paused = true)]
async fn without_question_mark_its_outcome_is_the_field() {
    let inner = gather!(wrong_after(1, 1)?; spawn);
    let (inner, b) = gather!(inner, after(2, 2); spawn).await.unwrap();
    assert_eq!(inner.unwrap_err().into_error().unwrap(), Wrong(1));
    assert_eq!(b, 2);
}

#[tokio::test(start_paused = true)]
async fn at_the_deadline_members_are_told() {
    let (live, start) = (Live::new(), Instant::now());
    let (task, inner) = (task(&live).await, gather!(endless(&live); spawn));
    let group = gather! {
        task => task,
        inner => inner,
        quick => tokio::spawn(after(1, 1)),
        quick_group => gather!(after(1, 2); spawn);
        spawn, return_exceptions, timeout = UNIT * 2
    };
    let r = group.await.unwrap();
    assert_eq!((start.elapsed(), live.now()), (UNIT * 2, 0));
    assert_eq!(r.task.unwrap_err().to_string(), "member `task` timed out");
    assert_eq!(r.inner.unwrap_err().to_string(), "member `inner` timed out");
    assert_eq!((r.quick.unwrap(), r.quick_group.unwrap()), (1, (2,)));
}

#[tokio::test(start_paused = true)]
async fn a_group_that_was_cancelled_by_another_says_so() {
    let live = Live::new();
    let inner = gather!(endless(&live); spawn);
    let canceller = inner.canceller();
    let group = gather! { inner => inner; spawn, return_exceptions, timeout = UNIT };
    canceller.cancel();
    assert_eq!(group.await.unwrap().inner.unwrap_err().to_string(), "the group was cancelled");
}

#[tokio::test]
async fn a_group_in_two_levels_of_lists() {
    let groups = (0..3).map(|i| gather!(*(0..3).map(move |j| value(i * 3 + j)); spawn));
    let all = gather!(*groups?; spawn).await.unwrap();
    assert_eq!(all.concat(), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
}

/// Blocks a thread until the test lets it go on, whoever tells it to stop.
fn blocked() -> (JoinHandle<u8>, std::sync::mpsc::Sender<()>) {
    let (go_on, wait) = std::sync::mpsc::channel();
    let task = tokio::task::spawn_blocking(move || {
        let _ = wait.recv();
        1
    });
    (task, go_on)
}

async fn started(task: (JoinHandle<u8>, std::sync::mpsc::Sender<()>)) -> (JoinHandle<u8>, std::sync::mpsc::Sender<()>) {
    // Until it blocks it could be stopped.
    tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    task
}

#[tokio::test]
async fn a_deadline_waits_for_nobody_who_cannot_be_stopped() {
    let (single, item, deep) = (started(blocked()).await, started(blocked()).await, started(blocked()).await);
    let inner = gather!(deep.0; spawn);
    let live = Live::new();
    let group = gather! {
        single => single.0,
        list => *[item.0, tokio::spawn(value(3))],
        inner => inner,
        own => endless(&live);
        spawn, return_exceptions, timeout = UNIT / 5
    };
    let called = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let seen = std::sync::Arc::clone(&called);
    group.on_done(move |outcome| {
        assert!(outcome.is_ok());
        seen.store(true, std::sync::atomic::Ordering::SeqCst);
    });
    let (finished, canceller) = (group.finished(), group.canceller());
    let mut finished = std::pin::pin!(finished);
    group.wait().await;
    assert!(called.load(std::sync::atomic::Ordering::SeqCst) && group.is_done());
    let r = group.await.unwrap();
    assert_eq!(live.now(), 0);
    assert_eq!(r.single.unwrap_err().to_string(), "member `single` timed out");
    assert_eq!(r.list[0].as_ref().unwrap_err().to_string(), "member `list[0]` timed out");
    assert_eq!(r.list[1].as_ref().unwrap(), &3);
    assert_eq!(r.inner.unwrap_err().to_string(), "member `inner` timed out");
    assert!(r.own.unwrap_err().is_timed_out());

    assert!(futures::poll!(finished.as_mut()).is_pending(), "it waits for those that linger");
    assert!(canceller.cancel(), "they are still there");
    drop((single.1, item.1));
    tokio::time::sleep(UNIT / 10).await;
    assert!(futures::poll!(finished.as_mut()).is_pending());
    drop(deep.1);
    finished.await;
    assert!(!canceller.cancel());
}

#[tokio::test]
async fn one_that_lingers_may_panic_in_peace() {
    let (go_on, wait) = std::sync::mpsc::channel::<()>();
    let task = tokio::task::spawn_blocking(move || {
        let _ = wait.recv();
        Bomb
    });
    tokio::time::sleep(UNIT / 20).await;
    let group = gather!(task; spawn, return_exceptions, until = std::future::ready(()));
    let finished = group.finished();
    assert!(group.await.unwrap().0.is_err());
    drop(go_on);
    finished.await;
}

#[tokio::test]
#[expect(clippy::redundant_async_block, reason = "it is not: without it the task belongs to the group")]
async fn without_a_deadline_an_await_by_value_waits_for_all() {
    let (task, go_on) = started(blocked()).await;
    let group = gather!(task, bad(1)?; spawn);
    group.wait().await;
    let mut group = group.into_future();
    for _ in 0..3 {
        turns().await;
        assert!(futures::poll!(&mut group).is_pending());
    }
    drop(go_on);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(1));

    // The way out, for who need not wait for it.
    let (task, _go_on) = started(blocked()).await;
    let group = gather!(async { task.await }, bad(1)?; spawn);
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(1));
}
