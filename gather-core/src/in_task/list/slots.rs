//! The futures of a list and their fields: each in one slice, where they stay.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, forget, take};
use core::ptr::{NonNull, slice_from_raw_parts_mut};

/// Which of them there are is for [`SlotStates`](crate::in_task::slot_states::SlotStates) to say; dropping this drops none.
///
/// The futures are behind a bare pointer, since they point into themselves: a reference to the slice would claim to be the only
/// way to them.
pub struct ListSlots<F, O> {
    futures: NonNull<F>,
    /// As many as there are futures.
    fields: Box<[MaybeUninit<O>]>,
    /// How many futures have not ended.
    pub(in crate::in_task) left: usize,
    owned: PhantomData<F>,
}

// SAFETY: it owns its futures, as a box does.
unsafe impl<F: Send, O: Send> Send for ListSlots<F, O> {}
// SAFETY: as above.
unsafe impl<F: Sync, O: Sync> Sync for ListSlots<F, O> {}

impl<F, O> ListSlots<F, O> {
    pub(in crate::in_task) fn new(futures: Box<[F]>) -> Self {
        let left = futures.len();
        let fields = Box::new_uninit_slice(left);
        Self { futures: NonNull::from(Box::leak(futures)).cast(), fields, left, owned: PhantomData }
    }

    /// One item that has ended.
    pub(in crate::in_task) fn ended(field: Option<O>) -> Self {
        let futures: Box<[MaybeUninit<F>]> = Box::new([MaybeUninit::uninit()]);
        let field = field.map_or_else(MaybeUninit::uninit, MaybeUninit::new);
        Self {
            futures: NonNull::from(Box::leak(futures)).cast(),
            fields: Box::new([field]),
            left: 0,
            owned: PhantomData,
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn len(&self) -> usize {
        self.fields.len()
    }

    /// Where a future is, which stays there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn future(&mut self, item: usize) -> *mut F {
        assert!(item < self.len());
        // SAFETY: there are so many.
        unsafe { self.futures.as_ptr().add(item) }
    }

    /// The items from `first` on.
    ///
    /// # Safety
    ///
    /// There is an item `first`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn from(&mut self, first: usize) -> SlotsFrom<'_, F, O> {
        debug_assert!(first < self.len());
        // SAFETY: by contract, and there are as many fields.
        unsafe {
            SlotsFrom {
                first,
                futures: self.futures.as_ptr().add(first),
                fields: self.fields.as_mut_ptr().add(first).cast(),
                left: &mut self.left,
            }
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn write(&mut self, item: usize, field: O) {
        self.fields[item].write(field);
    }

    /// # Safety
    ///
    /// The item has its field, and then no more.
    pub(in crate::in_task) unsafe fn read(&mut self, item: usize) -> O {
        // SAFETY: by contract.
        unsafe { self.fields[item].assume_init_read() }
    }

    /// Takes all fields; there is no item any more.
    ///
    /// # Safety
    ///
    /// Every item has its field.
    pub(in crate::in_task) unsafe fn take(&mut self) -> Vec<O> {
        self.free_futures();
        // SAFETY: by contract.
        unsafe { take(&mut self.fields).assume_init() }.into_vec()
    }

    /// Drops all futures; there is no item any more.
    ///
    /// # Safety
    ///
    /// Every item has its future.
    pub(in crate::in_task) unsafe fn drop_futures(&mut self) {
        let futures = slice_from_raw_parts_mut(self.futures.as_ptr(), self.len());
        self.futures = NonNull::dangling();
        self.fields = Box::default();
        // SAFETY: by contract, and it came from a box of this length.
        drop(unsafe { Box::from_raw(futures) });
    }

    /// Forgets all items.
    pub(in crate::in_task) fn forget(&mut self) {
        self.free_futures();
        self.fields = Box::default();
    }

    /// Leaves fields that are taken or forgotten next.
    fn free_futures(&mut self) {
        let futures = slice_from_raw_parts_mut(self.futures.as_ptr().cast::<MaybeUninit<F>>(), self.len());
        self.futures = NonNull::dangling();
        // SAFETY: it came from a box of this length. It drops no future.
        drop(unsafe { Box::from_raw(futures) });
    }
}

impl<F, O> Drop for ListSlots<F, O> {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Makes each member its future.
pub(crate) fn enter_all<M, F>(members: Vec<M>, enter: impl Fn(M) -> F) -> Box<[F]> {
    if Layout::new::<M>() == Layout::new::<F>() {
        enter_in_place(members, enter)
    } else {
        members.into_iter().map(enter).collect()
    }
}

/// Makes each member its future where it is. Nothing is done where that changes nothing, which `collect` does not see.
fn enter_in_place<M, F>(members: Vec<M>, enter: impl Fn(M) -> F) -> Box<[F]> {
    /// Futures, one place for what is on its way, members.
    struct Entering<M, F> {
        members: *mut [M],
        entered: usize,
        futures: PhantomData<F>,
    }
    /// Freed when all is gone: until then a box would claim to be the only way to it.
    struct Memory<M>(*mut [MaybeUninit<M>]);
    impl<M> Drop for Memory<M> {
        fn drop(&mut self) {
            // SAFETY: it came from a box.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }
    impl<M, F> Drop for Entering<M, F> {
        fn drop(&mut self) {
            let (first, len, rest) = (self.members.cast::<M>(), self.members.len(), self.entered + 1);
            let _memory = Memory(slice_from_raw_parts_mut(first.cast::<MaybeUninit<M>>(), len));
            // SAFETY: so many are futures, and those after the one that is gone are members.
            unsafe {
                slice_from_raw_parts_mut(first.cast::<F>(), self.entered).drop_in_place();
                slice_from_raw_parts_mut(first.add(rest), len - rest).drop_in_place();
            }
        }
    }
    assert_eq!(Layout::new::<M>(), Layout::new::<F>());
    let members = Box::into_raw(members.into_boxed_slice());
    let mut entering = Entering::<M, F> { members, entered: 0, futures: PhantomData };
    for item in 0..members.len() {
        let place = members.cast::<M>().wrapping_add(item);
        // SAFETY: there is a member, which is taken once, and as much room for its future.
        unsafe { place.cast::<F>().write(enter(place.read())) };
        entering.entered = item + 1;
    }
    forget(entering);
    // SAFETY: all are futures, in a box made for things of their layout.
    unsafe { Box::from_raw(slice_from_raw_parts_mut(members.cast::<F>(), members.len())) }
}

/// Some items in a row.
pub struct SlotsFrom<'a, F, O> {
    pub(in crate::in_task) first: usize,
    futures: *mut F,
    fields: *mut O,
    pub(in crate::in_task) left: &'a mut usize,
}

impl<F, O> SlotsFrom<'_, F, O> {
    /// Where a future is, which stays there.
    ///
    /// # Safety
    ///
    /// There is such an item.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn future(&self, offset: usize) -> *mut F {
        // SAFETY: by contract.
        unsafe { self.futures.add(offset) }
    }

    /// # Safety
    ///
    /// There is such an item.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn write(&mut self, offset: usize, field: O) {
        // SAFETY: by contract.
        unsafe { self.fields.add(offset).write(field) };
    }
}
