//! A member that others depend on: its field goes into a cell, where they see it.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::dependency::DependencyCell;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Node, PollNode, Position, Sweep};
use crate::observe::Roster;
use crate::policy::{GroupPolicy, StopReason};

/// Fields that can be taken before the group has ended.
pub trait TakeEarly: Node {
    fn has_ended<M: BitSet>(&self, slot: usize, states: &SlotStates<M>) -> bool;
    /// Whether a pass has nothing to do for it, as can be told at a glance.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_idle<M: BitSet>(&self, slot: usize, states: &SlotStates<M>, due: M) -> bool {
        let _ = (slot, states, due);
        false
    }

    /// Takes the field of a member that has ended. `None`: it failed.
    ///
    /// # Safety
    ///
    /// `states` and `slot` must be the node's own, as [`Node::take`] asks, and [`has_ended`](Self::has_ended) must have said `true`. To be
    /// called once.
    unsafe fn take_early<M: BitSet>(
        self: Pin<&mut Self>,
        slot: usize,
        states: &mut SlotStates<M>,
    ) -> Option<Self::Output>;
}

pin_project! {
    /// The node `N`, whose field is stored in the cell `S` once it has ended.
    pub struct Published<'s, N, S> {
        #[pin]
        node: N,
        cell: &'s S,
        stored: bool,
    }
}

impl<'s, N, S> Published<'s, N, S> {
    pub(crate) fn new(node: N, cell: &'s S) -> Self {
        Self { node, cell, stored: false }
    }
}

impl<N: Node, S> Node for Published<'_, N, S> {
    type Output = ();
    const SLOTS: usize = N::SLOTS;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS_LATER: bool = true;
    const SLOTS_ONLY: bool = N::SLOTS_ONLY;
    const UNSTARTED: u64 = N::UNSTARTED;

    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {}

    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) {
        // SAFETY: the node has the slots of this one, so what the caller says of these holds for it.
        unsafe { self.project().node.clear(slot, states) };
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        self.node.slots_among(members)
    }
}

impl<N: TakeEarly, S: DependencyCell<Field = N::Output>> Published<'_, N, S> {
    /// Stores the field as soon as there is one, and calls `open` then.
    ///
    /// # Safety
    ///
    /// `states` and `slot` must be the node's own, as [`Node::take`] asks.
    unsafe fn settle<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>, open: impl FnOnce()) {
        let this = self.project();
        if this.node.has_ended(slot, states) && !*this.stored {
            *this.stored = true;
            // SAFETY: the node has ended, and this is done once, as `stored` says.
            this.cell.store(unsafe { this.node.take_early(slot, states) });
            open();
        }
    }
}

impl<V, N, S> PollNode<V> for Published<'_, N, S>
where
    V: GroupPolicy,
    N: PollNode<V> + TakeEarly,
    S: DependencyCell<Field = N::Output>,
{
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster) {
        self.node.announce(position, late, roster);
    }

    // Most members are idle in most passes, of which there are two for each wake after which a dependant starts.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if self.node.is_idle(at.slot, sweep.states, sweep.due) {
            return;
        }
        // SAFETY: the node has the slots of this one, so what the caller says of these holds for it.
        unsafe {
            self.as_mut().project().node.sweep(at, sweep);
            self.settle(at.slot, sweep.states, || sweep.pass_cx.permits.open_dependants());
        }
    }

    unsafe fn stop<K: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        // SAFETY: as in `sweep`.
        unsafe {
            self.as_mut().project().node.stop(at, why, sweep);
            self.settle(at.slot, sweep.states, || sweep.pass_cx.permits.open_dependants());
        }
    }
}
