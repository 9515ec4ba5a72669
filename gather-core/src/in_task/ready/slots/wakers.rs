//! Wakers of slots: one for the first poll of each item, on the stack of the sweep, and those that items keep.

use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use core::task::{RawWaker, RawWakerVTable, Waker};

use super::{SLOTS, SlotBlock, release};
use crate::in_task::ready::stack_waker::StackWaker;
use crate::sync::{AtomicBool, AtomicPtr, AtomicU32};
use crate::unwind::{OnDrop, abort};

/// The data of a slot's wakers: the address of its block plus its number in it.
#[derive(Clone, Copy)]
pub struct SlotAddress(NonNull<u8>);

impl SlotAddress {
    /// That of no slot.
    pub(in crate::in_task) const DANGLING: Self = Self(NonNull::dangling());

    /// # Safety
    ///
    /// The block must be alive, and `slot` below [`SLOTS`].
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(block: NonNull<SlotBlock>, slot: usize) -> Self {
        const { assert!(size_of::<SlotBlock>() >= SLOTS && align_of::<SlotBlock>() >= SLOTS) };
        debug_assert!(slot < SLOTS);
        // SAFETY: a block is at least so long.
        Self(unsafe { block.cast::<u8>().byte_add(slot) })
    }

    /// The address of the slot behind this one, in the next block where this is the last of its own. What is behind the last slot of all
    /// blocks that were made together is no slot's address.
    ///
    /// # Safety
    ///
    /// The block must be alive.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn next(self) -> Self {
        // SAFETY: this reaches the end of the block at most, which is alive by the caller's word.
        let next = unsafe { self.0.byte_add(1) };
        // SAFETY: as above.
        Self(if self.number() == SLOTS - 1 { unsafe { past_wakers(next) } } else { next })
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn number(self) -> usize {
        self.0.addr().get() % SLOTS
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn block(self) -> NonNull<SlotBlock> {
        // SAFETY: `new` has added the number to the address of a block, which is aligned to so much.
        unsafe { self.0.byte_sub(self.number()) }.cast()
    }

    /// How many wakers the slot has, and one more for the list.
    ///
    /// # Safety
    ///
    /// The block must be alive for `'a`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn wakers<'a>(self) -> &'a AtomicU32 {
        // SAFETY: the block is alive, by the caller's word.
        &unsafe { self.block().as_ref() }.wakers[self.number()]
    }

    /// A waker that owns nothing: its clones do.
    ///
    /// # Safety
    ///
    /// The list must not be dropped as long as the waker is used. The waker must be lent to polls only: who keeps it has to clone it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn waker(self) -> ManuallyDrop<Waker> {
        // SAFETY: the functions of `OWNED` take such data, whose block the list keeps alive. Clones count themselves; this one is not
        // counted, and not dropped.
        ManuallyDrop::new(unsafe { Waker::new(self.data(), &OWNED) })
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn data(self) -> *const () {
        self.0.as_ptr().cast_const().cast()
    }

    /// Whether nobody can wake the slot, and nobody has.
    ///
    /// # Safety
    ///
    /// The list must be alive.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn is_clean(self) -> bool {
        // SAFETY: the list keeps its blocks alive.
        let (wakers, block) = unsafe { (self.wakers(), self.block().as_ref()) };
        // In this order, and with Acquire: who has dropped the slot's last waker may have woken it before. A wake on its way is
        // counted until its block is on the stack.
        wakers.load(Acquire) == 1 && !block.woken.has(self.number())
    }
}

/// The address of the next block, of the one behind a block's last slot.
///
/// # Safety
///
/// The block must be alive.
#[cold]
unsafe fn past_wakers(address: NonNull<u8>) -> NonNull<u8> {
    // SAFETY: this reaches the end of the block, which is alive by the caller's word.
    unsafe { address.byte_add(size_of::<SlotBlock>() - SLOTS) }
}

static OWNED: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_owner);

/// The slot of a waker's data.
///
/// # Safety
///
/// `data` must be that of a waker of a slot.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn of(data: *const ()) -> SlotAddress {
    // SAFETY: the data of a waker is an address in a block, so it is not null.
    SlotAddress(unsafe { NonNull::new_unchecked(data.cast_mut().cast()) })
}

