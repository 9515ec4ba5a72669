//! `timeout` and `until` of spawned groups.

use std::future::{Future, pending, ready};

use gather::gather;
use tokio::runtime::Handle;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep, timeout};

use crate::support::{Bomb, Live, Trace, Wrong};
use crate::{UNIT, after, endless, turns, wrong_after};

#[tokio::test(start_paused = true)]
async fn finished_members_keep_their_results() {
    let (live, start) = (Live::new(), Instant::now());
    let group = gather! {
        quick => after(1, 1),
        failed => wrong_after(1, 2),
        slow => endless(&live),
        many => *[after(1, 3), after(9, 4)];
        spawn, return_exceptions, timeout = UNIT * 2
    };
    let r = group.await.unwrap();
    assert_eq!((start.elapsed(), live.now()), (UNIT * 2, 0));
    assert_eq!(r.quick.unwrap(), 1);
    assert_eq!(r.failed.unwrap_err().into_error().unwrap(), Wrong(2));
    assert_eq!(r.slow.unwrap_err().to_string(), "member `slow` timed out");
    assert_eq!(r.many[0].as_ref().unwrap(), &3);
    assert_eq!(r.many[1].as_ref().unwrap_err().to_string(), "member `many[1]` timed out");
}

#[tokio::test(start_paused = true)]
async fn it_counts_from_the_creation() {
    let group = gather!(after(1, 1), after(5, 2); spawn, return_exceptions, timeout = UNIT * 2);
    sleep(UNIT * 3).await;
    assert!(group.is_done(), "nobody has awaited it");
    let (a, b) = group.await.unwrap();
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_timed_out());
}

#[tokio::test(start_paused = true)]
async fn members_due_at_that_instant_are_in_time() {
    let group = gather!(after(1, 1), after(1, 2); spawn, return_exceptions, timeout = UNIT);
    let (a, b) = group.await.unwrap();
    assert_eq!((a.unwrap(), b.unwrap()), (1, 2));
}

#[tokio::test(start_paused = true)]
async fn a_group_that_ends_in_time_leaves_no_helper() {
    let start = Instant::now();
    let group = gather!(after(1, 1); spawn, return_exceptions, timeout = UNIT * 100, until = pending::<()>());
    let (a,) = group.await.unwrap();
    assert_eq!((a.unwrap(), start.elapsed()), (1, UNIT));
    turns().await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
    assert_eq!(start.elapsed(), UNIT);
}

#[tokio::test(start_paused = true)]
async fn until_cancels_what_is_unfinished() {
    let (live, start) = (Live::new(), Instant::now());
    let group = gather!(after(1, 1), endless(&live); spawn, return_exceptions, until = sleep(UNIT * 2));
    let (a, b) = group.await.unwrap();
    assert_eq!((start.elapsed(), live.now()), (UNIT * 2, 0));
    assert_eq!(a.unwrap(), 1);
    assert_eq!(b.unwrap_err().to_string(), "member `#1` was cancelled");
}

