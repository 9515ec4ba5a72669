//! A sweep begins with the first member, or one further than the last sweep, if that has used up tokio's budget: else members at the end
//! would never get any of it. Tokio's `join!` begins one further each time, for the same reason.

use super::slot_states::BitSet;
use crate::policy::POLLED_AFTER_THE_END;

/// The member that the next sweep begins with. [`OVER`](Self::OVER): the group is over, and every future and every field is gone.
pub struct NextMember(pub(super) u32);

impl NextMember {
    /// The next sweep begins with the first member.
    pub(super) const FIRST: Self = Self(0);
    pub(super) const OVER: Self = Self(u32::MAX);
    /// Added while a sweep of slots goes on with those before it. There are at most 64 of these.
    const SECOND_PART: u32 = 1 << 31;

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn is_over(&self) -> bool {
        self.0 == Self::OVER.0
    }

    /// Whether the next sweep does not begin with the first member, or the group is over.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn is_later(&self) -> bool {
        self.0 != 0
    }

    /// Panics if the group is over.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn assert_not_over(&self) {
        assert!(!self.is_over(), "{POLLED_AFTER_THE_END}");
    }

    /// After a sweep of `seen` members and items: the next one begins with the first member, or one further than this one did, where it may
    /// have been cut `short` and the budget is used up.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn end_sweep(&mut self, short: bool, seen: usize) {
        self.0 = if short && budget_spent() { self.one_further(seen) } else { 0 };
    }

    /// The member after this one, of `seen` members and items.
    pub(super) fn one_further(&self, seen: usize) -> u32 {
        // In a group of more than `u32::MAX` members the next sweep begins with the first.
        u32::try_from(((self.0 & !Self::SECOND_PART) as usize + 1) % seen.max(1)).unwrap_or(0) % Self::OVER.0
    }

    /// A sweep that does not begin with the first slot has two parts: the slots from this one on, then those before it. Gives which of the
    /// slots that are due belong to the part that is next, and which do not.
    ///
    /// # Panics
    ///
    /// If the group has ended.
    #[cold]
    #[inline(never)]
    pub(super) fn slots_of_part<M: BitSet>(&mut self, due: M) -> (M, M) {
        assert!(!self.is_over(), "{POLLED_AFTER_THE_END}");
        let before = due.and(M::first((self.0 & !Self::SECOND_PART) as usize));
        let after = due.without(before);
        if self.0 & Self::SECOND_PART == 0 {
            self.0 |= Self::SECOND_PART;
            (after, before)
        } else {
            self.0 = 0;
            (before, after)
        }
    }
}

/// Whether tokio's budget for this poll of the task is used up, so that its resources answer "not yet" to everyone.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn budget_spent() -> bool {
    #[cfg(feature = "tokio")]
    return !tokio::task::coop::has_budget_remaining();
    #[cfg(not(feature = "tokio"))]
    false
}
