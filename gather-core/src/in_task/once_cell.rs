//! A value that is written once and read many times: `std::sync::OnceLock` without waiting, which works without std.

use core::cell::UnsafeCell;
use core::sync::atomic::{AtomicU8, Ordering};

const EMPTY: u8 = 0;
const WRITING: u8 = 1;
const FULL: u8 = 2;

/// It is `Sync` where the value is `Send + Sync`, as `OnceLock`.
pub struct OnceCell<T> {
    state: AtomicU8,
    /// Belongs to who changed `state` from `EMPTY` until that is `FULL`; from then on it is only read.
    value: UnsafeCell<Option<T>>,
}

// SAFETY: one thread writes, and others read what `FULL` has published: that needs `T: Sync`. A thread with a reference can put a value
// in, which another thread drops or takes: that needs `T: Send`.
unsafe impl<T: Send + Sync> Sync for OnceCell<T> {}

impl<T> OnceCell<T> {
    pub(crate) const fn new() -> Self {
        Self { state: AtomicU8::new(EMPTY), value: UnsafeCell::new(None) }
    }

    /// Writes the value. Where there is one already, or another thread is writing one, `value` is dropped.
    pub(crate) fn set(&self, value: T) {
        if self.state.compare_exchange(EMPTY, WRITING, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            // SAFETY: this thread changed `EMPTY`, and nobody reads before `FULL`. What is overwritten is `None`.
            unsafe { *self.value.get() = Some(value) };
            self.state.store(FULL, Ordering::Release);
        }
    }

    pub(crate) fn get(&self) -> Option<&T> {
        if self.state.load(Ordering::Acquire) != FULL {
            return None;
        }
        // SAFETY: from `FULL` on nobody writes while `self` is borrowed.
        unsafe { &*self.value.get() }.as_ref()
    }

    pub(crate) fn into_inner(self) -> Option<T> {
        self.value.into_inner()
    }
}
