//! Parts on their way into a group.

use core::mem::ManuallyDrop;
use core::pin::Pin;

use super::node::pair::Pair;
use super::slot_states::{Mask, Masks};
use super::sweep::Part;

/// A member, or a tree of pairs of them.
pub trait Sown {
    type Part: Part;
    fn plant(self) -> Self::Part;
}

impl<N: Part> Sown for Seed<N> {
    type Part = N;
    #[inline]
    fn plant(self) -> N {
        self.plant()
    }
}

impl<A: Sown, B: Sown> Sown for (A, B) {
    type Part = Pair<A::Part, B::Part>;
    #[inline]
    fn plant(self) -> Self::Part {
        Pair::new(self.0.plant(), self.1.plant())
    }
}

/// A part that has not started. Single members do not know what is in their place, so it is this that drops them where a later
/// member panics on its way to becoming a future.
pub struct Seed<N: Part>(ManuallyDrop<N>);

impl<N: Part> Seed<N> {
    #[inline]
    pub(crate) fn new(part: N) -> Self {
        Self(ManuallyDrop::new(part))
    }

    #[inline]
    pub(crate) fn plant(self) -> N {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: it is taken once, and not dropped here.
        unsafe { ManuallyDrop::take(&mut this.0) }
    }
}

impl<N: Part> Drop for Seed<N> {
    fn drop(&mut self) {
        let mut all = Masks { live: Everybody, empty: Everybody };
        // SAFETY: nothing has started, so each member is live. This drops each once, and then what else is in the part. It does
        // not move meanwhile.
        unsafe {
            Pin::new_unchecked(&mut *self.0).clear(0, &mut all);
            ManuallyDrop::drop(&mut self.0);
        }
    }
}

/// All members, of whatever number.
#[derive(Clone, Copy)]
struct Everybody;

impl Mask for Everybody {
    const FEW: bool = false;
    const NONE: Self = Self;
    fn first(_: usize) -> Self {
        Self
    }
    fn has(self, _: usize) -> bool {
        true
    }
    fn is_empty(self) -> bool {
        false
    }
    fn insert(&mut self, _: usize) {}
    fn remove(&mut self, _: usize) {}
    fn and(self, _: Self) -> Self {
        self
    }
    fn without(self, _: Self) -> Self {
        self
    }
    fn has_any(self, _: usize, _: usize) -> bool {
        true
    }
}
