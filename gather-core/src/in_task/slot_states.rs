//! The states of the slots of a group: each holds a future, a field, or nothing.
//!
//! Two sets of bits say it for all slots at once, and not a tag in each slot: bits stay in registers during a sweep.
//! `docs/decisions/slot_states.md` says more.

use core::task::Context;

/// A set of slots, by number.
pub trait BitSet: Copy {
    /// Whether groups that use this set are small.
    const FEW: bool;
    const NONE: Self;
    /// The slots below `n`.
    fn first(n: usize) -> Self;
    fn has(self, member: usize) -> bool;
    fn is_empty(self) -> bool;
    fn insert(&mut self, member: usize);
    fn remove(&mut self, member: usize);
    /// The slots whose bits are set in `bits`, the lowest first.
    ///
    /// # Panics
    ///
    /// If one is none of the set's.
    fn of(bits: u64) -> Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn without(self, other: Self) -> Self;
    /// Whether any of the `len` slots from `from` on is in it.
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
            fn of(bits: u64) -> Self {
                Self::try_from(bits).unwrap_or_else(|_| unreachable!("a group has no more slots than its set"))
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn or(self, other: Self) -> Self {
                self | other
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

/// The states of a group's slots, by two bits for each.
///
/// | in `pending` | in `empty` | the slot |
/// | --- | --- | --- |
/// | yes | no | holds its future |
/// | yes | yes | holds its future, which has not started: a pass asks first whether it may |
/// | no | yes | holds nothing |
/// | no | no | is done: it holds its field |
#[derive(Clone, Copy)]
pub struct SlotStates<M> {
    pub(super) pending: M,
    pub(super) empty: M,
}

impl<M: BitSet> SlotStates<M> {
    /// States of `n` slots that all hold their futures.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn full(n: usize) -> Self {
        Self { pending: M::first(n), empty: M::NONE }
    }

    /// The slots whose futures have not started.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn unstarted(&self) -> M {
        self.pending.and(self.empty)
    }

    /// Whether the future of a slot that is pending has started.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn has_started(&self, member: usize) -> bool {
        !self.empty.has(member)
    }

    /// Notes that the future of a slot that is pending starts, or ends without.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_started(&mut self, member: usize) {
        self.empty.remove(member);
    }

    /// Notes that a slot's future, which has started, is about to be dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_empty<F>(&mut self, member: usize) {
        self.pending.remove(member);
        // A destructor that does nothing cannot panic, so nobody sees the slot before it is done.
        if core::mem::needs_drop::<F>() {
            self.empty.insert(member);
        }
    }

    /// Notes that the slot has its field now, after [`set_empty`](Self::set_empty).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_done<F>(&mut self, member: usize) {
        if core::mem::needs_drop::<F>() {
            self.empty.remove(member);
        }
    }
}

/// The wakers that members are polled with during one pass.
pub trait WakerSource {
    type BitSet: BitSet;
    /// Whether few members are due, as a rule, so that it pays to skip those that are not.
    const SELECTS: bool;

    fn poll<P: PollDue>(&mut self, cx: &mut Context<'_>, member: usize, polled: &mut P) -> P::Output;
}

/// A member that is about to be polled. A type and not a closure: a closure that is handed on cannot be told to be inlined, and without
/// optimisation each fn that it is handed to has copies of it on the stack.
pub trait PollDue {
    type Output;
    /// To be called once.
    fn poll_due(&mut self, cx: &mut Context<'_>) -> Self::Output;
}
