//! std's locks, atomics and cells, or loom's in a model: see CONTRIBUTING.md.

#[cfg(all(test, loom))]
pub(crate) use loom::{
    cell::UnsafeCell,
    hint::spin_loop,
    sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicU64, AtomicUsize},
    sync::{Mutex, MutexGuard},
};

#[cfg(all(not(all(test, loom)), target_has_atomic = "64"))]
pub(crate) use core::sync::atomic::AtomicU64;
#[cfg(not(all(test, loom)))]
pub(crate) use core::{
    hint::spin_loop,
    sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize},
};
#[cfg(all(not(all(test, loom)), any(feature = "tokio", all(test, feature = "std"))))]
pub(crate) use std::sync::{Mutex, MutexGuard};
#[cfg(all(not(all(test, loom)), not(target_has_atomic = "64")))]
pub(crate) use wide::AtomicU64;

#[cfg(any(not(target_has_atomic = "64"), all(test, not(loom))))]
mod wide;

/// [`core::cell::UnsafeCell`] with loom's interface, which sees who reads and writes when.
#[cfg(not(all(test, loom)))]
pub(crate) struct UnsafeCell<T>(core::cell::UnsafeCell<T>);

#[cfg(not(all(test, loom)))]
impl<T> UnsafeCell<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(core::cell::UnsafeCell::new(value))
    }
    pub(crate) fn with<R>(&self, f: impl FnOnce(*const T) -> R) -> R {
        f(self.0.get())
    }
    pub(crate) fn with_mut<R>(&self, f: impl FnOnce(*mut T) -> R) -> R {
        f(self.0.get())
    }
}

/// Reads a pointer that nobody else sees now, without an atomic access: of two reads, the compiler does one.
#[cfg(not(all(test, loom)))]
#[inline(always)]
pub(crate) fn load_ptr<T>(place: &mut AtomicPtr<T>) -> *mut T {
    *place.get_mut()
}

#[cfg(all(test, loom))]
pub(crate) fn load_ptr<T>(place: &mut AtomicPtr<T>) -> *mut T {
    place.with_mut(|place| *place)
}

/// Swaps such a pointer.
#[cfg(not(all(test, loom)))]
#[inline(always)]
pub(crate) fn replace_ptr<T>(place: &mut AtomicPtr<T>, new: *mut T) -> *mut T {
    core::mem::replace(place.get_mut(), new)
}

#[cfg(all(test, loom))]
pub(crate) fn replace_ptr<T>(place: &mut AtomicPtr<T>, new: *mut T) -> *mut T {
    place.with_mut(|place| std::mem::replace(place, new))
}

/// Locks a mutex, poisoned or not. No user code runs under these locks, and what they protect is consistent between any two statements.
#[cfg(any(feature = "tokio", all(test, feature = "std")))]
pub(crate) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// Runs `f` in every order of its threads' steps, up to so many preemptions that it ends soon. `LOOM_MAX_PREEMPTIONS` allows
/// more.
#[cfg(all(test, loom))]
pub(crate) fn model(f: impl Fn() + Send + Sync + 'static) {
    let mut builder = loom::model::Builder::new();
    builder.preemption_bound.get_or_insert(3);
    builder.check(f);
}
