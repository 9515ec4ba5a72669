//! What is in the slots of a group: futures, fields, or nothing.
//!
//! `docs/decisions/slot_states.md` says why these are masks.

use core::task::Context;

/// A set of members, by number.
pub trait BitSet: Copy {
    /// Whether no group that has it is large.
    const FEW: bool;
    const NONE: Self;
    /// The members below `n`.
    fn first(n: usize) -> Self;
    fn has(self, member: usize) -> bool;
    fn is_empty(self) -> bool;
    fn insert(&mut self, member: usize);
    fn remove(&mut self, member: usize);
    fn and(self, other: Self) -> Self;
    fn without(self, other: Self) -> Self;
    /// Whether it has any of `len` members from `from` on.
    fn has_any(self, from: usize, len: usize) -> bool;
}

macro_rules! mask {
    ($int:ty, few: $few:literal) => {
        impl BitSet for $int {
            const FEW: bool = $few;
            const NONE: Self = 0;
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn first(n: usize) -> Self {
                if n >= Self::BITS as usize { Self::MAX } else { (1 << n) - 1 }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn has(self, member: usize) -> bool {
                self >> member & 1 != 0
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn is_empty(self) -> bool {
                self == 0
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn insert(&mut self, member: usize) {
                *self |= 1 << member;
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn remove(&mut self, member: usize) {
                *self &= !(1 << member);
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn without(self, other: Self) -> Self {
                self & !other
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn has_any(self, from: usize, len: usize) -> bool {
                self & (Self::first(len) << from) != 0
            }
        }
    };
}
mask!(u8, few: true);
mask!(u64, few: false);

/// What is in the place of each member: its future if it is `pending`, nothing if it is `empty`, else its field.
#[derive(Clone, Copy)]
pub struct SlotStates<M> {
    pub(super) pending: M,
    pub(super) empty: M,
}

impl<M: BitSet> SlotStates<M> {
    /// `n` futures.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn full(n: usize) -> Self {
        Self { pending: M::first(n), empty: M::NONE }
    }

    /// The future is about to be dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_empty<F>(&mut self, member: usize) {
        self.pending.remove(member);
        // Nobody sees the moment in between where the destructor does nothing.
        if core::mem::needs_drop::<F>() {
            self.empty.insert(member);
        }
    }

    /// There is a field now, after [`set_empty`](Self::set_empty).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_done<F>(&mut self, member: usize) {
        if core::mem::needs_drop::<F>() {
            self.empty.remove(member);
        }
    }
}

/// What one sweep polls members with.
pub trait WakerSource {
    type BitSet: BitSet;
    /// Whether few of the members are due, as a rule.
    const SELECTS: bool;

    fn poll<R>(&mut self, cx: &mut Context<'_>, member: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R;
}
