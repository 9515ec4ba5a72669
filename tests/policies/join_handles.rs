//! A `JoinHandle` where exceptions are caught is the member its task is.

use std::future::pending;
use std::time::Duration;

use gather::{Exception, Exceptions, gather};
use tokio::task::{JoinError, JoinHandle, consume_budget, yield_now};

use crate::support::{Live, Wrong, bad, good, value};

/// A task that never ends by itself and has already started.
async fn endless(live: &Live) -> JoinHandle<u8> {
    let token = live.token();
    let task = tokio::spawn(async move {
        let _token = token;
        pending().await
    });
    yield_now().await;
    task
}

#[tokio::test]
async fn without_such_a_policy_it_is_a_future_like_any_other() {
    let (a,): (Result<u8, JoinError>,) = gather!(tokio::spawn(value(1))).await;
    assert_eq!(a.unwrap(), 1);
    let out: Result<(u8,), JoinError> = gather!(tokio::spawn(value(1))?).await;
    assert_eq!(out.unwrap(), (1,));

    let live = Live::new();
    let task = endless(&live).await;
    let out: Result<(Result<u8, JoinError>, u8), Wrong> = gather!(task, bad(1)?).await;
    assert_eq!(out.unwrap_err(), Wrong(1));
    yield_now().await;
    assert_eq!(live.now(), 1, "its task is detached");
}

#[tokio::test]
async fn under_return_exceptions_it_yields_what_its_task_yields() {
    let r = gather! {
        plain => tokio::spawn(value(1)),
        well => tokio::spawn(good(2)),
        ill => tokio::spawn(bad(3)),
        many => *(4..6).map(|i| tokio::spawn(value(i)));
        return_exceptions
    }
    .await;
    let plain: Result<u8, Exception> = r.plain;
    let well: Result<u8, Exception<Wrong>> = r.well;
    let ill: Result<u8, Exception<Wrong>> = r.ill;
    let many: Vec<Result<u8, Exception>> = r.many;
    assert_eq!((plain.unwrap(), well.unwrap()), (1, 2));
    assert_eq!(ill.unwrap_err().to_string(), "member `ill` failed: wrong by 3");
    assert_eq!(many.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [4, 5]);
}

#[tokio::test]
async fn a_panic_of_its_task_is_panicked() {
    let (a,): (Result<(), Exception>,) = gather!(tokio::spawn(async { panic!("kaput") }); return_exceptions).await;
    let exception = a.unwrap_err();
    assert_eq!(exception.to_string(), "member `#0` panicked: kaput");
    assert!(exception.is_panicked());
}

