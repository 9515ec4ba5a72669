//! Wakers of items: the address of a block plus the number of an item in it.

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use core::task::{RawWaker, RawWakerVTable, Waker};

use super::{ITEMS, ReadyBlock, ReadyTable, TableHeader, block, release};
use crate::unwind::OnDrop;

/// The wakers of 64 items.
#[derive(Clone, Copy)]
pub struct BlockWakers<'a> {
    pub(super) block: NonNull<ReadyBlock>,
    pub(super) table: PhantomData<&'a ReadyTable>,
}

impl BlockWakers<'_> {
    /// The waker of an item. It is no owner, so it must not outlive the table; its clones are.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn of(self, item: usize) -> ManuallyDrop<Waker> {
        debug_assert!(item < ITEMS);
        // SAFETY: a block is at least so long, and the functions of `OWNED` take such data. Clones are owners; this is none, and is not
        // dropped.
        ManuallyDrop::new(unsafe { Waker::new(self.block.byte_add(item).as_ptr().cast_const().cast(), &OWNED) })
    }
}

impl BlockWakers<'_> {
    /// Makes an item due in the next sweep which has woken itself, and the task, before there was a table.
    pub(in crate::in_task) fn mark(self, item: usize) {
        debug_assert!(item < ITEMS);
        // SAFETY: the table, which is borrowed here, keeps its header and its blocks.
        unsafe { wake_item::<true>(self.block.as_ref().header, self.block, item) };
    }
}

impl ReadyTable {
    /// Makes a waker of an item, which is an owner.
    ///
    /// # Safety
    ///
    /// There must be such an item, and the table must have an owner until this returns.
    pub(in crate::in_task::ready) unsafe fn clone_waker(header: NonNull<TableHeader>, item: usize) -> RawWaker {
        // SAFETY: there is such an item, so there is a block of it.
        let block = unsafe { block(header, item / ITEMS) };
        // SAFETY: it is the data of a waker, and the waker made here is an owner.
        unsafe { clone(block.byte_add(item % ITEMS).as_ptr().cast_const().cast()) }
    }
}

static OWNED: RawWakerVTable = RawWakerVTable::new(clone, wake, wake_by_ref, drop_owner);

/// The header, the block and the item of a waker's data.
///
/// # Safety
///
/// `data` must be that of a waker that [`BlockWakers::of`] made, and its table must have an owner.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn of(data: *const ()) -> (NonNull<TableHeader>, NonNull<ReadyBlock>, usize) {
    let item = data.addr() % ITEMS;
    // SAFETY: the data is the address of a block, which an owner keeps alive, plus the item's number in it.
    unsafe {
        let block = NonNull::new_unchecked(data.byte_sub(item).cast_mut().cast::<ReadyBlock>());
        (block.as_ref().header, block, item)
    }
}

/// # Safety
///
/// The caller must keep what [`of`] asks for.
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: an owner keeps the header alive.
    unsafe { &of(data).0.as_ref().owners }.add();
    RawWaker::new(data, &OWNED)
}

/// Wakes the item and gives up the waker's ownership.
///
/// # Safety
///
/// `data` must be that of a waker that is an owner, and is not used afterwards.
unsafe fn wake(data: *const ()) {
    // SAFETY: the waker is an owner.
    let (header, block, item) = unsafe { of(data) };
    // SAFETY: its ownership, which `wake` was given, is given up last, even where the task's waker panics.
    let _owner = OnDrop(|| unsafe { release(header) });
    // SAFETY: the waker is an owner until `_owner` is dropped.
    unsafe { wake_item::<false>(header, block, item) };
}

/// # Safety
///
/// The caller must keep what [`of`] asks for.
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: an owner keeps the table alive.
    unsafe {
        let (header, block, item) = of(data);
        wake_item::<false>(header, block, item);
    }
}

/// Marks an item as woken. `HANDED_ON`: the task has been woken already.
///
/// # Safety
///
/// The three must be what [`of`] gave, and the table must have an owner.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn wake_item<const HANDED_ON: bool>(header: NonNull<TableHeader>, block: NonNull<ReadyBlock>, item: usize) {
    // SAFETY: an owner keeps the table alive.
    unsafe { header.as_ref().woken.wake::<HANDED_ON>(block, &block.as_ref().woken, item) };
}

/// # Safety
///
/// `data` must be that of a waker that is an owner, and is not used afterwards.
unsafe fn drop_owner(data: *const ()) {
    // SAFETY: the waker's ownership is given up here.
    unsafe { release(of(data).0) };
}
