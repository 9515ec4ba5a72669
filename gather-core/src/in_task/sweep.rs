//! A sweep polls the members of a group once, in member order.

use core::mem::ManuallyDrop;
use core::ops::Range;
use core::pin::Pin;
use core::task::Context;

use super::permits::{Limit, Permits};
use super::slot_states::{BitSet, SlotStates, WakerSource};
use crate::member::MemberId;
use crate::observe::{Roster, Watch};
use crate::policy::{GroupPolicy, StopReason};

/// The position of a node in its group. The compiler knows it, once all is inlined.
#[derive(Clone, Copy)]
pub struct Position {
    /// How many slots are before it.
    pub(super) slot: usize,
    /// How many members are before it, a list counted as one.
    pub(super) position: usize,
}

impl Position {
    /// The position of what comes after a node that is here.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn after<N: Node>(self) -> Self {
        Self { slot: self.slot + N::SLOTS, position: self.position + N::MEMBERS }
    }
}

/// A node of the tree of a group's members: a member, a list, or several of these.
pub trait Node {
    /// The field, a list of fields, or pairs of them.
    type Output;
    /// How many slots it has in the group: one for each single member.
    const SLOTS: usize;
    /// How many members it has, a list counted as one.
    const MEMBERS: usize;
    /// Whether members of it may start later than in the first pass.
    const STARTS_LATER: bool;
    /// Whether it has nothing but slots, so that a pass can skip it where none of them is due.
    const SLOTS_ONLY: bool;
    /// The slots of members that may start later than in the first pass, as bits.
    const UNSTARTED: u64 = 0;

    /// Takes the fields, once every member has one.
    ///
    /// # Safety
    ///
    /// `states` must be those of the group that the node is in, `slot` the number of the node's first slot in it, and what they say of the
    /// node's slots true: here, that each is done. Afterwards each is empty, and the caller must not use the states any more.
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) -> Self::Output;

    /// Drops every future and every field in it.
    ///
    /// # Safety
    ///
    /// `states` and `slot` must be the node's own, as [`take`](Self::take) asks, and true. They stay true at every moment, so that this may be
    /// called again where a destructor has panicked.
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>);

    /// How many of its slots are among the next `members` members, items of lists counted one by one. Takes its own members off that
    /// number.
    fn slots_among(&self, members: &mut usize) -> usize;
}

/// A node of a group with the policy `V`.
pub trait PollNode<V>: Node {
    /// Says which members it has, of which `position` is the first, before any of them is polled. `late`: it was made after the group
    /// had started.
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster);

    /// Does for each member what the pass is for.
    ///
    /// # Safety
    ///
    /// `sweep.states` must be those of the group that the node is in, `at` its position there, and what they say of its slots must be true.
    /// The node keeps them true at every moment.
    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>);

    /// Ends every unfinished member.
    ///
    /// # Safety
    ///
    /// The caller must keep what [`sweep`](Self::sweep) asks for.
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
    /// Poll the members that are due. `fresh`: this is the first such pass of the sweep, so the ready sets are asked who was woken.
    Due { fresh: bool },
    /// Start the members that may start since an earlier pass of this sweep.
    Start,
}

/// What a pass is for, and which members it is for. It is the same for nested groups.
pub struct PassContext<'a, 'c, V> {
    pub(super) cx: &'a mut Context<'c>,
    pub(super) policy: &'a mut V,
    pub(super) permits: Permits,
    pub(super) pass: Pass,
    /// The members and items, counted together, that this pass is for. It is for all unless the sweep is rotated.
    pub(super) window: Range<usize>,
    /// Whether the group is a single list: then nobody else could use a permit that becomes free during the pass.
    pub(super) alone: bool,
    /// Whether this is `poll_all`: every unfinished member is polled, with the task's own waker, and tokio's budget is not looked at.
    pub(super) poll_all: bool,
    /// See [`watch`](Self::watch).
    pub(super) watched: Watch<'a>,
}

impl<'a, V: GroupPolicy> PassContext<'a, '_, V> {
    /// The observer of the members, if the policy says that there is one.
    #[inline(always)]
    pub(super) fn watch(&self) -> Watch<'a> {
        watch_of::<V>(self.watched)
    }
}

