//! Futures that wait for a group.

use std::mem::replace;
use std::task::{Context, Poll, Waker};

use super::{GroupState, LockedGuard, LockedState};
use crate::spawn::abort::Abortable;
use crate::sync::lock;
use crate::unwind::quietly;

/// The futures that wait, by their keys. A key belongs to one future until [`forget`](Waiters::forget), then to another.
pub(super) struct Waiters(Vec<Waiter>);

enum Waiter {
    Nobody,
    Woken,
    Asleep(Waker),
}

impl Waiter {
    fn waker(self) -> Option<Waker> {
        match self {
            Self::Asleep(waker) => Some(waker),
            Self::Nobody | Self::Woken => None,
        }
    }
}

/// Wakers are the executor's code: they are cloned and dropped outside the lock.
impl Waiters {
    pub(super) const fn new() -> Self {
        Self(Vec::new())
    }

    /// Whether the future with `key` waits and is to be woken by `waker`.
    pub(super) fn has(&self, key: Option<usize>, waker: &Waker) -> bool {
        key.is_some_and(|key| matches!(&self.0[key], Waiter::Asleep(known) if known.will_wake(waker)))
    }

    /// The future with `key` waits. Gives its old waker back.
    #[must_use]
    pub(super) fn wait(&mut self, waker: Waker, key: &mut Option<usize>) -> Option<Waker> {
        let key = *key.get_or_insert_with(|| self.vacant());
        replace(&mut self.0[key], Waiter::Asleep(waker)).waker()
    }

    fn vacant(&mut self) -> usize {
        self.0.iter().position(|waiter| matches!(waiter, Waiter::Nobody)).unwrap_or_else(|| {
            self.0.push(Waiter::Nobody);
            self.0.len() - 1
        })
    }

    /// The wakers of all that wait.
    #[must_use]
    pub(super) fn take_wakers(&mut self) -> Vec<Waker> {
        let asleep = self.0.iter_mut().filter(|waiter| matches!(waiter, Waiter::Asleep(_)));
        asleep.filter_map(|waiter| replace(waiter, Waiter::Woken).waker()).collect()
    }

    #[must_use]
    pub(super) fn forget(&mut self, key: usize) -> Option<Waker> {
        replace(&mut self.0[key], Waiter::Nobody).waker()
    }
}

impl<T, X, A: Abortable> GroupState<T, X, A> {
    /// Ready when the group is settled and announced, nothing is alive, and no callback is left: the handle, which could add one, is
    /// what polls this.
    pub(in crate::spawn) fn poll_owned(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        self.announce_late();
        self.poll_until(cx, key, |state| state.announced && !state.calling && state.alive == 0)
    }

    /// Ready when the group is settled and its callbacks have run.
    pub(in crate::spawn) fn poll_announced(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        self.poll_until(cx, key, |state| state.announced)
    }

    /// Ready when the group is announced and nothing is alive.
    pub(in crate::spawn) fn poll_ended(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        self.poll_until(cx, key, |state| state.announced && state.alive == 0)
    }

    /// Ready when the group is announced, and nothing is alive or lingers.
    pub(in crate::spawn) fn poll_finished(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        self.poll_until(cx, key, |state| state.announced && state.alive == 0 && state.lingering == 0)
    }

    fn poll_until(
        &self,
        cx: &mut Context<'_>,
        key: &mut Option<usize>,
        is_over: fn(&LockedState<T, X, A>) -> bool,
    ) -> Poll<()> {
        let state = lock(&self.state);
        if is_over(&state) {
            return Poll::Ready(());
        }
        if state.waiters.has(*key, cx.waker()) {
            return Poll::Pending;
        }
        drop(state);
        let waker = cx.waker().clone();
        let mut state = lock(&self.state);
        if is_over(&state) {
            drop(state);
            return Poll::Ready(());
        }
        let stale = state.waiters.wait(waker, key);
        drop(state);
        drop(stale);
        Poll::Pending
    }

    /// The future with `key` does not wait any more.
    pub(in crate::spawn) fn forget(&self, key: usize) {
        let waker = lock(&self.state).waiters.forget(key);
        quietly(|| drop(waker));
    }

    /// Wakes all that wait, whether or not a waker panics.
    pub(super) fn wake(mut state: LockedGuard<'_, T, X, A>) {
        let wakers = state.waiters.take_wakers();
        drop(state);
        for waker in wakers {
            quietly(|| waker.wake());
        }
    }
}
