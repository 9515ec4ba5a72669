//! The fields of a list whose items are pulled as they start.

use alloc::vec::Vec;
use core::mem::{ManuallyDrop, MaybeUninit, needs_drop, take};

use crate::unwind::clear_all;

/// The fields of a list whose items end in any order.
///
/// The list calls `start`, which gives the number of the next item, and later `store` or `fail` once, when that item has ended.
pub trait Results<O> {
    /// Whether a permit of the group's `limit` is held until the item's result is taken from here, and not only until the item
    /// has ended.
    const HELD: bool;
    /// What the list gives in the end.
    type Output;

    /// The items that have started.
    fn started(&self) -> usize;

    /// Makes room for so many items. The number is what the source says, which may be a lie.
    fn expect(&mut self, items: usize);

    /// Notes that one more item starts. Gives its number.
    fn start(&mut self) -> usize;

    /// Stores the field of an item.
    fn store(&mut self, item: usize, field: O);

    /// Notes that an item has no field, and never will have one.
    fn fail(&mut self, item: usize);

    /// Takes what the list gives. `None`: an item failed.
    ///
    /// # Safety
    ///
    /// No item must be in progress.
    unsafe fn take(&mut self) -> Option<Self::Output>;

    /// Drops all fields. `unfinished` are the items that have started and were neither stored nor failed.
    fn clear(&mut self, unfinished: Vec<usize>);
}

/// All fields, each where it is in the end.
///
/// Every item that has started has its place in `all`. There is a field in it once it was stored: so neither while the item is in
/// progress, which the pool knows, nor if it is among `failed`. That is the invariant; [`Results::store`] keeps it.
pub struct Collected<O> {
    all: Vec<MaybeUninit<O>>,
    failed: Vec<usize>,
}

/// The most fields to reserve room for on the word of the source.
const MOST_RESERVED: usize = 1 << 16;

impl<O> Collected<O> {
    pub(in crate::in_task) const fn new() -> Self {
        Self { all: Vec::new(), failed: Vec::new() }
    }
}

impl<O> Results<O> for Collected<O> {
    const HELD: bool = false;
    type Output = Vec<O>;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn started(&self) -> usize {
        self.all.len()
    }

    fn expect(&mut self, items: usize) {
        self.all.reserve(items.min(MOST_RESERVED / size_of::<O>().max(1)));
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start(&mut self) -> usize {
        self.all.push(MaybeUninit::uninit());
        self.all.len() - 1
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn store(&mut self, item: usize, field: O) {
        self.all[item].write(field);
    }

    fn fail(&mut self, item: usize) {
        self.failed.push(item);
    }

    unsafe fn take(&mut self) -> Option<Vec<O>> {
        if !self.failed.is_empty() {
            return None;
        }
        let mut all = ManuallyDrop::new(take(&mut self.all));
        // SAFETY: no item is in progress by the caller's word, and none failed, so every place has its field. `MaybeUninit<O>` has
        // the layout of `O`.
        Some(unsafe { Vec::from_raw_parts(all.as_mut_ptr().cast(), all.len(), all.capacity()) })
    }

    fn clear(&mut self, unfinished: Vec<usize>) {
        let (all, mut empty) = (take(&mut self.all), take(&mut self.failed));
        if !needs_drop::<O>() {
            return;
        }
        empty.extend(unfinished);
        empty.sort_unstable();
        drop(WithGaps { all, empty, next: 0 });
    }
}

/// Drops the fields that there are. Each is counted before it is dropped: the others follow where a destructor panics.
struct WithGaps<O> {
    all: Vec<MaybeUninit<O>>,
    /// The places without a field, in order.
    empty: Vec<usize>,
    next: usize,
}

impl<O> WithGaps<O> {
    fn drop_rest(&mut self) {
        while let Some(place) = self.all.get_mut(self.next) {
            let item = self.next;
            self.next += 1;
            if self.empty.binary_search(&item).is_err() {
                // SAFETY: by the invariant of `Collected`, of which `empty` lists all exceptions, there is a field; `next` is past it.
                unsafe { place.assume_init_drop() };
            }
        }
    }
}

impl<O> Drop for WithGaps<O> {
    fn drop(&mut self) {
        clear_all(self, Self::drop_rest);
    }
}
