//! A destructor panics: everything else is dropped all the same.

use std::future::pending;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use gather::gather;

use crate::support::{Bomb, CountingWaker, Wrong, poll};
use crate::{Bench, End};

/// Yields its value at the first poll if it has one; its destructor panics.
struct Armed<T>(Option<T>, Bomb);

impl<T: Unpin> Future for Armed<T> {
    type Output = T;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<T> {
        self.0.take().map_or(Poll::Pending, Poll::Ready)
    }
}

fn is_bomb(act: impl FnOnce()) {
    let payload = catch_unwind(AssertUnwindSafe(act)).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"bomb"));
}

fn ready_bomb() -> Armed<u8> {
    Armed(Some(1), Bomb)
}

fn pending_bomb() -> Armed<u8> {
    Armed(None, Bomb)
}

#[test]
fn of_a_finished_member() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    bench.gates[0].open();
    let mut group = Box::pin(gather!(
        bench.member(0, End::Well),
        ready_bomb(),
        bench.member(1, End::Well),
        *(2..9).map(|i| bench.member(i, End::Well)),
    ));
    is_bomb(|| assert!(poll(&mut group, &waker).is_pending()));
    drop(group);
    bench.assert_all_gone();
}

#[test]
fn of_a_finished_item() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group =
        Box::pin(gather!(bench.member(0, End::Well), *[ready_bomb()], *(1..9).map(|i| bench.member(i, End::Well)),));
    is_bomb(|| assert!(poll(&mut group, &waker).is_pending()));
    drop(group);
    bench.assert_all_gone();
}

#[test]
fn of_a_finished_item_under_a_limit() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        bench.member(0, End::Well),
        *[ready_bomb()],
        *(1..9).map(|i| bench.member(i, End::Well));
        limit = 5
    ));
    is_bomb(|| assert!(poll(&mut group, &waker).is_pending()));
    drop(group);
    bench.assert_all_gone();
}

#[test]
fn of_a_member_of_a_dropped_group() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        bench.member(0, End::Well),
        pending_bomb(),
        bench.member(1, End::Well),
        *(2..9).map(|i| bench.member(i, End::Well)),
    ));
    bench.gates[1].open();
    assert!(poll(&mut group, &waker).is_pending());
    is_bomb(|| drop(group));
    bench.assert_all_gone();
}

#[test]
fn of_an_item_of_a_dropped_group() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let items = (0..9).map(|i| async move {
        let _bomb = (i == 4).then(|| Bomb);
        pending::<()>().await;
    });
    let held = (0..9).map(|i| bench.member(i, End::Well));
    let mut group = Box::pin(gather!(*held, *items, bench.member(9, End::Well)));
    assert!(poll(&mut group, &waker).is_pending());
    is_bomb(|| drop(group));
    bench.assert_all_gone();
}

#[test]
fn of_a_sibling_of_a_failure() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    bench.gates[1].open();
    let mut group = Box::pin(gather!(
        pending_bomb(),
        bench.member(0, End::Well)?,
        bench.member(1, End::Badly)?,
        *(2..9).map(|i| bench.member(i, End::Well))?,
    ));
    is_bomb(|| assert!(poll(&mut group, &waker).is_pending()));
    drop(group);
    bench.assert_all_gone();
}

#[test]
fn of_the_output_of_a_dropped_group() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group =
        Box::pin(gather!(bench.member(0, End::Well), async { Bomb }, *(1..9).map(|i| bench.member(i, End::Well)),));
    bench.gates[0].open();
    bench.gates[8].open();
    assert!(poll(&mut group, &waker).is_pending());
    is_bomb(|| drop(group));
    bench.assert_all_gone();
}

#[test]
fn of_the_output_of_a_failed_group() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    bench.gates[0].open();
    bench.gates[1].open();
    let mut group = Box::pin(gather!(
        async { Bomb },
        bench.member(0, End::Well)?,
        *(1..9).map(|i| bench.member(i, if i == 1 { End::Badly } else { End::Well }))?,
    ));
    is_bomb(|| {
        let outcome = poll(&mut group, &waker).map(Result::err);
        assert_eq!(outcome, Poll::Ready(Some(Wrong(1))));
    });
    drop(group);
    bench.assert_all_gone();
}
