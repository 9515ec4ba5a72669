//! A member of its own.

use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

use pin_project_lite::pin_project;

use super::slot::Slot;
use super::sweep::{Branch, Pass, Sweep};
use crate::settle::Settle;
use crate::verdict::{Hear, Verdict};

/// When a member may be polled.
pub trait Turn {
    /// Whether this pass is for it.
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> bool;
    /// It has ended.
    fn ended<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>);
}

/// In every sweep: the group has no limit.
pub struct Always;

/// Once it has a place of the group's limit.
pub struct InLine {
    pub(crate) started: bool,
}

impl Turn for Always {
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> bool {
        matches!(sweep.pass, Pass::Due { .. })
    }
    fn ended<V: Verdict>(&mut self, _: &mut Sweep<'_, '_, V>) {}
}

impl Turn for InLine {
    fn comes<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) -> bool {
        if self.started {
            return matches!(sweep.pass, Pass::Due { .. });
        }
        self.started = sweep.take_place();
        self.started
    }
    fn ended<V: Verdict>(&mut self, sweep: &mut Sweep<'_, '_, V>) {
        if std::mem::take(&mut self.started) {
            sweep.release_place();
        }
    }
}

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

impl<V, F, A, T> Branch<V> for Single<F, A, T>
where
    F: Future,
    A: Settle<F>,
    T: Turn,
    V: Verdict + Hear<A::Failure>,
{
    type Output = A::Field;

    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let (place, inside) = sweep.step();
        let this = self.project();
        let mut slot = this.slot;
        if !slot.is_running() {
            return;
        }
        let polled = if let Pass::Stop(why) = sweep.pass {
            slot.as_mut().stop::<A>(why, place)
        } else if inside && this.turn.comes(sweep) {
            slot.as_mut().poll::<A>(sweep.cx, place)
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

    fn take(self: Pin<&mut Self>) -> A::Field {
        self.project().slot.take()
    }
}
