//! Memory for blocks, which are aligned to more than an allocator does without being asked. Asked for more, some take much longer; so an
//! allocation is larger than needed, and its contents begin where it is aligned for them.

use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::alloc::Layout;
use core::ptr::NonNull;

/// Every allocator aligns so much without being asked.
const ALIGNED: usize = align_of::<usize>();

/// The layout of an allocation with room for `layout`, which it need not be aligned for. `None`: that is more than the address space holds.
pub(super) fn padded(layout: Layout) -> Option<Layout> {
    let size = layout.size().checked_add(layout.align().saturating_sub(ALIGNED))?;
    Layout::from_size_align(size, ALIGNED).ok()
}

/// Allocates memory. Gives where it is aligned for a `T`, and how many bytes of the allocation are before that.
///
/// # Safety
///
/// `padded` must be of [`padded`], for a layout that is aligned as a `T` and has a size.
pub(super) unsafe fn allocate<T>(padded: Layout) -> (NonNull<u8>, usize) {
    // SAFETY: the layout has a size, by the caller's word.
    let Some(start) = NonNull::new(unsafe { alloc(padded) }) else { handle_alloc_error(padded) };
    let before = start.addr().get().wrapping_neg() % align_of::<T>();
    // SAFETY: `padded` has added room for so much.
    (unsafe { start.byte_add(before) }, before)
}

/// Frees memory.
///
/// # Safety
///
/// `start` and `before` must be what [`allocate`] gave for this `padded`. The memory must not be used afterwards.
pub(super) unsafe fn deallocate(start: NonNull<u8>, before: usize, padded: Layout) {
    // SAFETY: the allocation began so many bytes before, and has this layout, by the caller's word.
    unsafe { dealloc(start.byte_sub(before).as_ptr(), padded) };
}
