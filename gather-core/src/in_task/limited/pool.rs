//! Slots for the items of a list that are in progress, used again as items end.
//!
//! Futures stand in chunks that never move. The item's number in its slot is the slot's state: below [`GONE`] there is the future
//! of that item; with [`GONE`] added the future has been dropped and the item has no field yet; [`VACANT`] is neither. Each is
//! written before what it stands for changes, so that a panic or a drop at any moment finds the truth. That is the
//! invariant of the pool; only [`SlotRef`] writes the state, on behalf of the list that owns the pool.
//!
//! How a list uses it:
//! * [`Pool::vacant`] gives a slot, [`SlotRef::occupy`] puts a future in it, [`SlotRef::future`] and [`SlotRef::waker`] are what
//!   it is polled with, `set_gone` and then [`Pool::release`] follow its end.
//! * [`Pool::take_woken`] puts into `due` the slots that were woken, in the order of their items.
//! * [`Pool::source_waker`] is the waker of a stream that items are pulled from: `source_due` says that it was woken.

#[cfg(all(test, loom))]
mod model;
mod slot;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem::{ManuallyDrop, MaybeUninit, take};
use core::ptr::NonNull;
use core::task::Waker;

pub use self::slot::SlotRef;
use self::slot::{GONE, Slot, VACANT};
use crate::in_task::ready::slots::{SLOTS, SlotAddress, SlotBlock, SlotSet, WokenBlock};
use crate::unwind::clear_all;

/// Slots, behind a bare pointer: a box would claim to be the only way to them.
struct Chunk<F>(NonNull<[MaybeUninit<Slot<F>>]>);

impl<F> Drop for Chunk<F> {
    fn drop(&mut self) {
        // SAFETY: the slots came from a box, and are the pool's. As `MaybeUninit` they drop no future: `Pool::drop` has done that.
        drop(unsafe { Box::from_raw(self.0.as_ptr()) });
    }
}

/// The first chunk takes no more than a page, or four slots where futures are large: it is not known how many will be needed.
const FIRST_BYTES: usize = 4096;

pub struct Pool<F> {
    chunks: Vec<Chunk<F>>,
    /// Slots of all chunks.
    capacity: usize,
    /// How many slots of the last chunk were never used.
    fresh: usize,
    /// The first of these and its address, where there are some.
    next_fresh: (SlotRef<F>, SlotAddress),
    /// Slots to use next, the last first. There is room for all.
    free: Vec<SlotRef<F>>,
    /// Vacant slots that were not clean. Looked at again when there are `cool_at` of them.
    cooling: Vec<SlotRef<F>>,
    cool_at: usize,
    /// Whether it is known that no slot has a future, nor will have one.
    is_over: bool,
    /// How many items are pending.
    pub(in crate::in_task) pending: usize,
    /// Pending slots that were woken and not polled yet, in the order of their items.
    pub(in crate::in_task) due: Vec<SlotRef<F>>,
    /// The block of the source, once it has one.
    source: Option<NonNull<SlotBlock>>,
    /// Whether the source has been woken, or never polled.
    pub(in crate::in_task) source_due: bool,
    /// The last field, so that it is closed after all futures are gone.
    set: SlotSet,
}

// SAFETY: a pool owns its futures as a vector does. What it shares with wakers on other threads is in atomics; what is the list's
// alone in the blocks is used through `&mut Pool` only.
unsafe impl<F: Send> Send for Pool<F> {}
// SAFETY: through `&Pool` only numbers are read.
unsafe impl<F: Sync> Sync for Pool<F> {}

impl<F> Pool<F> {
    pub(in crate::in_task) const fn new() -> Self {
        Self {
            chunks: Vec::new(),
            capacity: 0,
            fresh: 0,
            next_fresh: (SlotRef(NonNull::dangling()), SlotAddress::DANGLING),
            free: Vec::new(),
            cooling: Vec::new(),
            cool_at: 8,
            is_over: false,
            pending: 0,
            due: Vec::new(),
            source: None,
            source_due: true,
            set: SlotSet::new(),
        }
    }

