//! The slots of a list: one slice of futures, and one of fields.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::alloc::Layout;
use core::marker::PhantomData;
use core::mem::{MaybeUninit, forget, take};
use core::ptr::{NonNull, slice_from_raw_parts_mut};

/// [`SlotStates`](crate::in_task::slot_states::SlotStates) say which of them are there. Dropping this frees their memory and drops none.
///
/// The futures are behind a bare pointer, since they point into themselves: a reference to the slice would claim to be the only
/// way to them.
pub struct ListSlots<F, O> {
    futures: NonNull<F>,
    /// There are as many as futures.
    fields: Box<[MaybeUninit<O>]>,
    /// How many futures have not ended.
    pub(in crate::in_task) left: usize,
    owned: PhantomData<F>,
}

// SAFETY: the slots own their futures, as a box does.
unsafe impl<F: Send, O: Send> Send for ListSlots<F, O> {}
// SAFETY: a shared reference gives access to no future and no field.
unsafe impl<F: Sync, O: Sync> Sync for ListSlots<F, O> {}

impl<F, O> ListSlots<F, O> {
    pub(in crate::in_task) fn new(futures: Box<[F]>) -> Self {
        let left = futures.len();
        let fields = Box::new_uninit_slice(left);
        Self { futures: NonNull::from(Box::leak(futures)).cast(), fields, left, owned: PhantomData }
    }

    /// One slot, of an item that has ended.
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

    /// The address of a future, which stays there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn future(&mut self, item: usize) -> *mut F {
        assert!(item < self.len());
        // SAFETY: the slice of futures has so many.
        unsafe { self.futures.as_ptr().add(item) }
    }

    /// The slots from `first` on.
    ///
    /// # Safety
    ///
    /// `first` must be below [`len`](Self::len).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn from(&mut self, first: usize) -> SlotsFrom<'_, F, O> {
        debug_assert!(first < self.len());
        // SAFETY: both slices reach as far, by the caller's word.
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

    /// Takes a field out.
    ///
    /// # Safety
    ///
    /// The item must have its field. Afterwards it has none.
    pub(in crate::in_task) unsafe fn read(&mut self, item: usize) -> O {
        // SAFETY: the field is there, by the caller's word.
        unsafe { self.fields[item].assume_init_read() }
    }

    /// Takes all fields. No slot is left.
    ///
    /// # Safety
    ///
    /// Every item must have its field.
    pub(in crate::in_task) unsafe fn take(&mut self) -> Vec<O> {
        self.free_futures();
        // SAFETY: every field is there, by the caller's word.
        unsafe { take(&mut self.fields).assume_init() }.into_vec()
    }

    /// Drops all futures. No slot is left.
    ///
    /// # Safety
    ///
    /// Every item must have its future.
    pub(in crate::in_task) unsafe fn drop_futures(&mut self) {
        let futures = slice_from_raw_parts_mut(self.futures.as_ptr(), self.len());
        self.futures = NonNull::dangling();
        self.fields = Box::default();
        // SAFETY: every future is there, by the caller's word, and the slice came from a box of this length.
        drop(unsafe { Box::from_raw(futures) });
    }

    /// Frees the memory and drops nothing that is in it. No slot is left.
    pub(in crate::in_task) fn forget(&mut self) {
        self.free_futures();
        self.fields = Box::default();
    }

    /// Frees the memory of the futures and drops none. The fields are left, to be taken or forgotten next.
    fn free_futures(&mut self) {
        let futures = slice_from_raw_parts_mut(self.futures.as_ptr().cast::<MaybeUninit<F>>(), self.len());
        self.futures = NonNull::dangling();
        // SAFETY: the slice came from a box of this length. As `MaybeUninit` it drops no future.
        drop(unsafe { Box::from_raw(futures) });
    }
}

impl<F, O> Drop for ListSlots<F, O> {
    fn drop(&mut self) {
        self.forget();
    }
}

/// Makes a future of each item.
pub(crate) fn enter_all<M, F>(members: Vec<M>, enter: impl Fn(M) -> F) -> Box<[F]> {
    if Layout::new::<M>() == Layout::new::<F>() {
        enter_in_place(members, enter)
    } else {
        members.into_iter().map(enter).collect()
    }
}

/// Makes a future of each item in place. Where that changes nothing the compiler removes the loop, which it does not do with `collect`.
fn enter_in_place<M, F>(members: Vec<M>, enter: impl Fn(M) -> F) -> Box<[F]> {
    /// A slice that begins with futures and ends with members; between them is one that is being made.
    struct Entering<M, F> {
        members: *mut [M],
        entered: usize,
        futures: PhantomData<F>,
    }
    /// Frees the memory last. A box would claim until then to be the only way to it.
    struct Memory<M>(*mut [MaybeUninit<M>]);
    impl<M> Drop for Memory<M> {
        fn drop(&mut self) {
            // SAFETY: the memory came from a box.
            drop(unsafe { Box::from_raw(self.0) });
        }
    }
    impl<M, F> Drop for Entering<M, F> {
        fn drop(&mut self) {
            let (first, len, rest) = (self.members.cast::<M>(), self.members.len(), self.entered + 1);
            let _memory = Memory(slice_from_raw_parts_mut(first.cast::<MaybeUninit<M>>(), len));
            // SAFETY: `entered` items are futures; the next one was taken, and those after it are members.
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
        // SAFETY: the member is there and taken once. Its future has the same layout, so there is room for it.
        unsafe { place.cast::<F>().write(enter(place.read())) };
        entering.entered = item + 1;
    }
    forget(entering);
    // SAFETY: all items are futures now, and the box was allocated with their layout.
    unsafe { Box::from_raw(slice_from_raw_parts_mut(members.cast::<F>(), members.len())) }
}

/// The slots of a list from one on.
pub struct SlotsFrom<'a, F, O> {
    pub(in crate::in_task) first: usize,
    futures: *mut F,
    fields: *mut O,
    pub(in crate::in_task) left: &'a mut usize,
}

impl<F, O> SlotsFrom<'_, F, O> {
    /// The address of a future, which stays there.
    ///
    /// # Safety
    ///
    /// There must be such an item.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn future(&self, offset: usize) -> *mut F {
        // SAFETY: the slice of futures reaches as far, by the caller's word.
        unsafe { self.futures.add(offset) }
    }

    /// # Safety
    ///
    /// There must be such an item.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn write(&mut self, offset: usize, field: O) {
        // SAFETY: the slice of fields reaches as far, by the caller's word.
        unsafe { self.fields.add(offset).write(field) };
    }
}
