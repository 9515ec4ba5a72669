//! One way through the members of a group, in member order.

use core::ops::Range;
use core::pin::Pin;
use core::task::Context;

use super::permits::Permits;
use super::slot_states::{BitSet, SlotStates, WakerSource};
use crate::member::MemberId;
use crate::observe::{Roster, Watch};
use crate::policy::GroupPolicy;
use crate::policy::StopReason;

/// Where a part stands. Known to the compiler, once all is inlined.
#[derive(Clone, Copy)]
pub struct Position {
    /// Seats before it.
    pub(super) slot: usize,
    /// Members before it, lists counted as one.
    pub(super) position: usize,
}

/// A member, a list of members, or several of these.
pub trait Node {
    /// The field, the list of fields, or pairs of them.
    type Output;
    /// Its single members, which have a seat each.
    const SLOTS: usize;
    /// Its members, lists counted as one.
    const MEMBERS: usize;
    /// Whether members of it may start after the first sweep, or at the end of it.
    const STARTS_LATER: bool;
    /// Whether seats are all that it has: nothing is to be done where none of them is due.
    const SLOTS_ONLY: bool;

    /// The fields, once every member has one. Afterwards all seats are empty, which the caller notes.
    ///
    /// # Safety
    ///
    /// The masks are those of the group that it is part of, and so is the number of its first seat; it is pinned, and what the
    /// masks say of it is true.
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) -> Self::Output;

    /// Drops everything in it.
    ///
    /// # Safety
    ///
    /// As of [`take`](Self::take).
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>);

    /// How many of its seats are among the next `members` members, the items of lists counted one by one. Takes off those that
    /// it has.
    fn slots_among(&self, members: &mut usize) -> usize;
}

/// A part of a group with the policy `V`.
pub trait PollNode<V>: Node {
    /// Says which members it has, of which `position` is the first, before any of them is polled. `late`: it was made after the group
    /// had started.
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster);

    /// Does for each member what the sweep's pass is for.
    ///
    /// # Safety
    ///
    /// As of [`Node::take`], for the seats of the sweep.
    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>);

    /// Ends every unfinished member.
    ///
    /// # Safety
    ///
    /// As of [`Node::take`], for the seats of the sweep.
    unsafe fn stop<K: WakerSource>(
        self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    );
}

/// What one pass through the members is for.
#[derive(Clone, Copy)]
pub enum Pass {
    /// Poll the members that are due. `fresh`: the first such pass of this sweep.
    Due { fresh: bool },
    /// Start members that became startable during this sweep.
    Start,
}

/// What a pass is for, and for whom, whatever group the members are in.
pub struct PassContext<'a, 'c, V> {
    pub(super) cx: &'a mut Context<'c>,
    pub(super) policy: &'a mut V,
    pub(super) permits: &'a mut Permits,
    pub(super) pass: Pass,
    /// Members and items, counted together, that this pass is for: all but in a rotated sweep.
    pub(super) window: Range<usize>,
    /// The group is one list: nobody else could use a place that becomes free during the pass.
    pub(super) alone: bool,
    /// `poll_all`: whatever is unfinished is polled, with the task's own waker, and nobody looks at tokio's budget.
    pub(super) poll_all: bool,
    pub(super) watch: Watch<'a>,
}

/// What a pass carries from member to member.
pub struct Sweep<'s, 'a, 'c, V, K: WakerSource> {
    pub(super) pass_cx: &'s mut PassContext<'a, 'c, V>,
    pub(super) states: &'s mut SlotStates<K::BitSet>,
    pub(super) wakers: K,
    /// Seats to poll.
    pub(super) due: K::BitSet,
    /// Seats that this pass is for.
    pub(super) slots: K::BitSet,
    /// Members and items before those of this group.
    pub(super) before: usize,
    /// Items passed so far.
    pub(super) items: usize,
    /// Members without a seat that had not ended when they were passed.
    pub(super) unfinished: usize,
}

impl<V: GroupPolicy, K: WakerSource> Sweep<'_, '_, '_, V, K> {
    /// The place of a member.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn id(&self, at: Position) -> MemberId {
        MemberId { names: self.pass_cx.policy.names(), position: at.position, item: None }
    }

    /// The number of the first item of a list.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn flat(&self, at: Position) -> usize {
        self.before + at.slot + self.items
    }

    /// Those items of a list of `len` that this pass is for, unless it is for all.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn window_of(&self, at: Position, len: usize) -> Option<Range<usize>> {
        let flat = self.flat(at);
        if self.pass_cx.window == (0..usize::MAX) {
            return None;
        }
        let from = self.pass_cx.window.start.saturating_sub(flat).min(len);
        let to = self.pass_cx.window.end.saturating_sub(flat).min(len);
        Some(from..to)
    }

    /// Polls the member in a seat.
    #[inline(always)]
    pub(super) fn poll<R>(
        &mut self,
        slot: usize,
        f: impl FnOnce(&mut Context<'_>, &mut SlotStates<K::BitSet>) -> R,
    ) -> R {
        let states = &mut *self.states;
        self.wakers.poll(self.pass_cx.cx, slot, |cx| f(cx, states))
    }
}

impl<'c, V> PassContext<'_, 'c, V> {
    /// The same, for as long as these are borrowed.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn reborrow(&mut self) -> PassContext<'_, 'c, V> {
        PassContext { cx: self.cx, policy: self.policy, permits: self.permits, window: self.window.clone(), ..*self }
    }
}

impl<V: GroupPolicy> PassContext<'_, '_, V> {
    /// Whether members that did not run before may start in this pass.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn may_start(&self) -> bool {
        match self.pass {
            Pass::Due { .. } => true,
            Pass::Start => !self.policy.is_decided(),
        }
    }

    /// Takes a place for a member that wants to start, if there is one.
    pub(super) fn take_permit(&mut self) -> bool {
        let taken = self.may_start() && self.permits.free > 0;
        if taken {
            self.permits.free -= 1;
        }
        taken
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
