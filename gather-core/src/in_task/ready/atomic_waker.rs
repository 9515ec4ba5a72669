//! A waker that one task replaces while any thread wakes it, without a lock: an interrupt may wake.

#[cfg(all(test, loom))]
mod model;

use core::sync::atomic::Ordering::{AcqRel, Acquire, Release};
use core::task::Waker;

use crate::sync::{AtomicUsize, UnsafeCell, spin_loop};

/// Nobody is at the waker.
const IDLE: usize = 0;
/// The task reads or writes it.
const REGISTERING: usize = 1;
/// A wake came: whoever changed `IDLE` to this takes the waker, and whoever is `REGISTERING` meanwhile wakes it instead.
const WAKING: usize = 2;

/// A wake takes the waker out, so the task registers in each of its polls, before it looks for what it waits for.
pub(super) struct AtomicWaker {
    state: AtomicUsize,
    /// Belongs to who changed `state` from `IDLE`, until it is `IDLE` again.
    waker: UnsafeCell<Option<Waker>>,
}

// SAFETY: the waker is read and written by one thread at a time, as `state` says, and a `Waker` is `Send`.
unsafe impl Sync for AtomicWaker {}

impl AtomicWaker {
    pub(super) fn new(waker: Waker) -> Self {
        Self { state: AtomicUsize::new(IDLE), waker: UnsafeCell::new(Some(waker)) }
    }

    /// From now on wakes go to `waker`. A wake that comes meanwhile reaches it, too.
    ///
    /// # Safety
    ///
    /// Only one task may call this, and not from two threads at once.
    pub(super) unsafe fn register(&self, waker: &Waker) {
        if !self.begin() {
            waker.wake_by_ref();
            // The task will be here again: meanwhile another thread has to get on.
            spin_loop();
            return;
        }
        // SAFETY: `begin` gave it to this thread, until `end`.
        let is_known = self.waker.with(|known| unsafe { &*known }.as_ref().is_some_and(|known| known.will_wake(waker)));
        if !self.end() {
            self.abandon();
            waker.wake_by_ref();
            return;
        }
        if is_known {
            return;
        }
        // The executor's code, which may take its time, panic, or wake: it does not run while wakes have to pass by.
        let new = waker.clone();
        if !self.begin() {
            new.wake();
            spin_loop();
            return;
        }
        // SAFETY: as above.
        let stale = self.waker.with_mut(|known| unsafe { &mut *known }.replace(new));
        if !self.end() {
            self.abandon();
            waker.wake_by_ref();
        }
        drop(stale);
    }

    /// Whether the waker is the task's now. If not, a wake is taking it.
    fn begin(&self) -> bool {
        // Acquire: what was written before a wake is seen by the task, which looks after it has registered.
        self.state.compare_exchange(IDLE, REGISTERING, AcqRel, Acquire).is_ok()
    }

    /// Whether no wake came since `begin`. If one did, the waker is still the task's.
    fn end(&self) -> bool {
        self.state.compare_exchange(REGISTERING, IDLE, AcqRel, Acquire).is_ok()
    }

    /// Gives the waker back after a wake that passed by, and leaves none there.
    fn abandon(&self) {
        // SAFETY: only this thread changes a state that has the bit of `REGISTERING`, but for the bit of `WAKING`.
        let stale = self.waker.with_mut(|known| unsafe { &mut *known }.take());
        self.state.swap(IDLE, AcqRel);
        drop(stale);
    }

    /// Wakes the task, unless somebody else is about to.
    pub(super) fn wake(&self) {
        if let Some(waker) = self.take() {
            waker.wake();
        }
    }

    /// The waker, if it is there and nobody else is about to wake it.
    pub(super) fn take(&self) -> Option<Waker> {
        // Release: who takes the waker, or registers next, sees what this thread wrote before.
        if self.state.fetch_or(WAKING, AcqRel) != IDLE {
            return None;
        }
        // SAFETY: this thread changed `IDLE`.
        let waker = self.waker.with_mut(|waker| unsafe { &mut *waker }.take());
        self.state.fetch_and(!WAKING, Release);
        waker
    }
}
