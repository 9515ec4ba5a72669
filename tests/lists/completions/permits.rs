//! Who holds a permit of the `limit`, and who is polled when.

use std::cell::Cell;
use std::future::ready;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures::StreamExt as _;
use gather::gather;

use super::after;

#[tokio::test]
async fn a_permit_is_held_until_the_result_is_taken() {
    let pulled = Cell::new(0);
    let items = || {
        (0..100).map(|n| {
            pulled.set(pulled.get() + 1);
            ready(n)
        })
    };
    let mut done = gather!(*items(); as_completed, limit = 2);
    for n in 0..100 {
        assert_eq!(done.next().await, Some((n, n)));
        assert!(pulled.get() <= n + 2, "{} for {n}", pulled.get());
    }
    assert_eq!(done.next().await, None);
    pulled.set(0);
    let mut done = gather!(*items(); in_order, limit = 3);
    for n in 0..100 {
        assert_eq!(done.next().await, Some(n));
        assert!(pulled.get() <= n + 3);
    }
}

/// While results wait, a quarter of a `limit`, and sixteen at most, start at once.
#[tokio::test]
async fn items_start_in_batches_while_results_wait() {
    for (limit, batch) in [(1, 1), (2, 1), (3, 1), (7, 1), (8, 2), (12, 3), (64, 16), (100, 16)] {
        let started = Cell::new(0);
        let items = || {
            started.set(0);
            (0..1_000).map(|n| {
                started.set(started.get() + 1);
                ready(n)
            })
        };
        let mut done = gather!(*items(); as_completed, limit = limit);
        for taken in 1..=500 {
            assert_eq!(done.next().await, Some((taken - 1, taken - 1)));
            let batches = (taken - 1) / batch;
            assert_eq!(started.get(), limit + batches * batch, "{taken} taken of limit = {limit}");
        }
        let mut done = gather!(*items(); in_order, limit = limit);
        for taken in 1..=500 {
            assert_eq!(done.next().await, Some(taken - 1));
            let batches = (taken - 1) / batch;
            assert_eq!(started.get(), limit + batches * batch, "{taken} taken of limit = {limit}, in order");
        }
    }
}

/// An item starts as soon as there is a permit for it where no result waits.
#[tokio::test(start_paused = true)]
async fn nothing_is_put_off_while_no_result_waits() {
    let started = Cell::new(0);
    let items = (1..=200).map(|n| {
        started.set(started.get() + 1);
        after(n)
    });
    let mut done = gather!(*items; as_completed, limit = 64);
    for taken in 1..=100 {
        let next = done.next();
        assert!(next.await.is_some());
        assert_eq!(started.get(), 63 + taken, "after {taken}");
    }
}

/// While results wait, the next items start; those in progress are polled all the same.
#[tokio::test]
async fn items_that_are_always_ready_do_not_keep_one_in_progress_waiting() {
    for limit in [2, 3, 8, 64] {
        let items = (0..1_000).map(|n| async move {
            if n == 0 {
                // It wakes itself at once, which tokio's own does not.
                let mut woken = false;
                std::future::poll_fn(|cx| {
                    cx.waker().wake_by_ref();
                    if std::mem::replace(&mut woken, true) { Poll::Ready(()) } else { Poll::Pending }
                })
                .await;
            }
            n
        });
        let mut done = gather!(*items; as_completed, limit = limit);
        let mut before = 0;
        while let Some((index, _)) = done.next().await {
            if index == 0 {
                break;
            }
            before += 1;
        }
        assert!(before <= 3 * limit, "{before} came before it, with limit = {limit}");
    }
}

#[tokio::test(start_paused = true)]
async fn results_that_wait_for_their_turn_hold_permits() {
    let started = Cell::new(0);
    let items = (0..10).map(|n| {
        started.set(started.get() + 1);
        after(if n == 0 { 100 } else { 1 })
    });
    let mut done = gather!(*items; in_order, limit = 4);
    assert_eq!(done.next().await, Some(100));
    assert_eq!(started.get(), 4, "the first is slow, and three wait behind it");
    assert_eq!(done.next().await, Some(1));
    assert_eq!(done.count().await, 8);
}

#[tokio::test(start_paused = true)]
async fn nothing_is_lost_by_a_next_that_is_dropped() {
    let mut done = gather!(*[10, 20].map(after); as_completed);
    tokio::select! {
        biased;
        _ = done.next() => unreachable!(),
        () = tokio::time::sleep(std::time::Duration::from_millis(1)) => {}
    }
    assert_eq!(done.next().await, Some((0, 10)));
    assert_eq!(done.next().await, Some((1, 20)));
}

#[test]
fn nothing_runs_before_the_first_next() {
    let polls = Cell::new(0);
    let item = std::future::poll_fn(|_| {
        polls.set(polls.get() + 1);
        Poll::Ready(())
    });
    let mut done = gather!(*[item]; as_completed);
    assert_eq!(polls.get(), 0);
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(pin!(done.next()).poll(&mut cx), Poll::Ready(Some((0, ()))));
    assert_eq!(polls.get(), 1);
}