#[tokio::test(start_paused = true)]
async fn whichever_comes_first() {
    let live = Live::new();
    let group = gather!(endless(&live); spawn, return_exceptions, timeout = UNIT, until = sleep(UNIT * 2));
    assert!(group.await.unwrap().0.unwrap_err().is_timed_out());
    let group = gather!(endless(&live); spawn, return_exceptions, timeout = UNIT * 2, until = sleep(UNIT));
    assert!(group.await.unwrap().0.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_signal_from_elsewhere() {
    let live = Live::new();
    let (stop, stopped) = oneshot::channel::<()>();
    let group = gather!(endless(&live), endless(&live); spawn, return_exceptions, until = stopped);
    turns().await;
    assert!(!group.is_done());
    stop.send(()).unwrap();
    let (a, b) = group.await.unwrap();
    assert!(a.unwrap_err().is_cancelled() && b.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn members_begin_before_the_deadline_is_asked() {
    let live = Live::new();
    let group = gather!(async { 1 }, endless(&live); spawn, return_exceptions, until = ready(()));
    let (a, b) = group.await.unwrap();
    assert_eq!(a.unwrap(), 1);
    assert!(b.unwrap_err().is_cancelled());
}

#[tokio::test(start_paused = true)]
async fn the_group_is_cancelled_all_the_same() {
    let live = Live::new();
    let group = gather!(endless(&live); spawn, return_exceptions, timeout = UNIT);
    turns().await;
    assert!(group.cancel());
    assert!(group.await.unwrap_err().member.is_none());
}

#[tokio::test(start_paused = true)]
async fn members_that_wait_for_a_place_time_out_too() {
    let trace = Trace::new();
    let list = [trace.member("b", 0, 2), trace.member("c", 0, 3)];
    let group = gather! {
        a => after(9, 1),
        list => *list,
        d => trace.member("d", 0, 4);
        spawn, return_exceptions, limit = 1, timeout = UNIT
    };
    let r = group.await.unwrap();
    assert_eq!(r.a.unwrap_err().to_string(), "member `a` timed out");
    let list: Vec<String> = r.list.into_iter().map(|item| item.unwrap_err().to_string()).collect();
    assert_eq!(list, ["member `list[0]` timed out", "member `list[1]` timed out"]);
    assert_eq!(r.d.unwrap_err().to_string(), "member `d` timed out");
    assert_eq!(trace.take(), "-b -c -d");
}

#[tokio::test(start_paused = true)]
async fn a_very_long_time() {
    let group = gather!(after(1, 1); spawn, return_exceptions, timeout = std::time::Duration::MAX);
    assert_eq!(group.await.unwrap().0.unwrap(), 1);
}

#[test]
fn a_runtime_without_a_clock_is_reported_before_anything_starts() {
    let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    let live = Live::new();
    runtime.block_on(async {
        let create = || gather!(endless(&live); spawn, return_exceptions, timeout = UNIT);
        let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(create)).unwrap_err();
        let message = panic.downcast::<&str>().map_or_else(|p| *p.downcast::<String>().unwrap(), |s| s.to_string());
        assert!(message.contains("timers are disabled"), "{message}");
        turns().await;
        assert_eq!((live.now(), Handle::current().metrics().num_alive_tasks()), (0, 0));
    });
}

#[tokio::test]
async fn a_panic_of_until_is_the_outcome_of_the_group() {
    let (closed, live) = (oneshot::channel::<()>().1, Live::new());
    let group = gather! {
        a => endless(&live),
        list => *[endless(&live), endless(&live)],
        done => ready(1);
        spawn, return_exceptions, until = async { closed.await.unwrap() }
    };
    let finished = group.finished();
    let exception = group.await.map(|r| (r.a, r.list, r.done)).unwrap_err();
    assert!(exception.member.is_none() && exception.is_panicked());
    let text = exception.to_string();
    assert!(text.starts_with("the group panicked: called `Result::unwrap()` on an `Err` value"), "{text}");
    assert_eq!(live.now(), 0);
    finished.await;
}

#[tokio::test]
async fn a_panic_of_until_ends_members_that_nobody_awaits_and_those_that_wait() {
    let (live, trace) = (Live::new(), Trace::new());
    let group = gather! {
        endless(&live),
        *[trace.member("b", 0, 2), trace.member("c", 0, 3)];
        spawn, return_exceptions, limit = 1, until = async {
            turns().await;
            std::panic::resume_unwind(Box::new("kaput"))
        }
    };
    group.finished().await;
    assert!(group.is_done() && !group.is_cancelled());
    assert_eq!(group.exception().unwrap().to_string(), "the group panicked: kaput");
    assert_eq!((live.now(), trace.take().as_str()), (0, "-b -c"));
}

#[tokio::test]
async fn a_panic_of_until_after_the_end_disturbs_nobody() {
    let loud = Bomb;
    let group = gather!(ready(1); spawn, return_exceptions, until = async move {
        let _loud = loud;
        pending::<()>().await;
    });
    assert_eq!(group.await.unwrap().0.unwrap(), 1);
    turns().await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
}

/// Its length is asked only when it is stopped.
struct Unmeasured;

impl Iterator for Unmeasured {
    type Item = std::future::Pending<()>;
    fn next(&mut self) -> Option<Self::Item> {
        Some(pending())
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        std::panic::resume_unwind(Box::new("no length"))
    }
}

#[tokio::test(start_paused = true)]
async fn an_iterator_that_panics_when_its_length_is_asked() {
    let group = gather! { items => *Unmeasured; spawn, return_exceptions, limit = 2, timeout = UNIT };
    let r = group.await.unwrap();
    let texts: Vec<String> = r.items.into_iter().map(|item| item.unwrap_err().to_string()).collect();
    assert_eq!(
        texts,
        ["member `items[0]` timed out", "member `items[1]` timed out", "member `items[2]` panicked: no length"]
    );
}

/// Where the iterator of a keyed list panics there is no key, and so no field that could hold it: it fails the group.
fn broken_keyed() -> impl Iterator<Item = (&'static str, impl Future<Output = i32>)> {
    (0..2).map(|n| if n == 0 { ("key", after(1, n)) } else { panic!("no key") })
}

#[tokio::test(start_paused = true)]
async fn it_ends_members_that_run_on_after_a_failure() {
    let (live, start) = (Live::new(), Instant::now());
    let group = gather!(endless(&live), *broken_keyed(); spawn, return_exceptions, limit = 3, timeout = UNIT * 4);
    group.wait().await;
    assert!(group.exception().unwrap().is_panicked());
    assert_eq!((start.elapsed(), live.now()), (std::time::Duration::ZERO, 1), "it is only watched");
    timeout(UNIT * 50, group.finished()).await.expect("no member runs on");
    assert_eq!((start.elapsed(), live.now()), (UNIT * 4, 0));
    assert!(group.exception().unwrap().is_panicked());
    turns().await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
}

#[tokio::test(start_paused = true)]
async fn so_does_the_end_of_until_or_its_panic() {
    for panics in [false, true] {
        let (live, start) = (Live::new(), Instant::now());
        let until = async move {
            sleep(UNIT * 2).await;
            assert!(!panics, "until");
        };
        let blocked = tokio::spawn(endless(&live));
        let group = gather!(
            endless(&live),
            blocked,
            *broken_keyed();
            spawn, return_exceptions, limit = 3, until = until
        );
        group.wait().await;
        timeout(UNIT * 50, group.finished()).await.expect("no member runs on");
        assert_eq!((start.elapsed(), live.now()), (UNIT * 2, 0), "{panics}");
        assert_eq!(group.exception().unwrap().to_string(), "member `#2[1]` panicked: no key");
    }
}

#[tokio::test(start_paused = true)]
async fn a_failed_group_whose_members_are_gone_leaves_no_helper() {
    let start = Instant::now();
    let group = gather!(*broken_keyed(); spawn, return_exceptions, limit = 1, timeout = UNIT * 100);
    timeout(UNIT * 50, group.finished()).await.expect("no member runs on");
    turns().await;
    assert_eq!(Handle::current().metrics().num_alive_tasks(), 0);
    assert_eq!(start.elapsed(), UNIT);
}
