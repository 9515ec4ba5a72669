//! Which slots of a pool were woken, however many there are and however often each is used again.
//!
//! The data of a slot's waker is the address of its [`SlotBlock`] plus its number in it. A wake marks the slot in its block, which is
//! pushed on the list's [`WokenStack`]. Blocks are made a segment at a time and never move, since wakers point at them.
//!
//! Each slot counts its wakers. A slot whose item has ended is used again only if no waker is left and its mark is clear
//! ([`SlotAddress::is_clean`]), so a late wake of an item can never be taken for one of the next. The last waker of a slot that
//! outlives the list gives up the slot's share in the memory.
//!
//! Who may touch what: `woken`, `wakers`, `owners` are shared by threads; `segments` and `slots` are the list's alone, until the last
//! owner frees everything.

mod wakers;

use alloc::boxed::Box;
use core::alloc::Layout;
use core::array;
use core::cell::Cell;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::Ordering::{AcqRel, Acquire};
use core::task::Waker;

pub use self::wakers::{SlotAddress, SlotStackWaker};
use super::aligned::{allocate, deallocate, padded};
use super::owners::Owners;
use super::woken_stack::{WokenMarks, WokenStack};
use crate::sync::AtomicU32;
use crate::unwind::OnDrop;

/// Slots of a block.
pub(in crate::in_task) const SLOTS: usize = 64;

/// Slots of a block whose wakers can be counted: all. A model looks at few, for each is an atomic that it has to follow.
#[cfg(not(all(test, loom)))]
const COUNTED: usize = SLOTS;
#[cfg(all(test, loom))]
const COUNTED: usize = 2;

/// The part that all blocks of a list share.
struct SlotSetHeader {
    /// The list, and each slot of which a waker has outlived it.
    owners: Owners,
    woken: WokenStack<SlotBlock>,
    /// The last segment that was made.
    segments: Cell<*mut Segment>,
    /// Whether wakes go nowhere any more. The list's.
    silent: Cell<bool>,
}

/// Blocks that were made together: this, then so many from the next address that is aligned for them.
struct Segment {
    below: *mut Segment,
    blocks: usize,
    /// Bytes of the allocation before it.
    before: usize,
}

/// 64 slots.
#[repr(C, align(64))]
pub struct SlotBlock {
    woken: WokenMarks<SlotBlock>,
    header: NonNull<SlotSetHeader>,
    /// The address of the slots with the futures; null in the block of a source.
    slots: Cell<*mut u8>,
    /// How many wakers each slot has, and one more for the list.
    wakers: [AtomicU32; COUNTED],
}

/// The list's end of the set. Nothing is allocated before there is a slot.
pub struct SlotSet(Option<NonNull<SlotSetHeader>>);

/// A block that was woken, taken from the stack.
pub struct WokenBlock {
    block: NonNull<SlotBlock>,
    below: *mut SlotBlock,
    /// The slots that were woken, as bits.
    pub(in crate::in_task) slots: u64,
}

impl SlotSet {
    pub(in crate::in_task) const fn new() -> Self {
        Self(None)
    }

    /// Makes so many more blocks, one after the other. Their wakes go to `task`, until another is [registered](Self::take_woken).
    pub(in crate::in_task) fn add_blocks(&mut self, blocks: usize, task: &Waker) -> NonNull<SlotBlock> {
        let header = *self.0.get_or_insert_with(|| {
            NonNull::from(Box::leak(Box::new(SlotSetHeader {
                owners: Owners::one(),
                woken: WokenStack::new(task),
                segments: Cell::new(null_mut()),
                silent: Cell::new(false),
            })))
        });
        // SAFETY: the set owns its header.
        unsafe { add_segment(header, blocks) }
    }

    /// Takes what was woken since the last call, to be looked at by [`WokenBlock::next`]; from now on wakes go to `task`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn take_woken(&mut self, task: &Waker) -> Option<WokenBlock> {
        // SAFETY: the set owns its header, and is the list's. What was on the stack is a block of this list, which lives as long as the set.
        unsafe { self.0?.as_ref().woken.take(task).map(|top| WokenBlock::take(top)) }
    }

    /// From now on wakes go nowhere, and nothing here keeps the task. [`take_woken`](Self::take_woken) must not be called any more.
    #[cold]
    pub(in crate::in_task) fn silence(&mut self) {
        if let Some(header) = self.0 {
            // SAFETY: the set owns its header, and is the list's.
            unsafe { header.as_ref().silence() };
        }
    }
}

impl SlotSetHeader {
    /// # Safety
    ///
    /// Only the list may call this, and must not look at the stack afterwards.
    unsafe fn silence(&self) {
        if self.silent.replace(true) {
            return;
        }
        // SAFETY: this is the list, once, which does nothing else with the stack afterwards.
        unsafe {
            self.woken.close();
            self.woken.retire();
        }
    }
}

impl WokenBlock {
    /// # Safety
    ///
    /// The caller must have taken `block` off the stack by taking the whole stack, and must not have looked at it since.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take(block: NonNull<SlotBlock>) -> Self {
        // SAFETY: what was on the stack is a block of a list that is alive.
        let (slots, below) = unsafe { block.as_ref() }.woken.take();
        Self { block, below, slots }
    }

    /// The block below it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn next(self) -> Option<Self> {
        // SAFETY: it was below a block that was taken off with it, and `self` is given up: each is looked at once.
        NonNull::new(self.below).map(|below| unsafe { Self::take(below) })
    }

    pub(in crate::in_task) fn is_last(&self) -> bool {
        self.below.is_null()
    }

    pub(in crate::in_task) fn block(&self) -> NonNull<SlotBlock> {
        self.block
    }
}

