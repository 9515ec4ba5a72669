//! A group inside a group, with a ready set of its own.
//!
//! A ready set has 64 bits. A group of more single members is made of several nested ones, each of up to 64 members.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::in_task::members::Members;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Node, PollNode, Position, Sweep};
use crate::in_task::wakers::WakeStrategy;
use crate::observe::Roster;
use crate::policy::{GroupPolicy, StopReason};

pin_project! {
    /// The tree `N`, with slots and a ready set of its own.
    pub struct Nested<N: Node, S: WakeStrategy> {
        #[pin]
        members: Members<N, S>,
    }
}

impl<N: Node, S: WakeStrategy> Nested<N, S> {
    pub(crate) fn new(tree: N) -> Self {
        Self { members: Members::new(tree) }
    }
}

impl<N: Node, S: WakeStrategy> Node for Nested<N, S> {
    type Output = N::Output;
    const SLOTS: usize = 0;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS_LATER: bool = N::STARTS_LATER;
    const SLOTS_ONLY: bool = false;

    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> N::Output {
        self.project().members.take()
    }

    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {
        self.project().members.clear();
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        let before = *members;
        let slots = self.members.tree().slots_among(members);
        // These slots are not the outer group's.
        debug_assert!(slots <= before - *members);
        0
    }
}

impl<V: GroupPolicy, N: PollNode<V>, S: WakeStrategy> PollNode<V> for Nested<N, S> {
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster) {
        self.members.tree().announce(position, late, roster);
    }

    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let before = sweep.flat(at);
        let passed = self.project().members.pass(sweep.pass_cx, at.position, before);
        sweep.items += passed.seen;
        sweep.unfinished += usize::from(passed.unfinished);
    }

    unsafe fn stop<K: WakerSource>(
        self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        self.project().members.stop(why, sweep.pass_cx, at.position);
    }
}
