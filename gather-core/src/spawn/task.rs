//! The future of one member's task.

use std::future::Future;
use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::crew::Put;
use super::data::Home;
use crate::exception::Panic;
use crate::member::Place;
use crate::settle::{Interruption, Settle};
use crate::verdict::Hear;

/// A member's place in its group, to report from.
pub struct Seat<D, P, A> {
    data: Arc<D>,
    seat: usize,
    position: usize,
    item: Option<usize>,
    put: PhantomData<fn() -> (P, A)>,
}

impl<D: Home, P, A> Seat<D, P, A> {
    pub(super) fn take(data: &Arc<D>, position: usize, item: Option<usize>) -> Self {
        Self { seat: data.enter(), data: Arc::clone(data), position, item, put: PhantomData }
    }

    pub(super) fn number(&self) -> usize {
        self.seat
    }

    /// The member has ended and is dropped.
    fn report<F>(self, output: Result<F::Output, Interruption>)
    where
        F: Future,
        A: Settle<F>,
        P: Put<D::Slots, Field = A::Field>,
        D::Verdict: Hear<A::Failure>,
    {
        let place = Place { names: self.data.names(), position: self.position, item: self.item };
        // Converting an error is user code.
        let settled = catch_unwind(AssertUnwindSafe(|| match output {
            Ok(output) => A::settle(output, place),
            Err(Interruption::Cancelled) => {
                A::interrupted(self.data.stopping().map_or(Interruption::Cancelled, Into::into), place)
            }
            Err(why) => A::interrupted(why, place),
        }))
        .unwrap_or_else(|payload| A::interrupted(Interruption::Panicked(Panic::new(payload)), place));
        let item = self.item.unwrap_or(0);
        self.data.report(Some(self.seat), settled, place, |slots, field| P::put(slots, item, field));
        self.data.make_way();
    }
}

pin_project! {
    /// Runs the member, drops it, then reports: also when the task is aborted, or dropped with its runtime.
    pub struct Member<F, D, P, A>
    where
        F: Future,
        D: Home,
        P: Put<D::Slots, Field = A::Field>,
        A: Settle<F>,
        D::Verdict: Hear<A::Failure>,
    {
        #[pin]
        future: Option<F>,
        seat: Option<Seat<D, P, A>>,
    }

    impl<F, D, P, A> PinnedDrop for Member<F, D, P, A>
    where
        F: Future,
        D: Home,
        P: Put<D::Slots, Field = A::Field>,
        A: Settle<F>,
        D::Verdict: Hear<A::Failure>,
    {
        fn drop(this: Pin<&mut Self>) {
            if let Some(seat) = &this.seat {
                seat.data.abandoned();
            }
            this.end(Err(Interruption::Cancelled));
        }
    }
}

impl<F, D, P, A> Member<F, D, P, A>
where
    F: Future,
    D: Home,
    P: Put<D::Slots, Field = A::Field>,
    A: Settle<F>,
    D::Verdict: Hear<A::Failure>,
{
    pub(super) fn new(future: F, seat: Seat<D, P, A>) -> Self {
        Self { future: Some(future), seat: Some(seat) }
    }

    fn end(self: Pin<&mut Self>, output: Result<F::Output, Interruption>) {
        let mut this = self.project();
        let Some(seat) = this.seat.take() else { return };
        match catch_unwind(AssertUnwindSafe(|| this.future.set(None))) {
            Ok(()) => seat.report(output),
            Err(payload) => seat.report(Err(Interruption::Panicked(Panic::new(payload)))),
        }
    }
}

impl<F, D, P, A> Future for Member<F, D, P, A>
where
    F: Future,
    D: Home,
    P: Put<D::Slots, Field = A::Field>,
    A: Settle<F>,
    D::Verdict: Hear<A::Failure>,
{
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let Some(future) = self.as_mut().project().future.as_pin_mut() else {
            return Poll::Ready(());
        };
        let output = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(Interruption::Panicked(Panic::new(payload))),
        };
        self.end(output);
        Poll::Ready(())
    }
}