impl SlotBlock {
    /// The address of the block's slots, as [`set_slots`](Self::set_slots) noted it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn slots(&self) -> *mut u8 {
        self.slots.get()
    }

    pub(in crate::in_task) fn set_slots(&self, slots: *mut u8) {
        self.slots.set(slots);
    }
}

impl Drop for SlotSet {
    fn drop(&mut self) {
        if let Some(header) = self.0.take() {
            // SAFETY: the set owns its header, and gives it up here.
            unsafe { close(header) };
        }
    }
}

/// The list is over: nobody wakes its task any more, and what its slots' wakers need stays until the last of them is dropped.
///
/// # Safety
///
/// Only the list may call this, once. It gives up its ownership.
#[cold]
unsafe fn close(header: NonNull<SlotSetHeader>) {
    // SAFETY: the list's ownership, which `close` was given, is given up last, even where the destructor of the task's waker panics.
    let _owner = OnDrop(|| unsafe { release(header) });
    // SAFETY: the list owns the header until `_owner` is dropped.
    let header = unsafe { header.as_ref() };
    let silent = header.silent.get();
    if !silent {
        // SAFETY: this is the list, which does nothing with the stack afterwards but to retire it.
        unsafe { header.woken.close() };
    }
    let mut next = header.segments.get();
    while let Some(segment) = NonNull::new(next) {
        // SAFETY: segments live as long as the header, and their blocks with them.
        let (below, blocks) = unsafe { (segment.as_ref().below, blocks_of(segment)) };
        for block in blocks {
            // A slot without wakers gets none any more: only a waker can be cloned. As a rule no slot has any, so all are looked at first.
            if block.wakers.iter().fold(0, |others, wakers| others | (wakers.load(Acquire) ^ 1)) != 0 {
                block
                    .wakers
                    .iter()
                    .filter(|wakers| wakers.load(Acquire) != 1)
                    .for_each(|wakers| outlived(header, wakers));
            }
        }
        next = below;
    }
    if !silent {
        // SAFETY: this is the list, once, and the stack is closed.
        unsafe { header.woken.retire() };
    }
}

/// Gives up the list's count of a slot that has wakers left.
#[cold]
fn outlived(header: &SlotSetHeader, wakers: &AtomicU32) {
    // Before the count is given up: from then on the slot's last waker may release.
    header.owners.add();
    if wakers.fetch_sub(1, AcqRel) == 1 {
        // Its wakers were dropped meanwhile. The list is an owner still.
        let last = header.owners.release();
        debug_assert!(!last);
    }
}

/// [Padded](padded).
fn layout_of(blocks: usize) -> Layout {
    let all = || padded(Layout::new::<Segment>().extend(Layout::array::<SlotBlock>(blocks).ok()?).ok()?.0);
    all().unwrap_or_else(|| panic!("{blocks} x {SLOTS} members in progress are more than the address space holds"))
}

/// # Safety
///
/// The segment must be alive.
unsafe fn first_block(segment: NonNull<Segment>) -> NonNull<SlotBlock> {
    const { assert!(size_of::<Segment>() <= align_of::<SlotBlock>()) };
    // SAFETY: `layout_of` puts the blocks at the next multiple of their alignment, inside the allocation.
    unsafe { segment.byte_add(align_of::<SlotBlock>()).cast() }
}

/// # Safety
///
/// The segment must be alive for `'a`.
unsafe fn blocks_of<'a>(segment: NonNull<Segment>) -> &'a [SlotBlock] {
    // SAFETY: the segment is alive, by the caller's word, and `add_segment` has written so many blocks.
    unsafe { NonNull::slice_from_raw_parts(first_block(segment), segment.as_ref().blocks).as_ref() }
}

/// # Safety
///
/// The caller must be the list that owns the header.
#[cold]
unsafe fn add_segment(header: NonNull<SlotSetHeader>, blocks: usize) -> NonNull<SlotBlock> {
    // SAFETY: a layout of a segment, which has a size, and of blocks.
    let (start, before) = unsafe { allocate::<SlotBlock>(layout_of(blocks)) };
    // SAFETY: `layout_of` leaves room for the segment and for so many blocks; nobody else has the memory.
    // The header is alive by the caller's word.
    unsafe {
        let segment = start.cast::<Segment>();
        let segments = &header.as_ref().segments;
        segment.write(Segment { below: segments.get(), blocks, before });
        let first = first_block(segment);
        for index in 0..blocks {
            first.add(index).write(SlotBlock {
                woken: WokenMarks::new(),
                header,
                slots: Cell::new(null_mut()),
                wakers: array::from_fn(|_| AtomicU32::new(1)),
            });
        }
        segments.set(segment.as_ptr());
        first
    }
}

/// Gives up one ownership.
///
/// # Safety
///
/// The caller must be an owner, and is none afterwards.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn release(header: NonNull<SlotSetHeader>) {
    // SAFETY: an owner keeps the header alive.
    if unsafe { header.as_ref() }.owners.release() {
        // SAFETY: that was the last owner.
        unsafe { free(header) };
    }
}

/// # Safety
///
/// The header must have no owner.
#[cold]
#[inline(never)]
unsafe fn free(header: NonNull<SlotSetHeader>) {
    // SAFETY: nobody else is left by the caller's word; what is freed was allocated with these layouts.
    unsafe {
        let mut next = header.as_ref().segments.get();
        while let Some(segment) = NonNull::new(next) {
            let Segment { below, blocks, before } = *segment.as_ref();
            next = below;
            #[cfg(all(test, loom))]
            for index in 0..blocks {
                first_block(segment).add(index).drop_in_place();
            }
            deallocate(segment.cast(), before, layout_of(blocks));
        }
        drop(Box::from_raw(header.as_ptr()));
    }
}
