//! The place of one member: its future, then its field.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::deadline::Stop;
use crate::exception::Panic;
use crate::member::Place;
use crate::settle::{Interruption, Settle};

pin_project! {
    #[project = SlotProj]
    #[project_replace = SlotTaken]
    pub(super) enum Slot<F, T> {
        Running { #[pin] future: F },
        Done { field: T },
        // The field was taken, or the member failed.
        Empty,
    }
}

impl<F: Future, T> Slot<F, T> {
    pub(super) fn new(future: F) -> Self {
        Self::Running { future }
    }

    pub(super) fn is_running(&self) -> bool {
        matches!(self, Self::Running { .. })
    }

    pub(super) fn is_done(&self) -> bool {
        matches!(self, Self::Done { .. })
    }

    /// Polls the member if it is running. When it has ended its future is dropped at once.
    pub(super) fn poll<A: Settle<F, Field = T>>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        place: Place,
    ) -> Poll<Result<(), A::Failure>> {
        if !A::CATCHES {
            return self.poll_uncaught::<A>(cx, place);
        }
        match catch_unwind(AssertUnwindSafe(|| self.as_mut().poll_uncaught::<A>(cx, place))) {
            Ok(polled) => polled,
            Err(payload) => Poll::Ready(self.interrupt::<A>(Interruption::Panicked(Panic::new(payload)), place)),
        }
    }

    fn poll_uncaught<A: Settle<F, Field = T>>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        place: Place,
    ) -> Poll<Result<(), A::Failure>> {
        let SlotProj::Running { future } = self.as_mut().project() else {
            return Poll::Pending;
        };
        match future.poll(cx) {
            Poll::Ready(output) => match A::settle(output, place) {
                Ok(field) => {
                    self.set(Self::Done { field });
                    Poll::Ready(Ok(()))
                }
                Err(failure) => {
                    self.set(Self::Empty);
                    Poll::Ready(Err(failure))
                }
            },
            Poll::Pending => Poll::Pending,
        }
    }

    /// Ends a running member because the group's deadline has come. `Pending`: it was told, and is polled until it ends.
    pub(super) fn stop<A: Settle<F, Field = T>>(
        mut self: Pin<&mut Self>,
        why: Stop,
        place: Place,
    ) -> Poll<Result<(), A::Failure>> {
        let SlotProj::Running { future } = self.as_mut().project() else {
            return Poll::Pending;
        };
        if A::stop(future, why) { Poll::Pending } else { Poll::Ready(self.interrupt::<A>(why.into(), place)) }
    }

    /// Drops what is left of the future, whose destructor may panic (again): that changes nothing any more.
    pub(super) fn interrupt<A: Settle<F, Field = T>>(
        mut self: Pin<&mut Self>,
        why: Interruption,
        place: Place,
    ) -> Result<(), A::Failure> {
        drop(catch_unwind(AssertUnwindSafe(|| self.set(Self::Empty))));
        A::interrupted(why, place).map(|field| self.set(Self::Done { field }))
    }

    /// The field, once.
    pub(super) fn take(self: Pin<&mut Self>) -> T {
        match self.project_replace(Self::Empty) {
            SlotTaken::Done { field } => field,
            SlotTaken::Running { .. } | SlotTaken::Empty => {
                unreachable!("fields are taken once, after every member has one")
            }
        }
    }
}
