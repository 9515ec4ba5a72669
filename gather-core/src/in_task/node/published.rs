//! A member that others depend on: its field goes where they see it.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::dependency::DependencyCell;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Node, PollNode, Position, Sweep};
use crate::observe::Roster;
use crate::policy::GroupPolicy;
use crate::policy::StopReason;

/// Fields that can be taken before the group has ended.
pub trait TakeEarly: Node {
    fn has_ended<M: BitSet>(&self, slot: usize, states: &SlotStates<M>) -> bool;
    /// Of a member that has ended: its field, unless it failed.
    ///
    /// # Safety
    ///
    /// As of [`Node::take`].
    unsafe fn take_early<M: BitSet>(
        self: Pin<&mut Self>,
        slot: usize,
        states: &mut SlotStates<M>,
    ) -> Option<Self::Output>;
}

pin_project! {
    /// `N`, its field stored in `S` the moment it has ended.
    pub struct Published<'s, N, S> {
        #[pin]
        part: N,
        store: &'s S,
        stored: bool,
    }
}

impl<'s, N, S> Published<'s, N, S> {
    pub(crate) fn new(part: N, store: &'s S) -> Self {
        Self { part, store, stored: false }
    }
}

impl<N: Node, S> Node for Published<'_, N, S> {
    type Output = ();
    const SLOTS: usize = N::SLOTS;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS_LATER: bool = true;
    const SLOTS_ONLY: bool = false;

    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {}

    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) {
        // SAFETY: by contract, which holds for the part as it does for this.
        unsafe { self.project().part.clear(slot, states) };
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        self.part.slots_among(members)
    }
}

impl<N: TakeEarly, S: DependencyCell<Field = N::Output>> Published<'_, N, S> {
    /// Stores the field as soon as there is one.
    ///
    /// # Safety
    ///
    /// As of [`Node::take`].
    unsafe fn settle<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>, open: impl FnOnce()) {
        let this = self.project();
        if !*this.stored && this.part.has_ended(slot, states) {
            *this.stored = true;
            // SAFETY: by contract.
            this.store.store(unsafe { this.part.take_early(slot, states) });
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
        self.part.announce(position, late, roster);
    }

    unsafe fn sweep<K: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        // SAFETY: by contract.
        unsafe {
            self.as_mut().project().part.sweep(at, sweep);
            self.settle(at.slot, sweep.states, || sweep.pass_cx.permits.open_dependants());
        }
    }

    unsafe fn stop<K: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        // SAFETY: by contract.
        unsafe {
            self.as_mut().project().part.stop(at, why, sweep);
            self.settle(at.slot, sweep.states, || sweep.pass_cx.permits.open_dependants());
        }
    }
}