#[tokio::test]
async fn an_abort_of_its_task_is_cancelled() {
    let live = Live::new();
    let task = endless(&live).await;
    let abort = task.abort_handle();
    let r = gather! {
        task => task,
        aborter => async move { abort.abort() };
        return_exceptions
    }
    .await;
    let exception = r.task.unwrap_err();
    assert_eq!(exception.to_string(), "member `task` was cancelled");
    assert!(exception.is_cancelled());
    r.aborter.unwrap();
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn under_all_errors_it_yields_what_its_task_yields() {
    let out: Result<(u8, u8), Exceptions<Wrong>> =
        gather!(tokio::spawn(value(1)), tokio::spawn(good(2))?; all_errors).await;
    assert_eq!(out.unwrap(), (1, 2));
    let out: Result<(Result<u8, Wrong>, u8), Exceptions<Wrong>> =
        gather!(tokio::spawn(bad(1)), good(2)?; all_errors).await;
    assert_eq!(out.unwrap(), (Err(Wrong(1)), 2));
}

#[tokio::test]
async fn under_all_errors_its_panic_or_abort_fails_the_group() {
    let live = Live::new();
    let task = endless(&live).await;
    task.abort();
    let out: Result<((), u8, u8, u8), Exceptions<Wrong>> = gather!(
        tokio::spawn(async { panic!("kaput") }),
        task,
        tokio::spawn(bad(3))?,
        good(4)?;
        all_errors
    )
    .await;
    let texts: Vec<String> = out.unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(texts, ["member `#0` panicked: kaput", "member `#1` was cancelled", "member `#2` failed: wrong by 3",]);
}

#[tokio::test]
async fn its_task_is_aborted_when_the_group_is_dropped() {
    let live = Live::new();
    let (polled, never_polled, strict) = (endless(&live).await, endless(&live).await, endless(&live).await);
    let mut group = Box::pin(gather!(polled; return_exceptions));
    assert!(futures::poll!(&mut group).is_pending());
    assert_eq!(live.now(), 3);
    drop(group);
    yield_now().await;
    assert_eq!(live.now(), 2);
    drop(gather!(never_polled; return_exceptions));
    yield_now().await;
    assert_eq!(live.now(), 1);
    drop(gather!(strict, good(1)?; all_errors));
    yield_now().await;
    assert_eq!(live.now(), 0);
}

/// A list without a `limit` has them from the moment at which it stands, however its results are taken.
#[tokio::test]
async fn tasks_of_a_list_are_aborted_when_it_is_dropped() {
    async fn two(live: &Live) -> Vec<JoinHandle<u8>> {
        vec![endless(live).await, endless(live).await]
    }
    async fn keyed(live: &Live) -> Vec<(&'static str, JoinHandle<u8>)> {
        ["a", "b"].into_iter().zip(two(live).await).collect()
    }
    let live = Live::new();
    drop(gather!(*two(&live).await; return_exceptions));
    drop(gather!(*two(&live).await; as_completed, return_exceptions));
    drop(gather!(*two(&live).await; in_order, return_exceptions));
    drop(gather!(*keyed(&live).await; return_exceptions));
    drop(gather!(*keyed(&live).await; as_completed, return_exceptions));
    drop(gather!(*two(&live).await; as_completed, return_exceptions).boxed());
    yield_now().await;
    assert_eq!(live.now(), 0, "never polled");

    let mut results = gather!(*two(&live).await; as_completed, return_exceptions);
    assert!(futures::poll!(Box::pin(results.next())).is_pending());
    assert_eq!(live.now(), 2);
    drop(results);
    yield_now().await;
    assert_eq!(live.now(), 0, "polled");

    let mut results = gather!(*two(&live).await; as_completed, return_exceptions, until = async {});
    while let Some((_, result)) = results.next().await {
        assert!(result.unwrap_err().is_cancelled());
    }
    yield_now().await;
    assert_eq!(live.now(), 0, "ended by `until`");
}

/// Under a `limit` the iterator has those that the group has not reached. It is asked for nothing when the group ends: what it would give
/// could be a task that it spawns then.
#[tokio::test]
async fn tasks_that_a_limited_list_has_not_reached_run_on() {
    let live = Live::new();
    let handles = [endless(&live).await, endless(&live).await, endless(&live).await];
    let mut pulled = 0;
    {
        let items = handles.into_iter().inspect(|_| pulled += 1);
        let mut group = Box::pin(gather!(*items; limit = 1, return_exceptions));
        assert!(futures::poll!(&mut group).is_pending());
    }
    yield_now().await;
    assert_eq!((live.now(), pulled), (2, 1), "one was reached");

    let live = Live::new();
    let handles = vec![endless(&live).await, endless(&live).await];
    let all = gather!(*handles; limit = 1, return_exceptions, until = async {}).await;
    assert!(all.into_iter().all(|result| result.unwrap_err().is_cancelled()), "each has its field");
    yield_now().await;
    assert_eq!(live.now(), 1);
}

#[tokio::test]
#[expect(clippy::redundant_async_block, reason = "it is not: without it the task belongs to the group")]
async fn an_async_block_around_it_keeps_it_out() {
    let live = Live::new();
    let task = endless(&live).await;
    drop(gather!(async { task.await }; return_exceptions));
    yield_now().await;
    assert_eq!(live.now(), 1);

    let task = tokio::spawn(value(1));
    let (a,): (Result<u8, Exception<JoinError>>,) = gather!(async { task.await }; return_exceptions).await;
    assert_eq!(a.unwrap(), 1);
}

// Told to stop and left: the group yields at once, and the runtime drops the tasks when they would run next.
#[tokio::test(start_paused = true)]
async fn a_task_that_is_ended_by_a_deadline_is_told_and_left() {
    let live = Live::new();
    let task = endless(&live).await;
    let (a, b) = gather!(
        task,
        *[endless(&live).await, endless(&live).await];
        return_exceptions,
        timeout = Duration::from_millis(100)
    )
    .await;
    yield_now().await;
    assert_eq!(live.now(), 0);
    assert!(a.unwrap_err().is_timed_out());
    assert!(b.into_iter().all(|item| item.unwrap_err().is_timed_out()));
}

#[tokio::test(start_paused = true)]
async fn tasks_that_wait_for_a_place_are_ended_too() {
    let live = Live::new();
    let (first, second) = (endless(&live).await, endless(&live).await);
    let (a, b) = gather!(
        first,
        second;
        limit = 1, return_exceptions, timeout = Duration::from_millis(100)
    )
    .await;
    yield_now().await;
    assert_eq!(live.now(), 0);
    assert!(a.unwrap_err().is_timed_out());
    assert!(b.unwrap_err().is_timed_out());
}

// tokio answers "not yet" to everyone once a member has spent the task's budget.
#[tokio::test(start_paused = true)]
async fn a_task_that_had_finished_keeps_its_result() {
    let task = tokio::spawn(value(7));
    while !task.is_finished() {
        yield_now().await;
    }
    let busy = async {
        loop {
            consume_budget().await;
        }
    };
    let (a, b) = gather!(busy, task; return_exceptions, timeout = Duration::ZERO).await;
    let a: Result<(), Exception> = a;
    assert!(a.unwrap_err().is_timed_out());
    assert_eq!(b.unwrap(), 7);
}

/// Blocks a thread until the test is over, whoever tells it to stop.
fn blocked() -> (JoinHandle<u8>, std::sync::mpsc::Sender<()>) {
    let (go_on, wait) = std::sync::mpsc::channel();
    let task = tokio::task::spawn_blocking(move || {
        let _ = wait.recv();
        1
    });
    (task, go_on)
}

#[tokio::test]
async fn a_deadline_waits_for_no_task_that_cannot_be_stopped() {
    let (single, item, group) = (blocked(), blocked(), blocked());
    let inner = gather!(group.0; spawn);
    let r = gather! {
        single => single.0,
        list => *[item.0, tokio::spawn(value(3))],
        inner => inner,
        own => value(2);
        return_exceptions, timeout = Duration::from_millis(20)
    }
    .await;
    assert!(r.single.unwrap_err().is_timed_out());
    assert!(r.list[0].as_ref().unwrap_err().is_timed_out());
    assert_eq!(r.list[1].as_ref().unwrap(), &3);
    assert!(r.inner.unwrap_err().is_timed_out());
    assert_eq!(r.own.unwrap(), 2);
}

#[tokio::test]
async fn an_adopted_group_that_had_ended_keeps_its_outcome() {
    let inner = gather!(value(7); spawn);
    inner.wait().await;
    let busy = async {
        loop {
            consume_budget().await;
        }
    };
    let (a, b) = gather!(busy, inner; return_exceptions, timeout = Duration::ZERO).await;
    let a: Result<(), Exception> = a;
    assert!(a.unwrap_err().is_timed_out());
    assert_eq!(b.unwrap(), (7,));
}

#[tokio::test]
async fn until_ends_its_task() {
    let live = Live::new();
    let task = endless(&live).await;
    let (a, b) = gather!(
        task,
        async { panic!("kaput") };
        return_exceptions,
        until = yield_now()
    )
    .await;
    yield_now().await;
    assert_eq!(live.now(), 0);
    assert!(a.unwrap_err().is_cancelled());
    let b: Result<(), Exception> = b;
    assert!(b.unwrap_err().is_panicked());
}
