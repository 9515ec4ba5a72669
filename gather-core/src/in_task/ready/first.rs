//! Items of a long list before one of them has to wait: as long as each is ready at once, it need not be known who was woken.
//!
//! They are polled with a waker on the stack of the sweep, as members of a short group are (see [`word`](super::word)). The first
//! clone of it makes the list's [`ReadyTable`], and is a waker of that.

use core::mem::ManuallyDrop;
use core::ptr::{NonNull, null_mut};
use core::sync::atomic::Ordering::{AcqRel, Acquire, Relaxed};
use core::task::{RawWaker, Waker};

use super::stack_waker::StackWaker;
use super::table::{ReadyTable, TableHeader};
use crate::sync::{AtomicPtr, AtomicUsize};

/// The first polls of a list's items, which their waker points at.
pub struct TableStackWaker<'a> {
    /// The item that is being polled.
    item: AtomicUsize,
    /// The item that was the last to wake itself.
    woken: AtomicUsize,
    /// Owned; null until an item keeps its waker.
    table: AtomicPtr<TableHeader>,
    len: usize,
    task: &'a Waker,
}

impl<'a> TableStackWaker<'a> {
    /// For a list of `len` items.
    pub(in crate::in_task) fn new(len: usize, task: &'a Waker) -> Self {
        let none = || AtomicUsize::new(usize::MAX);
        Self { item: none(), woken: none(), table: AtomicPtr::new(null_mut()), len, task }
    }

    /// `item` is polled next.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn begin(&self, item: usize) {
        self.item.store(item, Relaxed);
    }

    /// # Safety
    ///
    /// This must stay where it is as long as the waker is used. The waker must be lent to polls of items only: who keeps it has to clone it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn waker(&self) -> ManuallyDrop<Waker> {
        // SAFETY: the caller keeps what `lend` asks for.
        unsafe { self.lend(Self::VTABLE) }
    }

    /// Whether the last item has woken itself. Then the task has been woken.
    pub(in crate::in_task) fn has_woken(&self) -> bool {
        self.woken.load(Relaxed) == self.item.load(Relaxed)
    }

    /// The list's table, all of whose items are due.
    pub(in crate::in_task) fn into_table(self) -> ReadyTable {
        self.take_table().unwrap_or_else(|| ReadyTable::new(self.len, self.task))
    }

    fn take_table(&self) -> Option<ReadyTable> {
        let header = NonNull::new(self.table.swap(null_mut(), AcqRel))?;
        // SAFETY: it was made here, and is taken once.
        Some(unsafe { ReadyTable::of(header) })
    }
}

impl Drop for TableStackWaker<'_> {
    fn drop(&mut self) {
        drop(self.take_table());
    }
}

impl StackWaker for TableStackWaker<'_> {
    /// Makes the table, if there is none so far, and a waker of the item that is being polled.
    unsafe fn clone_waker(&self) -> RawWaker {
        let header = NonNull::new(self.table.load(Acquire)).unwrap_or_else(|| self.make());
        // SAFETY: this owns the table for as long as items are polled.
        unsafe { ReadyTable::clone_waker(header, self.item.load(Relaxed)) }
    }

    fn wake_self(&self) {
        let handed_on = self.woken.load(Relaxed) != usize::MAX;
        self.woken.store(self.item.load(Relaxed), Relaxed);
        if !handed_on {
            self.task.wake_by_ref();
        }
    }
}

impl TableStackWaker<'_> {
    /// Makes the table. An item that clones its waker on several threads may come here twice at once.
    #[cold]
    #[inline(never)]
    fn make(&self) -> NonNull<TableHeader> {
        let table = ReadyTable::new(self.len, self.task);
        let header = table.header();
        match self.table.compare_exchange(null_mut(), header.as_ptr(), AcqRel, Acquire) {
            Ok(_) => {
                core::mem::forget(table);
                header
            }
            // SAFETY: it is not null.
            Err(other) => unsafe { NonNull::new_unchecked(other) },
        }
    }
}
