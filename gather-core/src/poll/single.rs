//! A member of its own.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::Poll;

use pin_project_lite::pin_project;

use super::slot::Slot;
use super::sweep::{Branch, Part, Pass, Sweep};
use super::turn::{Come, Turn};
use crate::settle::{Interruption, Settle};
use crate::verdict::{Hear, Verdict};

pin_project! {
    /// One future; its output is settled by `A`, its turn comes by `T`.
    ///
    /// `O`, the type of its field, is what `A` says, and a parameter all the same: rustc asks whether a future is `Send` with
    /// all lifetimes in its type forgotten, and `<A as Settle<F>>::Field` would then not be found where an error type has one.
    pub struct Single<F, A, T, O = <A as Settle<F>>::Field> {
        #[pin]
        slot: Slot<F, O>,
        turn: T,
        settle: PhantomData<fn() -> A>,
    }
}

impl<F: Future, A: Settle<F>, T> Single<F, A, T> {
    pub(crate) fn new(future: F, turn: T) -> Self {
        Self { slot: Slot::new(future), turn, settle: PhantomData }
    }
}

impl<F: Future, A, T, O> Part for Single<F, A, T, O> {
    type Output = O;

    fn take(self: Pin<&mut Self>) -> O {
        self.project().slot.take()
    }
}

impl<F: Future, A, T, O> super::depended::Harvest for Single<F, A, T, O> {
    fn has_fields(&self) -> bool {
        self.slot.is_done()
    }
}

impl<V, F, A, T, O> Branch<V> for Single<F, A, T, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    T: Turn,
    V: Verdict + Hear<A::Failure>,
{
    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let (place, inside) = sweep.step();
        let this = self.project();
        let mut slot = this.slot;
        if !slot.is_running() {
            return;
        }
        let polled = if let Pass::Stop(why) = sweep.pass {
            slot.as_mut().stop::<A>(why, place)
        } else if inside {
            match this.turn.comes(sweep) {
                Come::Now => slot.as_mut().poll::<A>(sweep.cx, place),
                Come::NotYet => Poll::Pending,
                Come::Never => Poll::Ready(slot.interrupt::<A>(Interruption::Skipped, place)),
            }
        } else {
            Poll::Pending
        };
        match polled {
            Poll::Pending => sweep.unfinished += 1,
            Poll::Ready(settled) => {
                this.turn.ended(sweep);
                if let Err(failure) = settled {
                    sweep.verdict.hear(failure, place);
                }
            }
        }
    }
}
