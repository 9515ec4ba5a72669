//! Wakers of items: the address of a block plus the number of an item in it.

use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::ptr::NonNull;
use core::sync::atomic::Ordering::{AcqRel, Relaxed};
use core::task::{RawWaker, RawWakerVTable, Waker};

use super::{ITEMS, ReadyChunk, ReadyTable, TableHeader, block, release};

/// The wakers of 64 items.
#[derive(Clone, Copy)]
pub struct ChunkWakers<'a> {
    pub(super) block: NonNull<ReadyChunk>,
    pub(super) table: PhantomData<&'a ReadyTable>,
}

impl ChunkWakers<'_> {
    /// That of an item: an owner of nothing, good for as long as the table.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn of(self, item: usize) -> ManuallyDrop<Waker> {
        debug_assert!(item < ITEMS);
        // SAFETY: a block is at least so long, and the functions of the table are those of such data. Clones are owners; this
        // is not dropped.
        ManuallyDrop::new(unsafe { Waker::new(self.block.byte_add(item).as_ptr().cast_const().cast(), &OWNED) })
    }
}

impl ChunkWakers<'_> {
    /// An item has woken itself before it had such a waker, and the task with it: it is due in the next sweep.
    pub(in crate::in_task) fn mark(self, item: usize) {
        debug_assert!(item < ITEMS);
        // SAFETY: the table, which is borrowed here, keeps its header and its blocks.
        unsafe { wake_item::<true>(self.block.as_ref().header, self.block, item) };
    }
}

impl ReadyTable {
    /// A waker of an item.
    ///
    /// # Safety
    ///
    /// There is such an item, and the table has an owner.
    pub(in crate::in_task::ready) unsafe fn keep(header: NonNull<TableHeader>, item: usize) -> RawWaker {
        // SAFETY: by contract.
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
/// `data` is that of a waker that [`ChunkWakers::of`] made, and its table has an owner.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn of(data: *const ()) -> (NonNull<TableHeader>, NonNull<ReadyChunk>, usize) {
    let item = data.addr() % ITEMS;
    // SAFETY: by contract, the block is before it.
    unsafe {
        let block = NonNull::new_unchecked(data.byte_sub(item).cast_mut().cast::<ReadyChunk>());
        (block.as_ref().header, block, item)
    }
}

/// # Safety
///
/// As of [`of`].
unsafe fn clone(data: *const ()) -> RawWaker {
    // SAFETY: by contract.
    unsafe { &of(data).0.as_ref().owners }.add();
    RawWaker::new(data, &OWNED)
}

/// # Safety
///
/// As of [`of`]; the owner is this waker.
unsafe fn wake(data: *const ()) {
    /// Also where the task's waker panics.
    struct TableOwner(NonNull<TableHeader>);
    impl Drop for TableOwner {
        #[cfg_attr(not(debug_assertions), inline(always))]
        fn drop(&mut self) {
            // SAFETY: the owner is the waker that is used up, and this is its last use.
            unsafe { release(self.0) };
        }
    }
    // SAFETY: by contract.
    unsafe {
        let (header, block, item) = of(data);
        let _owner = TableOwner(header);
        wake_item::<false>(header, block, item);
    }
}

/// # Safety
///
/// As of [`of`].
unsafe fn wake_by_ref(data: *const ()) {
    // SAFETY: by contract.
    unsafe {
        let (header, block, item) = of(data);
        wake_item::<false>(header, block, item);
    }
}

/// # Safety
///
/// As of [`of`], which gave them. `HANDED_ON`: the task has been woken already.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn wake_item<const HANDED_ON: bool>(header: NonNull<TableHeader>, block: NonNull<ReadyChunk>, item: usize) {
    // SAFETY: by contract.
    let (header, block_ref) = unsafe { (header.as_ref(), block.as_ref()) };
    if block_ref.woken.fetch_or(1 << item, AcqRel) != 0 {
        return;
    }
    let mut top = header.top.load(Relaxed);
    loop {
        block_ref.next.store(top, Relaxed);
        match header.top.compare_exchange_weak(top, block.as_ptr(), AcqRel, Relaxed) {
            Ok(_) => break,
            Err(other) => top = other,
        }
    }
    if top.is_null() {
        // SAFETY: the stack was empty; the list sees this in `take_woken` or its drop. The owner of `data` keeps the table.
        unsafe {
            if HANDED_ON {
                header.parent.wake_nobody();
            } else {
                header.parent.wake();
            }
        }
    }
}

/// # Safety
///
/// As of [`wake`].
unsafe fn drop_owner(data: *const ()) {
    // SAFETY: by contract.
    unsafe { release(of(data).0) };
}
