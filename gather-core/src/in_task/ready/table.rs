//! Which items of a list were woken, whatever its length.
//!
//! One allocation: a [`TableHeader`], a [`ReadyBlock`] for each 64 items, and two levels of bits that say which blocks have due items. The data
//! of an item's waker is the address of its block plus its number in it. A wake marks the item in its block, which is pushed on the list's
//! [`WokenStack`].
//!
//! Blocks come off the stack in no order. The bits bring them back into that of the list: sorting would cost more, and memory.

mod layout;
#[cfg(all(test, loom))]
mod model;
mod wakers;

use core::cell::Cell;
use core::marker::PhantomData;
use core::ops::Range;
use core::ptr::NonNull;
use core::task::Waker;

use self::layout::TableLayout;
use self::wakers::BlockWakers;
use super::aligned::{allocate, deallocate};
use super::owners::Owners;
use super::woken_stack::{WokenMarks, WokenStack};
use crate::in_task::slot_states::{BitSet, SlotStates};
use crate::unwind::OnDrop;

/// Items of a block.
pub(in crate::in_task) const ITEMS: usize = 64;

#[repr(align(64))]
pub struct TableHeader {
    /// The list and its wakers.
    owners: Owners,
    woken: WokenStack<ReadyBlock>,
    blocks: usize,
    /// Bytes of the allocation before it.
    before: usize,
}

#[repr(align(64))]
struct ReadyBlock {
    woken: WokenMarks<ReadyBlock>,
    header: NonNull<TableHeader>,
    index: usize,
    /// The list's.
    state: Cell<BlockState>,
}

/// The states of 64 items, and which of them are to be polled.
#[derive(Clone, Copy)]
pub struct BlockState {
    pub(in crate::in_task) states: SlotStates<u64>,
    pub(in crate::in_task) due: u64,
}

/// The list's end.
pub struct ReadyTable {
    header: NonNull<TableHeader>,
    /// One bit for each block with due items, and one for each word of these.
    levels: [NonNull<[u64]>; 2],
    /// Whether any of these bits is set.
    has_due_blocks: bool,
    items: PhantomData<ReadyBlock>,
}

// SAFETY: what threads share is in atomics; what is the list's alone is used through `&mut ReadyTable` only.
unsafe impl Send for ReadyTable {}
// SAFETY: through `&ReadyTable` only atomics are used.
unsafe impl Sync for ReadyTable {}

impl ReadyTable {
    /// A table of `len` items, all due.
    pub(in crate::in_task) fn new(len: usize, task: &Waker) -> Self {
        let blocks = len.div_ceil(ITEMS);
        let parts = TableLayout::of(blocks);
        let woken = WokenStack::new(task);
        // SAFETY: a layout of a header, which has a size, and what is aligned as it is.
        let (start, before) = unsafe { allocate::<TableHeader>(parts.padded) };
        let header = start.cast::<TableHeader>();
        // SAFETY: the allocation holds what `parts` says, where it says.
        unsafe {
            header.write(TableHeader { owners: Owners::one(), woken, blocks, before });
            let first = header.byte_add(parts.blocks).cast::<ReadyBlock>();
            for index in 0..blocks {
                let items = (len - index * ITEMS).min(ITEMS);
                let state = BlockState { states: SlotStates::full(items), due: u64::first(items) };
                first.add(index).write(ReadyBlock { woken: WokenMarks::new(), header, index, state: Cell::new(state) });
            }
            let mut below = blocks;
            for level in parts.levels {
                let words = header.byte_add(level).cast::<u64>();
                let len = below.div_ceil(64);
                for word in 0..len {
                    words.add(word).write(u64::first(below - word * 64));
                }
                below = len;
            }
            Self::of(header)
        }
    }

    /// A table whose wakes go nowhere, for a list whose items are being ended or dropped, or all polled with the task's own waker.
    #[cold]
    pub(in crate::in_task) fn of_nobody(len: usize) -> Self {
        Self::new(len, Waker::noop())
    }