/// `watched`, or a constant where the policy observes nothing: the compiler cannot see that in a value that it reads from memory.
#[inline(always)]
pub(super) fn watch_of<V: GroupPolicy>(watched: Watch<'_>) -> Watch<'_> {
    if V::OBSERVED { watched } else { Watch::NONE }
}

/// What a pass carries from node to node.
pub struct Sweep<'s, 'a, 'c, V, K: WakerSource> {
    pub(super) pass_cx: &'s mut PassContext<'a, 'c, V>,
    pub(super) states: &'s mut SlotStates<K::BitSet>,
    /// They own nothing. Without optimisation a sweep has values on the stack more often where something might be dropped.
    pub(super) wakers: ManuallyDrop<K>,
    /// The slots to poll, and those that may start in this pass: all are pending.
    pub(super) due: K::BitSet,
    /// How many members and items are before those of this group.
    pub(super) before: usize,
    /// How many items were passed so far.
    pub(super) items: usize,
    /// How many members without a slot were unfinished when they were passed.
    pub(super) unfinished: usize,
}

impl<V: GroupPolicy, K: WakerSource> Sweep<'_, '_, '_, V, K> {
    /// The identity of the member at a position.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn id(&self, at: Position) -> MemberId {
        MemberId { names: self.pass_cx.policy.names(), position: at.position, item: None }
    }

    /// How many members and items are before the list at a position.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn flat(&self, at: Position) -> usize {
        self.before + at.slot + self.items
    }

    /// The items that this pass is for, of the `len` items of the list at a position. `None`: all of them.
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
}

impl<'a, 'c, V> PassContext<'a, 'c, V> {
    /// The context of a first pass through all members.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn of_all(
        cx: &'a mut Context<'c>,
        policy: &'a mut V,
        limit: &impl Limit,
        alone: bool,
        poll_all: bool,
        watched: Watch<'a>,
    ) -> Self {
        let (pass, window) = (Pass::Due { fresh: true }, 0..usize::MAX);
        Self { cx, policy, permits: limit.permits(), pass, window, alone, poll_all, watched }
    }

    /// A copy of this, for [`apart`].
    #[cfg(not(debug_assertions))]
    #[inline(always)]
    pub(super) fn copied(&mut self) -> PassContext<'_, 'c, V> {
        let Self { cx, policy, window, .. } = self;
        let (policy, window): (&mut V, _) = (policy, window.clone());
        PassContext { cx, policy, window, ..*self }
    }
}

/// Runs `$run`, which calls a fn that is not inlined, with a copy of a pass's context. The compiler keeps in memory what is handed to such a
/// fn, also for what is inlined around it: so that is given a copy. Without optimisation a copy would only take of the stack, and so would
/// a closure.
macro_rules! apart {
    ($pass_cx:ident => $run:expr) => {{
        #[cfg(debug_assertions)]
        let done = $run;
        #[cfg(not(debug_assertions))]
        let done = {
            let mut copy = $pass_cx.copied();
            let done = {
                let $pass_cx = &mut copy;
                $run
            };
            let permits = copy.permits;
            $pass_cx.permits = permits;
            done
        };
        done
    }};
}
pub(super) use apart;

impl<V: GroupPolicy> PassContext<'_, '_, V> {
    /// Whether members may start in this pass.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn may_start(&self) -> bool {
        match self.pass {
            Pass::Due { .. } => true,
            Pass::Start => !self.policy.is_decided(),
        }
    }

    /// After a pass of a sweep that began with the member `from`: whether another one belongs to it, which this prepares.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn goes_on(&mut self, from: usize, starts_later: bool) -> bool {
        if from > 0 && matches!(self.pass, Pass::Due { fresh: true }) {
            (self.pass, self.window) = (Pass::Due { fresh: false }, 0..from);
            return true;
        }
        let goes_on = starts_later && self.permits.reclaim() && !self.policy.is_decided();
        if goes_on {
            (self.pass, self.window) = (Pass::Start, 0..usize::MAX);
        }
        goes_on
    }

    /// Takes a permit for a member that wants to start. `false`: there is none.
    pub(super) fn take_permit(&mut self) -> bool {
        let taken = self.may_start() && self.permits.free > 0;
        if taken {
            self.permits.free -= 1;
        }
        taken
    }
}
