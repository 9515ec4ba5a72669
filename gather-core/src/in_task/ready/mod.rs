//! Ready sets: which members were woken since the group last looked.
//!
//! A wake marks its member and wakes the task that awaits the group, if nothing was marked yet. So a poll of the group costs as
//! much as there are woken members.
//!
//! * [`word`]: up to 64 members; nothing is allocated until one keeps its waker.
//! * [`table`]: a list of any length; a wake costs the same in one of ten and of a million.
//! * [`aligned`]: memory for what `table` and `slots` allocate.
//! * [`owners`]: how many share what a set allocates.
//! * [`stack_waker`]: what members are polled with before they keep a waker.
//! * [`woken_stack`]: the woken blocks of `table` and `slots`.
//! * [`parent`]: the task's waker, which all need on every thread.
//! * [`atomic_waker`]: the task's waker once it has changed.
//! * [`first`]: items of a list that are ready at once, before there is a `table`.
//! * [`slots`]: items that come and go, as under a `limit`.

mod aligned;
mod atomic_waker;
pub(super) mod first;
#[cfg(all(test, loom))]
pub(super) mod model;
mod owners;
mod parent;
pub(super) mod slots;
mod stack_waker;
pub(super) mod table;
mod woken_stack;
pub(super) mod word;

/// Reads a pointer without an atomic access, which the compiler may put off to where it is needed, or leave out.
///
/// # Safety
///
/// Nobody may write it at the same time.
#[cfg(not(all(test, loom)))]
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn load_unshared<T>(pointer: &crate::sync::AtomicPtr<T>) -> *mut T {
    // SAFETY: nobody writes it meanwhile, by the caller's word.
    unsafe { pointer.as_ptr().read() }
}

#[cfg(all(test, loom))]
unsafe fn load_unshared<T>(pointer: &crate::sync::AtomicPtr<T>) -> *mut T {
    // SAFETY: nobody writes it meanwhile, by the caller's word; loom checks that.
    unsafe { pointer.unsync_load() }
}