/// # Safety
///
/// `data` must be that of a waker of a slot, whose block must be alive until this returns.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: the block is alive, by the caller's word.
    let wakers = unsafe { of(data).wakers() };
    // Half of the range is left for clones on their way here.
    if wakers.fetch_add(1, Relaxed) > i32::MAX as u32 {
        abort();
    }
    RawWaker::new(data, &OWNED)
}

/// Wakes the slot, and then counts one waker less.
///
/// # Safety
///
/// `data` must be that of a waker that its slot counts, and that is not used afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker that was given to `wake` is counted. The count goes down last, even where the task's waker panics.
    let _counted = OnDrop(|| unsafe { uncount(of(data)) });
    // SAFETY: the slot counts the waker, which keeps the block alive until the wake is done.
    unsafe { wake_slot(of(data)) };
}

/// # Safety
///
/// The caller must keep what [`clone`] asks for.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: the block is alive, by the caller's word.
    unsafe { wake_slot(of(data)) };
}

/// # Safety
///
/// `data` must be that of a waker that its slot counts, and that is not used afterwards.
unsafe fn drop_owner(data: *const ()) {
    // SAFETY: the slot counts this waker, by the caller's word.
    unsafe { uncount(of(data)) };
}

/// Marks a slot as woken.
///
/// # Safety
///
/// The block must be alive until this returns.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn wake_slot(slot: SlotAddress) {
    let at = slot.block();
    // SAFETY: the block is alive, by the caller's word, and a header lives as long as its blocks.
    unsafe { at.as_ref().header.as_ref().woken.wake::<false>(at, &at.as_ref().woken, slot.number()) };
}

/// Counts one waker less. The last that outlives the list gives up the slot's ownership.
///
/// # Safety
///
/// The slot must count a waker of the caller, which is not used afterwards.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn uncount(slot: SlotAddress) {
    // SAFETY: the count keeps the block alive. The header is read before it is given up.
    unsafe {
        let header = slot.block().as_ref().header;
        if slot.wakers().fetch_sub(1, AcqRel) == 1 {
            release(header);
        }
    }
}

/// The first polls of items, which their waker points at. An item that is ready at once, or wakes itself, needs no counting.
pub struct SlotStackWaker<'a> {
    /// The slot of the item that is polled.
    slot: AtomicPtr<u8>,
    /// Whether that item has woken itself.
    woken: AtomicBool,
    /// Whether it has cloned its waker.
    kept: AtomicBool,
    /// Whether any item has woken itself: the task knows.
    handed_on: AtomicBool,
    task: &'a Waker,
}

impl<'a> SlotStackWaker<'a> {
    pub(in crate::in_task) fn new(task: &'a Waker) -> Self {
        let no = || AtomicBool::new(false);
        Self { slot: AtomicPtr::new(null_mut()), woken: no(), kept: no(), handed_on: no(), task }
    }

    /// The items of this slot are polled next.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn begin(&self, slot: SlotAddress) {
        self.slot.store(slot.0.as_ptr(), Relaxed);
        self.woken.store(false, Relaxed);
        self.kept.store(false, Relaxed);
    }

    /// # Safety
    ///
    /// This must stay where it is as long as the waker is used. The waker must be lent to polls only, each of an item in the slot that
    /// [`begin`](Self::begin) was told, whose block must be alive; who keeps it has to clone it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn waker(&self) -> ManuallyDrop<Waker> {
        // SAFETY: the caller keeps what `lend` asks for.
        unsafe { self.lend(Self::VTABLE) }
    }

    /// Whether an item of this slot has woken itself.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn has_woken(&self) -> bool {
        self.woken.load(Relaxed)
    }

    /// Whether an item of this slot has made any use of its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn is_used(&self) -> bool {
        self.has_woken() | self.kept.load(Relaxed)
    }
}

impl StackWaker for SlotStackWaker<'_> {
    unsafe fn clone_waker(&self) -> RawWaker {
        self.kept.store(true, Relaxed);
        // SAFETY: it is the slot of the item that is being polled, whose block the list keeps alive.
        unsafe { clone(self.slot.load(Relaxed).cast_const().cast()) }
    }

    fn wake_self(&self) {
        self.woken.store(true, Relaxed);
        if !self.handed_on.load(Relaxed) {
            self.handed_on.store(true, Relaxed);
            self.task.wake_by_ref();
        }
    }
}
