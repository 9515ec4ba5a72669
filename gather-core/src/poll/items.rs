//! The futures of a list and their fields: each in one slice, where they stay.

use std::marker::PhantomData;
use std::mem::{MaybeUninit, take};

/// Which of them there are is for [`Masks`](super::seats::Masks) to say; dropping this drops none.
pub struct Items<F, O> {
    futures: Box<[MaybeUninit<F>]>,
    fields: Box<[MaybeUninit<O>]>,
}

impl<F, O> Items<F, O> {
    pub(super) fn new(futures: impl Iterator<Item = F>) -> Self {
        let futures: Box<[F]> = futures.collect();
        // SAFETY: a slice of `MaybeUninit` has the layout of the slice, and asks for less.
        let futures = unsafe { Box::from_raw(Box::into_raw(futures) as *mut [MaybeUninit<F>]) };
        let fields = Box::new_uninit_slice(futures.len());
        Self { futures, fields }
    }

    /// One item that has ended.
    pub(super) fn ended(field: Option<O>) -> Self {
        let field = field.map_or_else(MaybeUninit::uninit, MaybeUninit::new);
        Self { futures: Box::new([MaybeUninit::uninit()]), fields: Box::new([field]) }
    }

    #[inline(always)]
    pub(super) fn len(&self) -> usize {
        self.futures.len()
    }

    /// Where a future is, which stays there.
    #[inline(always)]
    pub(super) fn future(&mut self, item: usize) -> *mut F {
        self.futures[item].as_mut_ptr()
    }

    /// The items from `first` on.
    ///
    /// # Safety
    ///
    /// There is an item `first`.
    #[inline(always)]
    pub(super) unsafe fn from(&mut self, first: usize) -> Run<'_, F, O> {
        debug_assert!(first < self.len());
        // SAFETY: by contract, and there are as many fields.
        unsafe {
            Run {
                first,
                futures: self.futures.as_mut_ptr().add(first).cast(),
                fields: self.fields.as_mut_ptr().add(first).cast(),
                items: PhantomData,
            }
        }
    }

    #[inline(always)]
    pub(super) fn write(&mut self, item: usize, field: O) {
        self.fields[item].write(field);
    }

    /// # Safety
    ///
    /// The item has its field, and then no more.
    pub(super) unsafe fn read(&mut self, item: usize) -> O {
        // SAFETY: by contract.
        unsafe { self.fields[item].assume_init_read() }
    }

    /// Takes all fields; there is no item any more.
    ///
    /// # Safety
    ///
    /// Every item has its field.
    pub(super) unsafe fn take(&mut self) -> Vec<O> {
        self.futures = Box::default();
        // SAFETY: by contract.
        unsafe { take(&mut self.fields).assume_init() }.into_vec()
    }

    /// Drops all futures; there is no item any more.
    ///
    /// # Safety
    ///
    /// Every item has its future.
    pub(super) unsafe fn drop_futures(&mut self) {
        self.fields = Box::default();
        // SAFETY: by contract.
        drop(unsafe { take(&mut self.futures).assume_init() });
    }

    /// Forgets all items.
    pub(super) fn forget(&mut self) {
        self.futures = Box::default();
        self.fields = Box::default();
    }
}

/// Some items in a row.
pub struct Run<'a, F, O> {
    pub(super) first: usize,
    futures: *mut F,
    fields: *mut O,
    items: PhantomData<&'a mut Items<F, O>>,
}

impl<F, O> Run<'_, F, O> {
    /// Where a future is, which stays there.
    ///
    /// # Safety
    ///
    /// There is such an item.
    #[inline(always)]
    pub(super) unsafe fn future(&self, offset: usize) -> *mut F {
        // SAFETY: by contract.
        unsafe { self.futures.add(offset) }
    }

    /// # Safety
    ///
    /// There is such an item.
    #[inline(always)]
    pub(super) unsafe fn write(&mut self, offset: usize, field: O) {
        // SAFETY: by contract.
        unsafe { self.fields.add(offset).write(field) };
    }
}
