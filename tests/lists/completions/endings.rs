//! Drops, panics, errors: what is left of the list.

use std::cell::{Cell, RefCell};
use std::future::{Future, pending};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use futures::StreamExt as _;
use gather::gather;

struct Noted<'a>(u32, &'a RefCell<Vec<u32>>);
impl Drop for Noted<'_> {
    fn drop(&mut self) {
        self.1.borrow_mut().push(self.0);
    }
}

fn poll<T>(future: impl Future<Output = T>) -> Poll<T> {
    pin!(future).poll(&mut Context::from_waker(Waker::noop()))
}

#[test]
fn dropping_it_drops_what_runs_and_what_waits() {
    let dropped = RefCell::new(Vec::new());
    let items = (0..4).map(|n| {
        let noted = Noted(n, &dropped);
        async move {
            if n == 3 {
                pending::<()>().await;
            }
            noted
        }
    });
    let mut done = gather!(*items; as_completed);
    let Poll::Ready(Some((0, first))) = poll(done.next()) else { panic!("the first is ready") };
    drop(first);
    drop(done);
    let mut dropped = dropped.into_inner();
    dropped.sort_unstable();
    assert_eq!(dropped, [0, 1, 2, 3]);
}

#[test]
fn after_a_panic_nothing_more_is_given_and_everything_is_dropped() {
    let dropped = RefCell::new(Vec::new());
    let items = (0..3).map(|n| {
        let noted = Noted(n, &dropped);
        async move {
            assert_ne!(n, 1, "the second panics");
            drop(noted);
            n
        }
    });
    let mut done = gather!(*items; as_completed, limit = 2);
    assert!(catch_unwind(AssertUnwindSafe(|| poll(done.next()))).is_err());
    assert_eq!(dropped.borrow().len(), 2, "the third has not started");
    assert_eq!(poll(done.next()), Poll::Ready(None));
    assert_eq!(poll(done.next()), Poll::Ready(None));
}

#[tokio::test]
async fn a_panic_is_a_result_with_return_exceptions() {
    let items = (0..3).map(|n| async move {
        assert_ne!(n, 1, "the second panics");
        n
    });
    let all: Vec<_> = gather!(*items; in_order, return_exceptions).collect().await;
    assert!(all[0].is_ok() && all[1].as_ref().unwrap_err().is_panicked() && all[2].is_ok());
}

#[test]
fn once_an_error_is_known_nothing_starts_and_what_nobody_will_see_is_dropped() {
    let (started, dropped) = (Cell::new(0), RefCell::new(Vec::new()));
    let release = Cell::new(false);
    let items = (0..9).map(|n| {
        started.set(started.get() + 1);
        let noted = Noted(n, &dropped);
        let release = &release;
        async move {
            let _noted = noted;
            match n {
                1 => std::future::poll_fn(|_| if release.get() { Poll::Ready(()) } else { Poll::Pending }).await,
                2 => return Err("two"),
                3 => pending().await,
                _ => {}
            }
            Ok(n)
        }
    });
    // Four are in progress: few enough to be polled at every poll.
    let mut done = gather!(*items.take(5)?; in_order, limit = 5);
    assert_eq!(poll(done.next()), Poll::Ready(Some(Ok(0))));
    let mut gone = dropped.borrow().clone();
    gone.sort_unstable();
    assert_eq!(gone, [0, 2, 3, 4], "behind the error nobody looks");
    assert_eq!(poll(done.next()), Poll::Pending);
    assert_eq!(started.get(), 5);
    release.set(true);
    assert_eq!(poll(done.next()), Poll::Ready(Some(Ok(1))));
    assert_eq!(poll(done.next()), Poll::Ready(Some(Err("two"))));
    assert_eq!(poll(done.next()), Poll::Ready(None));
}
