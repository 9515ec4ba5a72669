//! The blocks with woken members, on a stack: a wake costs the same however many blocks there are.
//!
//! A wake marks its member in its block and pushes the block, unless it is on the stack. Who finds the stack empty wakes the task. The
//! list takes the whole stack at once.

use core::ptr::{NonNull, null_mut, without_provenance_mut};
use core::sync::atomic::Ordering::{AcqRel, Relaxed};
use core::task::Waker;

use super::parent::ParentWaker;
use crate::sync::{AtomicPtr, AtomicU64};

/// The stack of a list with the blocks `B`, and the task that is woken.
pub(super) struct WokenStack<B> {
    /// [`closed`](Self::closed) once the list is over.
    top: AtomicPtr<B>,
    parent: ParentWaker,
}

/// The part of a block: which of its members were woken, and its place on the stack.
pub(super) struct WokenMarks<B> {
    /// Members that were woken since the list last looked, as bits.
    marks: AtomicU64,
    /// The block below on the stack.
    below: AtomicPtr<B>,
}

impl<B> WokenMarks<B> {
    pub(super) fn new() -> Self {
        Self { marks: AtomicU64::new(0), below: AtomicPtr::new(null_mut()) }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn has(&self, member: usize) -> bool {
        self.marks.load(Relaxed) >> member & 1 != 0
    }

    /// Takes the marks of a block that was taken off the stack, and gives the block below it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn take(&self) -> (u64, *mut B) {
        // First what is below: the block may be on the stack again as soon as its marks are taken.
        let below = self.below.load(Relaxed);
        (self.marks.swap(0, AcqRel), below)
    }
}

impl<B> WokenStack<B> {
    pub(super) fn new(task: &Waker) -> Self {
        Self { top: AtomicPtr::new(null_mut()), parent: ParentWaker::new(task.clone()) }
    }

    /// Marks a member as woken, and wakes the task if nothing was marked so far, unless `HANDED_ON`: the task has been woken already.
    ///
    /// # Safety
    ///
    /// `marks` must be those of `block`, a block of this list. It must be alive, and this too, until this returns.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn wake<const HANDED_ON: bool>(&self, block: NonNull<B>, marks: &WokenMarks<B>, member: usize) {
        if marks.marks.fetch_or(1 << member, AcqRel) != 0 {
            return;
        }
        let mut top = self.top.load(Relaxed);
        loop {
            marks.below.store(top, Relaxed);
            match self.top.compare_exchange_weak(top, block.as_ptr(), AcqRel, Relaxed) {
                Ok(_) => break,
                Err(other) => top = other,
            }
        }
        if top.is_null() {
            // SAFETY: this wake alone found the stack empty; the list reports it in `take` or `close`. The caller keeps this alive.
            unsafe {
                if HANDED_ON {
                    self.parent.wake_nobody();
                } else {
                    self.parent.wake();
                }
            }
        }
    }

    /// Takes the stack and gives the block on top, whose [marks](WokenMarks::take) tell of the block below. From now on wakes go to `task`.
    ///
    /// # Safety
    ///
    /// Only the list may call this.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn take(&self, task: &Waker) -> Option<NonNull<B>> {
        // SAFETY: this is the list, and looks at the stack below.
        unsafe { self.parent.register(task) };
        let top = NonNull::new(self.top.swap(null_mut(), AcqRel))?;
        // SAFETY: the stack was not empty, so one wake found it empty; this is the list, which reports it once.
        unsafe { self.parent.begin() };
        Some(top)
    }

    /// Ends the stack: no wake finds it empty any more.
    ///
    /// # Safety
    ///
    /// Only the list may call this, and nothing else of it afterwards but [`retire`](Self::retire).
    pub(super) unsafe fn close(&self) {
        if !self.top.swap(Self::closed(), AcqRel).is_null() {
            // SAFETY: one wake found the stack empty since the list last looked; this is the list, which reports it once.
            unsafe { self.parent.begin() };
        }
    }

    /// Nothing keeps the task any more.
    ///
    /// # Safety
    ///
    /// Only the list may call this, once, after [`close`](Self::close).
    pub(super) unsafe fn retire(&self) {
        // SAFETY: this is the list; since `close` nobody finds the stack empty.
        unsafe { self.parent.retire() };
    }

    /// On top of the stack of a list that is over: no block.
    fn closed() -> *mut B {
        without_provenance_mut(align_of::<B>())
    }
}
