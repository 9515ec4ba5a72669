//! A boxed slice whose elements are pinned.

use std::pin::Pin;

/// The only way to an element is through its pin; nothing moves before the whole is dropped.
pub(super) struct PinnedSlice<T>(Box<[T]>);

impl<T> PinnedSlice<T> {
    pub(super) fn new(items: impl Iterator<Item = T>) -> Self {
        Self(items.collect())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    pub(super) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    pub(super) fn get(&mut self, index: usize) -> Pin<&mut T> {
        let item = &mut self.0[index];
        // SAFETY: structural pinning. The box is private to this module, no method here moves an element or gives out
        // `&mut T`, and elements are dropped in place with the box, whose heap block does not move when it does.
        unsafe { Pin::new_unchecked(item) }
    }
}
