//! The waker of the task that awaits a group, where wakers of its members find it from any thread.

use alloc::boxed::Box;
use core::cell::Cell;
use core::mem::ManuallyDrop;
use core::ptr::null_mut;
use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use core::task::Waker;

use super::atomic_waker::AtomicWaker;
use crate::sync::{AtomicPtr, AtomicU64, UnsafeCell};

/// A waker that is written once and only read from then on; an [`AtomicWaker`] if it ever changes. A wake takes no lock.
///
/// Whoever finds nothing woken, and so has to wake the task, is *inside* until that is done. The group counts who came
/// in, and those who are done count themselves out, without a read-modify-write: of two that leave at once one may go
/// uncounted, never one too many. So equal counts mean that nobody is inside, and the waker can be dropped with the group
/// although wakers of members are left. If one went uncounted, it stays as long as these do.
pub struct ParentWaker {
    first: UnsafeCell<ManuallyDrop<Waker>>,
    /// Owned; null until the waker changes. Only the group's task stores here.
    later: AtomicPtr<AtomicWaker>,
    /// Counts have 64 bits everywhere: they do not come around.
    ended: AtomicU64,
    /// The group's.
    begun: Cell<u64>,
    /// Whether `first` was dropped. The group's, then that of whoever frees this.
    dropped: Cell<bool>,
}

impl ParentWaker {
    pub(super) fn new(waker: Waker) -> Self {
        Self {
            first: UnsafeCell::new(ManuallyDrop::new(waker)),
            later: AtomicPtr::new(null_mut()),
            ended: AtomicU64::new(0),
            begun: Cell::new(0),
            dropped: Cell::new(false),
        }
    }

    /// Wakes the task.
    ///
    /// # Safety
    ///
    /// The caller alone found nothing woken, in a read-modify-write that the group has not seen when it calls
    /// [`retire`](Self::retire), or has reported by [`begin`](Self::begin); and this is not freed meanwhile.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn wake(&self) {
        let later = self.later.load(Acquire);
        if later.is_null() {
            // SAFETY: it is dropped by `retire`, not while a wake that was begun has not ended, or when this is freed.
            self.first.with(|first| unsafe { (*first).wake_by_ref() });
        } else {
            // SAFETY: it stands until this is freed.
            unsafe { &*later }.wake();
        }
        // Acquire: what others did before they were counted is then before what the group does when it has seen this count.
        self.ended.store(self.ended.load(Acquire).wrapping_add(1), Release);
    }

    /// The same where the task has been woken already.
    ///
    /// # Safety
    ///
    /// As of [`wake`](Self::wake).
    pub(super) unsafe fn wake_nobody(&self) {
        self.ended.store(self.ended.load(Acquire).wrapping_add(1), Release);
    }

    /// The group has seen that somebody found nothing woken.
    ///
    /// # Safety
    ///
    /// Called by the group only, once for each.
    pub(super) unsafe fn begin(&self) {
        self.begun.set(self.begun.get().wrapping_add(1));
    }

    /// From now on wakes go to `waker`.
    ///
    /// # Safety
    ///
    /// Called by the group only, before it looks for what was woken: a wake that it does not see then sees this.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn register(&self, waker: &Waker) {
        // SAFETY: until `retire` or the end of this it is there, and shared.
        let unchanged = || self.first.with(|first| unsafe { (*first).will_wake(waker) });
        if !self.later.load(Relaxed).is_null() || !unchanged() {
            self.replace(waker);
        }
    }

    #[cold]
    #[inline(never)]
    fn replace(&self, waker: &Waker) {
        let later = self.later.load(Relaxed);
        if later.is_null() {
            let later = Box::into_raw(Box::new(AtomicWaker::new(waker.clone())));
            self.later.store(later, Release);
            return;
        }
        // SAFETY: it stands as in `wake`, and only the group's task is here.
        unsafe { (*later).register(waker) };
    }

    /// The group is over: nobody is woken any more, and nothing keeps the task.
    ///
    /// # Safety
    ///
    /// Called by the group only, once, after it made sure that nobody finds nothing woken any more.
    pub(super) unsafe fn retire(&self) {
        let later = self.later.load(Relaxed);
        if !later.is_null() {
            // SAFETY: as in `wake`.
            drop(unsafe { &*later }.take());
        }
        let begun = self.begun.get();
        if self.ended.load(Acquire) == begun {
            self.dropped.set(true);
            // SAFETY: each wake that was begun has ended, and happens before this by the chain of loads and stores that
            // made the count; no more begin. So nobody reads it, now or later.
            self.first.with_mut(|first| unsafe { ManuallyDrop::drop(&mut *first) });
        }
    }
}

impl Drop for ParentWaker {
    fn drop(&mut self) {
        let later = self.later.load(Relaxed);
        if !later.is_null() {
            // SAFETY: it came from `Box::into_raw`, and nobody else is left.
            drop(unsafe { Box::from_raw(later) });
        }
        if !self.dropped.get() {
            // SAFETY: nobody else is left, and `retire` did not drop it.
            self.first.with_mut(|first| unsafe { ManuallyDrop::drop(&mut *first) });
        }
    }
}
