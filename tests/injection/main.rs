//! User code panics: in each shape of group each call of user code is once the one that does. Whatever it is, nothing hangs,
//! nothing is left, nothing is dropped twice, and the process lives.

#![allow(dead_code, reason = "records that nobody reads")]

mod fuse;
mod lists;
mod shapes;
#[cfg(feature = "tokio")]
mod spawned;

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;
use gather::Completions;

use fuse::{Point, arm, complain, complaints, report, ring, waker};
use shapes::SHAPES;

/// More polls than any of these groups needs.
const POLLS: usize = 200;

/// Runs one shape once for each call of user code in it, which panics then. Gives the number of calls, and what was left.
fn inject(name: &str, run: impl Fn()) -> (usize, Vec<String>) {
    arm(None);
    run();
    let (calls, _, left) = report();
    assert_eq!(left, 0, "{name}: {left} left without any panic");
    let mut leaks = Vec::new();
    for call in 0..calls {
        arm(Some(call));
        run();
        let (_, fired, left) = report();
        leaks.extend(complaints().into_iter().map(|complaint| format!("{name}: {complaint}, call {call}")));
        let point =
            fired.unwrap_or_else(|| panic!("{name}: the same calls in each run, and call {call} is one of them"));
        if left != 0 && !may_leak(point, left) {
            leaks.push(format!("{name}: {left} left after a panic at {point:?}, call {call}"));
        }
    }
    (calls, leaks)
}

fn hangs() {
    let (_, fired, _) = report();
    complain(format!("it hangs after a panic at {fired:?}"));
}

/// What an `.await` gives is leaked by rustc where the destructor of what was awaited panics: of a member in the body of a
/// dependant, or of the group, which has the task's waker.
fn may_leak(point: Point, left: isize) -> bool {
    match point {
        Point::FutureDrop | Point::CaptureDrop => left == 1,
        Point::WakerDrop => left > 0,
        _ => false,
    }
}

/// Runs a group up to so many polls, then drops it.
fn in_task(make: fn() -> Pin<Box<dyn Future<Output = ()>>>, polls: usize) {
    let _ = catch_unwind(AssertUnwindSafe(|| {
        let mut group = make();
        // Two tasks, so that the waker changes.
        let wakers = [waker(), waker()];
        for poll in 0..polls {
            let mut cx = Context::from_waker(&wakers[usize::from(poll > 1)]);
            if group.as_mut().poll(&mut cx).is_ready() {
                return;
            }
            if poll == POLLS - 1 {
                hangs();
            }
            ring();
        }
    }))
    .inspect_err(|payload| {
        if payload.downcast_ref() != Some(&"injected") {
            complain(format!("another panic: {:?}", payload.downcast_ref::<&str>()));
        }
    });
    ring();
}

/// Takes the results of `as_completed` or `in_order`, one at each poll. After the end and after a panic there are none.
async fn take_each<S: Stream + Unpin>(mut results: Completions<S>) {
    let mut next = move |cx: &mut Context<'_>| Pin::new(&mut results).poll_next(cx);
    poll_fn(move |cx| {
        let given = catch_unwind(AssertUnwindSafe(|| next(cx)));
        if !matches!(given, Ok(Poll::Ready(None)) | Err(_)) {
            return Poll::Pending;
        }
        if !matches!(next(cx), Poll::Ready(None)) {
            complain("it goes on after its end".to_owned());
        }
        drop(given.unwrap_or_else(|payload| resume_unwind(payload)));
        Poll::Ready(())
    })
    .await;
}

#[test]
fn in_the_task_that_awaits() {
    let (mut calls, mut leaks) = (0, Vec::new());
    for shape in SHAPES {
        let Some(make) = shape.in_task else { continue };
        for polls in [1, 2, POLLS] {
            let found = inject(shape.name, || in_task(make, polls));
            calls += found.0;
            leaks.extend(found.1);
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
    assert!(calls > 3_000, "{calls}");
}