    /// # Safety
    ///
    /// `header` must come from a table that [`new`](Self::new) made and whose ownership was kept for this; all blocks must be due.
    pub(super) unsafe fn of(header: NonNull<TableHeader>) -> Self {
        // SAFETY: the caller's ownership keeps the allocation alive, here and below.
        let mut below = unsafe { header.as_ref() }.blocks;
        let levels = TableLayout::of(below).levels.map(|level| {
            below = below.div_ceil(64);
            // SAFETY: the allocation holds what `TableLayout` says, where it says.
            NonNull::slice_from_raw_parts(unsafe { header.byte_add(level) }.cast(), below)
        });
        Self { header, levels, has_due_blocks: true, items: PhantomData }
    }

    pub(super) fn header(&self) -> NonNull<TableHeader> {
        self.header
    }

    fn block(&self, index: usize) -> NonNull<ReadyBlock> {
        // SAFETY: the table owns it.
        assert!(index < unsafe { self.header.as_ref() }.blocks);
        // SAFETY: there are so many.
        unsafe { block(self.header, index) }
    }

    /// Notes that the first `items`, which were all due, have ended.
    pub(in crate::in_task) fn end_prefix(&mut self, items: usize) {
        for index in 0..items / ITEMS {
            let state = self.entry(index).into_state();
            (state.states.pending, state.due) = (0, 0);
            self.clear_due(index);
        }
        let ended = u64::first(items % ITEMS);
        if ended != 0 {
            let state = self.entry(items / ITEMS).into_state();
            state.states.pending &= !ended;
            state.due &= !ended;
        }
    }

    /// The 64 items from `64 * index` on.
    pub(in crate::in_task) fn entry(&mut self, index: usize) -> BlockMut<'_> {
        BlockMut { block: self.block(index), table: PhantomData }
    }

    fn level(&mut self, level: usize) -> &mut [u64] {
        // SAFETY: it is in the table's allocation, and the list's alone.
        unsafe { self.levels[level].as_mut() }
    }

    /// Whether the bits say that blocks have due items.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn any_due(&self) -> bool {
        self.has_due_blocks
    }

    /// Visits the blocks with due items, those in `window` if there is one, in order. Goes on as long as `visit` says so.
    pub(in crate::in_task) fn for_each_due(
        &mut self,
        window: Option<&Range<usize>>,
        mut visit: impl FnMut(BlockMut<'_>) -> bool,
    ) {
        let mut next = self.next_due(window.map_or(0, |window| window.start / ITEMS), window);
        while let Some(block) = next {
            let goes_on = visit(BlockMut { block, table: PhantomData });
            let entry = BlockMut { block, table: PhantomData };
            let index = entry.index();
            if !entry.has_due() {
                self.clear_due(index);
            }
            next = if goes_on { self.next_due(index + 1, window) } else { None };
        }
    }

    /// Makes due what was woken since the last call. From now on wakes go to `task`. Where only one block has due items, the block and
    /// these items are given instead, and not noted in it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn take_woken(&mut self, task: &Waker) -> Option<(BlockMut<'_>, u64)> {
        // SAFETY: the table owns its header, and is the list's.
        let mut top = unsafe { self.header.as_ref().woken.take(task) }?;
        loop {
            // SAFETY: what is on the stack is a block of this table.
            let block = unsafe { top.as_ref() };
            let (woken, below) = block.woken.take();
            let state = BlockMut { block: top, table: PhantomData }.into_state();
            let due = woken & state.states.pending;
            if below.is_null() && !self.has_due_blocks {
                return Some((BlockMut { block: top, table: PhantomData }, due));
            }
            state.due |= due;
            self.mark_due(block.index);
            top = NonNull::new(below)?;
        }
    }

    /// Notes that a block may have due items.
    #[inline(never)]
    pub(in crate::in_task) fn mark_due(&mut self, index: usize) {
        self.level(0)[index / 64] |= 1 << (index % 64);
        self.level(1)[index / (64 * 64)] |= 1 << (index / 64 % 64);
        self.has_due_blocks = true;
    }

    /// The first block from `index` on with due items.
    #[inline(never)]
    fn next_due(&mut self, index: usize, window: Option<&Range<usize>>) -> Option<NonNull<ReadyBlock>> {
        let low = self.level(0).get(index / 64)? >> (index % 64);
        let found = if low != 0 {
            index + low.trailing_zeros() as usize
        } else {
            // The rest of this word is empty, and so may be those after it.
            let mut word = index / 64 + 1;
            loop {
                let high = self.level(1).get(word / 64)? >> (word % 64);
                if high != 0 {
                    let word = word + high.trailing_zeros() as usize;
                    break word * 64 + self.level(0)[word].trailing_zeros() as usize;
                }
                word = (word / 64 + 1) * 64;
            }
        };
        window.is_none_or(|window| found * ITEMS < window.end).then(|| self.block(found))
    }

    /// Notes that no item of a block is due.
    #[inline(never)]
    fn clear_due(&mut self, index: usize) {
        let low = &mut self.level(0)[index / 64];
        *low &= !(1 << (index % 64));
        if *low == 0 {
            let high = &mut self.level(1)[index / (64 * 64)];
            *high &= !(1 << (index / 64 % 64));
            if *high == 0 {
                self.has_due_blocks = self.level(1).iter().any(|word| *word != 0);
            }
        }
    }
}

