//! A waker on the stack of a sweep, with which members are polled as long as they do not keep it.
//!
//! A member that is ready at once, or wakes itself, then costs neither an allocation nor a count. The first clone makes a waker that
//! lasts. What the waker points at is noted by plain loads and stores: a member may lend its waker to other threads while it is
//! polled, but all that run at the same time note the same.

use core::mem::ManuallyDrop;
use core::task::{RawWaker, RawWakerVTable, Waker};

/// A place on the stack that such a waker points at.
pub(super) trait StackWaker: Sized {
    const VTABLE: &'static RawWakerVTable =
        &RawWakerVTable::new(clone::<Self>, wake_self::<Self>, wake_self::<Self>, drop_nothing);

    /// Makes a waker of the member that is being polled, which is an owner. Several threads may be here at once.
    ///
    /// # Safety
    ///
    /// The caller must have the waker from a member that is being polled with it.
    unsafe fn clone_waker(&self) -> RawWaker;

    /// Notes that the member that is being polled has woken itself, and wakes the task if it does not know so far.
    fn wake_self(&self);

    /// # Safety
    ///
    /// This must stay where it is as long as the waker is used. The waker must be lent to polls only: who keeps it has to clone it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn lend(&self, vtable: &'static RawWakerVTable) -> ManuallyDrop<Waker> {
        // SAFETY: the functions of the table take the address of what is on the stack, which stays there by the caller's word.
        ManuallyDrop::new(unsafe { Waker::new((&raw const *self).cast(), vtable) })
    }
}

/// # Safety
///
/// `data` must be that of a waker that [`StackWaker::lend`] made, and is lent to a poll.
unsafe fn clone<S: StackWaker>(data: *const ()) -> RawWaker {
    // SAFETY: what is on the stack stays there as long as its waker is used, by the word of who lent it.
    unsafe { (*data.cast::<S>()).clone_waker() }
}

/// # Safety
///
/// The caller must keep what [`clone`] asks for.
unsafe fn wake_self<S: StackWaker>(data: *const ()) {
    // SAFETY: as in `clone`.
    unsafe { &*data.cast::<S>() }.wake_self();
}

unsafe fn drop_nothing(_: *const ()) {}