    /// A slot for one more item. `most` is how many may be wanted, as far as one knows.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn vacant(&mut self, task: &Waker, most: usize) -> SlotRef<F> {
        match self.free.pop() {
            Some(slot) => slot,
            None if self.fresh == 0 => self.more(task, most),
            None => self.fresh(),
        }
    }

    /// A free slot, where none is free: after a look at those that cool, or of a new chunk.
    #[cold]
    #[inline(never)]
    fn more(&mut self, task: &Waker, most: usize) -> SlotRef<F> {
        if self.cooling.len() >= self.cool_at {
            self.cool();
            if let Some(slot) = self.free.pop() {
                return slot;
            }
        }
        self.grow(task, most);
        self.fresh()
    }

    /// A slot that was never used. There must be one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn fresh(&mut self) -> SlotRef<F> {
        let (slot, address) = self.next_fresh;
        self.fresh -= 1;
        // SAFETY: there is such a slot and a block with its address, and nobody else has it yet. Where it is the last, what comes behind it
        // is not used.
        unsafe {
            self.next_fresh = (SlotRef(slot.0.add(1)), address.next());
            slot.begin(address);
        }
        slot
    }

    fn grow(&mut self, task: &Waker, most: usize) {
        let slots = if self.capacity == 0 {
            most.clamp(1, SLOTS).min((FIRST_BYTES / size_of::<Slot<F>>()).max(4))
        } else {
            self.capacity.min(most).max(self.capacity / 4).max(1)
        };
        let chunk = Chunk(NonNull::from(Box::leak(Box::<[Slot<F>]>::new_uninit_slice(slots))));
        let first = chunk.0.cast::<Slot<F>>();
        let blocks = slots.div_ceil(SLOTS);
        let block = self.set.add_blocks(blocks, task);
        for index in 0..blocks {
            // SAFETY: so many blocks were made, and the chunk reaches so far.
            unsafe { block.add(index).as_ref().set_slots(first.add(index * SLOTS).as_ptr().cast()) };
        }
        self.capacity += slots;
        self.free.reserve(self.capacity);
        self.fresh = slots;
        // SAFETY: a block has a first slot.
        self.next_fresh = (SlotRef(first), unsafe { SlotAddress::new(block, 0) });
        self.chunks.push(chunk);
    }

    /// Looks again which slots are clean. The more are not, the more rarely.
    #[cold]
    fn cool(&mut self) {
        let free = &mut self.free;
        self.cooling.retain(|slot| {
            let clean = slot.is_clean();
            if clean {
                free.push(*slot);
            }
            !clean
        });
        self.cool_at = 8.max(self.cooling.len() * 2);
    }

    /// The waker of the stream that items are pulled from.
    pub(in crate::in_task) fn source_waker(&mut self, task: &Waker) -> ManuallyDrop<Waker> {
        let set = &mut self.set;
        let block = *self.source.get_or_insert_with(|| set.add_blocks(1, task));
        // SAFETY: a block of this pool's set, which is alive while the source is polled.
        unsafe { SlotAddress::new(block, 0).waker() }
    }

    /// The item of this slot has its field, or failed: the slot can be used again, unless somebody may still wake it. Without having
    /// `used` its waker the item has left nobody who could.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn release(&mut self, slot: SlotRef<F>, used: bool) {
        slot.set_vacant();
        if !used || slot.is_clean() { self.free.push(slot) } else { self.cooling.push(slot) }
    }

    /// How many slots are free, for [`reuse_in_order`](Self::reuse_in_order).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn free(&self) -> usize {
        self.free.len()
    }

    /// Slots that were released since there were `from` free ones are used in the order in which they were released. So items
    /// keep to the order of slots where they end in turn, and what is woken need not be sorted.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn reuse_in_order(&mut self, from: usize) {
        self.free[from..].reverse();
    }

    /// Makes due the items that were woken since the last call. From now on wakes go to `task`. An item that is due alone is given instead.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn take_woken(&mut self, task: &Waker) -> Option<SlotRef<F>> {
        let woken = self.set.take_woken(task)?;
        let slots = woken.slots;
        // SAFETY: the block was on the stack of this pool's set, so it is alive.
        let is_source = unsafe { woken.block().as_ref() }.slots().is_null();
        if slots & slots.wrapping_sub(1) == 0 && woken.is_last() && self.due.is_empty() && !is_source {
            // SAFETY: a slot that was woken has been used, and the block says where it is.
            let slot = unsafe { slot_of::<F>(woken.block(), slots.trailing_zeros() as usize) };
            return slot.is_pending().then_some(slot);
        }
        self.collect(woken);
        None
    }

    /// From now on the pool's wakers wake nobody. [`take_woken`](Self::take_woken) must not be called any more.
    pub(in crate::in_task) fn silence(&mut self) {
        self.set.silence();
    }

    #[inline(never)]
    fn collect(&mut self, woken: WokenBlock) {
        let left_over = !self.due.is_empty();
        let mut last = self.due.last().map_or(0, |slot| slot.item());
        let mut sorted = true;
        let mut next = Some(woken);
        while let Some(woken) = next {
            let mut slots = woken.slots;
            if self.source == Some(woken.block()) {
                self.source_due = true;
                slots = 0;
            }
            self.due.reserve(slots.count_ones() as usize);
            while slots != 0 {
                // SAFETY: as in `take_woken`.
                let slot = unsafe { slot_of::<F>(woken.block(), slots.trailing_zeros() as usize) };
                slots &= slots - 1;
                if slot.is_pending() {
                    sorted &= last <= slot.item();
                    last = slot.item();
                    self.due.push(slot);
                }
            }
            next = woken.next();
        }
        if !sorted {
            self.due.sort_unstable_by_key(|slot| slot.item());
        }
        if left_over {
            // Slots that were due before, and have been woken since.
            self.due.dedup_by_key(|slot| slot.item());
        }
    }

    /// Makes due all pending items.
    pub(in crate::in_task) fn make_all_due(&mut self) {
        let mut due = take(&mut self.due);
        due.clear();
        due.reserve(self.pending);
        self.each(|slot| due.extend(slot.is_pending().then_some(slot)));
        if !due.is_sorted_by_key(|slot| slot.item()) {
            due.sort_unstable_by_key(|slot| slot.item());
        }
        self.due = due;
    }

    /// The slots that are not vacant, in no order.
    fn each(&self, mut visit: impl FnMut(SlotRef<F>)) {
        for (index, chunk) in self.chunks.iter().enumerate() {
            let fresh = if index + 1 == self.chunks.len() { self.fresh } else { 0 };
            for slot in 0..chunk.0.len() - fresh {
                // SAFETY: the chunk has so many, and this one has been used.
                let slot = SlotRef(unsafe { chunk.0.cast::<Slot<F>>().add(slot) });
                if slot.item() != VACANT {
                    visit(slot);
                }
            }
        }
    }

    /// The items that have started and have no field, in no order.
    pub(in crate::in_task) fn unfinished(&self) -> Vec<usize> {
        let mut all = Vec::new();
        self.each(|slot| all.push(slot.item() & !GONE));
        all
    }

    /// All items have ended, as it is known of a list whose group has succeeded. So no future is left to be dropped.
    pub(in crate::in_task) fn all_ended(&mut self) {
        debug_assert!(self.unfinished().is_empty());
        self.is_over = true;
    }

    /// Drops all futures, in the order of slots.
    fn clear(&mut self) {
        if self.is_over {
            return;
        }
        self.each(|slot| {
            if slot.is_pending() {
                slot.set_gone();
                // SAFETY: the slot was pending, so its future is there; by the line above nobody else drops it.
                unsafe { slot.future().drop_in_place() };
            }
        });
        self.pending = 0;
    }
}

/// # Safety
///
/// The block must belong to a chunk of a pool of `F`, and have such a slot.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn slot_of<F>(block: NonNull<SlotBlock>, slot: usize) -> SlotRef<F> {
    // SAFETY: `grow` has noted in the block where its slots are, and there is such a slot, by the caller's word.
    SlotRef(unsafe { NonNull::new_unchecked(block.as_ref().slots().cast::<Slot<F>>().add(slot)) })
}

impl<F> Drop for Pool<F> {
    fn drop(&mut self) {
        // No chunk is freed with a future in it.
        clear_all(self, Self::clear);
    }
}