/// 64 items of a list.
pub struct BlockMut<'a> {
    block: NonNull<ReadyBlock>,
    table: PhantomData<&'a mut ReadyTable>,
}

impl<'a> BlockMut<'a> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn into_state(self) -> &'a mut BlockState {
        self.split().1
    }

    /// Borrows the same block for a shorter time.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn reborrow(&mut self) -> BlockMut<'_> {
        BlockMut { block: self.block, table: PhantomData }
    }

    /// The wakers of its items, and where these are.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn split(self) -> (BlockWakers<'a>, &'a mut BlockState) {
        // SAFETY: the table owns it, and the state is the list's alone.
        let state = unsafe { &mut *self.block.as_ref().state.as_ptr() };
        (BlockWakers { block: self.block, table: PhantomData }, state)
    }

    /// The number of its first item in the list.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn first(&self) -> usize {
        self.index() * ITEMS
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn index(&self) -> usize {
        // SAFETY: a block of the table.
        unsafe { self.block.as_ref() }.index
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_due(&self) -> bool {
        // SAFETY: a block of the table.
        unsafe { self.block.as_ref() }.state.get().due != 0
    }
}

impl Drop for ReadyTable {
    fn drop(&mut self) {
        let header = self.header;
        // SAFETY: the list's ownership is given up last, even where the destructor of the task's waker panics.
        let _owner = OnDrop(|| unsafe { release(header) });
        // SAFETY: the list is an owner until `_owner` is dropped; this is the list, once.
        unsafe {
            let woken = &self.header.as_ref().woken;
            woken.close();
            woken.retire();
        }
    }
}

/// # Safety
///
/// The table must be alive, and have more than `index` blocks.
unsafe fn block(header: NonNull<TableHeader>, index: usize) -> NonNull<ReadyBlock> {
    // SAFETY: the blocks follow the header, and there are so many.
    unsafe { header.byte_add(size_of::<TableHeader>()).cast::<ReadyBlock>().add(index) }
}

/// Gives up one ownership.
///
/// # Safety
///
/// The caller must be an owner, and is none afterwards.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn release(header: NonNull<TableHeader>) {
    // SAFETY: the caller is an owner, which keeps the header alive.
    if unsafe { header.as_ref() }.owners.release() {
        // SAFETY: that was the last owner.
        unsafe { free(header) };
    }
}

/// # Safety
///
/// The table must have no owner.
#[cold]
#[inline(never)]
unsafe fn free(header: NonNull<TableHeader>) {
    // SAFETY: nobody else is left, by the caller's word. The allocation has the layout that it was made with.
    unsafe {
        let TableHeader { blocks, before, .. } = *header.as_ref();
        let first = header.byte_add(size_of::<TableHeader>()).cast::<ReadyBlock>();
        for index in 0..blocks {
            first.add(index).drop_in_place();
        }
        header.drop_in_place();
        deallocate(header.cast(), before, TableLayout::of(blocks).padded);
    }
}
