//! A member of its own.

use std::future::Future;
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
    pub struct Single<F: Future, A: Settle<F>, T> {
        #[pin]
        slot: Slot<F, A::Field>,
        turn: T,
    }
}

impl<F: Future, A: Settle<F>, T> Single<F, A, T> {
    pub(crate) fn new(future: F, turn: T) -> Self {
        Self { slot: Slot::new(future), turn }
    }
}

impl<F: Future, A: Settle<F>, T> Part for Single<F, A, T> {
    type Output = A::Field;

    fn take(self: Pin<&mut Self>) -> A::Field {
        self.project().slot.take()
    }
}

impl<F: Future, A: Settle<F>, T> super::depended::Harvest for Single<F, A, T> {
    fn has_fields(&self) -> bool {
        self.slot.is_done()
    }
}

impl<V, F, A, T> Branch<V> for Single<F, A, T>
where
    F: Future,
    A: Settle<F>,
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
