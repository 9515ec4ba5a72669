//! Parts on their way into a group.

use core::mem::ManuallyDrop;
use core::pin::Pin;

use super::node::pair::Pair;
use super::slot_states::{BitSet, SlotStates};
use super::sweep::Node;

/// A member, or a tree of pairs of them.
pub trait IntoNode {
    type Node: Node;
    fn into_node(self) -> Self::Node;
}

impl<N: Node> IntoNode for Unpolled<N> {
    type Node = N;
    #[inline]
    fn into_node(self) -> N {
        self.into_node()
    }
}

impl<A: IntoNode, B: IntoNode> IntoNode for (A, B) {
    type Node = Pair<A::Node, B::Node>;
    #[inline]
    fn into_node(self) -> Self::Node {
        Pair::new(self.0.into_node(), self.1.into_node())
    }
}

/// A part that has not started. Single members do not know what is in their place, so it is this that drops them where a later
/// member panics on its way to becoming a future.
pub struct Unpolled<N: Node>(ManuallyDrop<N>);

impl<N: Node> Unpolled<N> {
    #[inline]
    pub(crate) fn new(part: N) -> Self {
        Self(ManuallyDrop::new(part))
    }

    #[inline]
    pub(crate) fn into_node(self) -> N {
        let mut this = ManuallyDrop::new(self);
        // SAFETY: it is taken once, and not dropped here.
        unsafe { ManuallyDrop::take(&mut this.0) }
    }
}

impl<N: Node> Drop for Unpolled<N> {
    fn drop(&mut self) {
        let mut all = SlotStates { pending: EverySlot, empty: EverySlot };
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
struct EverySlot;

impl BitSet for EverySlot {
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
