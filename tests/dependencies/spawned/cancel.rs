//! Cancelling a group while members wait, and what is dropped when.

use std::future::{pending, ready};
use std::time::Duration;

use gather::gather;
use tokio::time::sleep;

use crate::support::{Live, Wrong};
use crate::times::Times;

#[tokio::test(start_paused = true)]
async fn members_that_wait_never_start() {
    let t = Times::leaked();
    let live = Live::new();
    let (one, two) = (live.token(), live.token());
    let group = gather! {
        b => async move |a| { let _token = one; t.run("b", 1, *a).await },
        a => t.run("a", 20, 1),
        list => *move |b| { let _token = &two; [t.run("item", 1, *b)] },
        last => move |list| t.run("last", 1, list.len());
        spawn
    };
    sleep(Duration::from_millis(10)).await;
    assert_eq!(live.now(), 2);
    assert!(group.cancel());
    assert_eq!(live.now(), 0, "those that wait are dropped at once");
    let e = group.await.map(|r| (r.a, r.b, r.list, r.last)).unwrap_err();
    assert_eq!(e.to_string(), "the group was cancelled");
    assert_eq!(t.take(), "a 0-?");
}

#[tokio::test(start_paused = true)]
async fn while_dependants_run() {
    let t = Times::leaked();
    let live = Live::new();
    let token = live.token();
    let group = gather! {
        a => ready(token),
        b => async move |a| { let _a = a; t.run("b", 20, ()).await },
        c => async move |b| { let () = *b; t.run("c", 20, ()).await };
        spawn
    };
    sleep(Duration::from_millis(10)).await;
    let canceller = group.canceller();
    assert!(canceller.cancel());
    group.finished().await;
    assert_eq!(live.now(), 0, "the value is gone with the last who saw it");
    assert!(group.is_cancelled());
    assert_eq!(t.take(), "b 0-?");
}

#[tokio::test(start_paused = true)]
async fn by_a_dependant_itself() {
    let (send, receive) = tokio::sync::oneshot::channel::<gather::Canceller>();
    let group = gather! {
        a => ready(1),
        b => async move |a| { let canceller = receive.await.unwrap(); canceller.cancel(); *a },
        c => |b| ready(*b),
        never => pending::<u8>();
        spawn
    };
    assert!(send.send(group.canceller()).is_ok());
    let e = group.await.map(|r| (r.a, r.b, r.c, r.never)).unwrap_err();
    assert!(e.is_cancelled() && e.member.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_dropped_guard_ends_those_that_wait() {
    let live = Live::new();
    let token = live.token();
    let group = gather! { a => pending::<u8>(), b => async move |a| { let _token = token; *a }; spawn };
    let guard = group.abort_on_drop();
    tokio::task::yield_now().await;
    drop(guard);
    assert_eq!(live.now(), 0);
}

#[tokio::test(start_paused = true)]
async fn all_is_dropped_before_the_awaiter_sees_an_error() {
    let live = Live::new();
    let tokens = [(); 4].map(|()| live.token());
    let [value, waiting, running, list] = tokens;
    let group = gather! {
        value => ready(value),
        running => async move |value| { let _held = (value, running); pending::<()>().await },
        waiting => async move |running| { let _held = (running, waiting); },
        list => *move |waiting| { let _held = (waiting, &list); [ready(())] },
        fails => async { sleep(Duration::from_millis(5)).await; Err::<(), _>(Wrong(1)) }?;
        spawn
    };
    let e = group.await.map(|r| (r.value, r.running, r.waiting, r.list, r.fails)).err().unwrap();
    assert_eq!(live.now(), 0);
    assert_eq!(e.to_string(), "member `fails` failed: wrong by 1");
}

#[tokio::test(start_paused = true)]
async fn the_runtime_ends_while_members_wait() {
    let live = Live::new();
    let token = live.token();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap();
    let group = gather! {
        a => pending::<u8>(),
        b => async move |a| { let _token = token; *a };
        spawn = runtime.handle()
    };
    runtime.shutdown_background();
    let e = group.await.map(|r| (r.a, r.b)).unwrap_err();
    assert!(e.is_cancelled(), "{e}");
    assert_eq!(live.now(), 0);
}
