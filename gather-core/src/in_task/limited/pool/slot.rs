//! The slot of an item in progress.

use core::mem::{ManuallyDrop, MaybeUninit, needs_drop};
use core::ptr::NonNull;
use core::task::Waker;

use crate::in_task::ready::slots::SlotAddress;

/// The slot of an item in progress.
pub struct Slot<F> {
    address: SlotAddress,
    item: usize,
    future: MaybeUninit<F>,
}

pub(super) const GONE: usize = 1 << (usize::BITS - 1);
pub(super) const VACANT: usize = usize::MAX;

/// A slot of a pool, which must be alive whenever this is used: lists keep it no longer than their pool.
pub struct SlotRef<F>(pub(super) NonNull<Slot<F>>);

impl<F> Clone for SlotRef<F> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<F> Copy for SlotRef<F> {}

impl<F> SlotRef<F> {
    /// The number of the item, if the slot is pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn item(self) -> usize {
        // SAFETY: the pool is alive. A reference to the whole slot would claim the future, which points into itself.
        unsafe { (&raw const (*self.0.as_ptr()).item).read() }
    }

    /// Prepares a slot that was never used: it is vacant.
    ///
    /// # Safety
    ///
    /// It must be a slot of the pool's, with this address.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn begin(self, address: SlotAddress) {
        // SAFETY: the slot is the pool's, by the caller's word. Only this field is claimed.
        unsafe { (&raw mut (*self.0.as_ptr()).address).write(address) };
        self.set_item(VACANT);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_item(self, item: usize) {
        // SAFETY: the pool is alive and this thread's, since it is used through `&mut` of its list. Only this field is claimed.
        unsafe { (&raw mut (*self.0.as_ptr()).item).write(item) };
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn is_pending(self) -> bool {
        self.item() < GONE
    }

    /// The address of the future, which stays there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn future(self) -> *mut F {
        // SAFETY: the pool is alive; no reference is made.
        unsafe { (&raw mut (*self.0.as_ptr()).future).cast() }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn address(self) -> SlotAddress {
        // SAFETY: as in `item`; the address was written when the slot was first used.
        unsafe { (&raw const (*self.0.as_ptr()).address).read() }
    }

    /// The waker that the item in this slot is polled with. The pool owns it; its clones are counted.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn waker(self) -> ManuallyDrop<Waker> {
        // SAFETY: the pool is alive while its items are polled, and with it the list of blocks.
        unsafe { self.address().waker() }
    }

    /// Puts the future of `item` into the slot, which is vacant.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn occupy(self, item: usize, future: F) {
        debug_assert!(self.item() == VACANT && item < GONE);
        // SAFETY: the pool is alive, and the slot vacant: nothing is overwritten.
        unsafe { self.future().write(future) };
        self.set_item(item);
    }

    /// Notes that the future is about to be dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn set_gone(self) {
        // A destructor that does nothing cannot panic, so nobody sees the slot before it is vacant.
        if needs_drop::<F>() {
            self.set_item(self.item() | GONE);
        }
    }

    /// Notes that the item has its field, or failed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn set_vacant(self) {
        self.set_item(VACANT);
    }

    /// Whether no waker of the item that was here is left, nor a wake.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn is_clean(self) -> bool {
        // SAFETY: the pool is alive.
        unsafe { self.address().is_clean() }
    }
}
