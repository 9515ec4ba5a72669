//! Two nodes as one. Pairs of pairs make a group of any size a shallow type.

use core::pin::Pin;
use core::sync::atomic::{Ordering::Acquire, compiler_fence};

use pin_project_lite::pin_project;

use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Node, PollNode, Position, Sweep};
use crate::observe::Roster;
use crate::policy::StopReason;

/// No member.
pub struct Nil;

impl Node for Nil {
    type Output = ();
    const SLOTS: usize = 0;
    const MEMBERS: usize = 0;
    const STARTS_LATER: bool = false;
    const SLOTS_ONLY: bool = true;
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {}
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {}
    fn slots_among(&self, _: &mut usize) -> usize {
        0
    }
}

impl<V> PollNode<V> for Nil {
    fn announce(&self, _: usize, _: bool, _: &mut dyn Roster) {}
    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, _: Position, _: &mut Sweep<'_, '_, '_, V, K>) {}
    unsafe fn stop<K: WakerSource>(self: Pin<&mut Self>, _: Position, _: StopReason, _: &mut Sweep<'_, '_, '_, V, K>) {}
}

pin_project! {
    /// Two nodes, in order.
    pub struct Pair<A, B> {
        #[pin]
        pub(crate) a: A,
        #[pin]
        pub(crate) b: B,
    }
}

impl<A, B> Pair<A, B> {
    #[inline]
    pub(crate) fn new(a: A, b: B) -> Self {
        Self { a, b }
    }
}

/// Up to so many slots are looked at one by one; where there are more, it is asked first whether any of them is due.
const A_FEW: usize = 4;

impl<A: Node, B: Node> Node for Pair<A, B> {
    type Output = (A::Output, B::Output);
    const SLOTS: usize = A::SLOTS + B::SLOTS;
    const MEMBERS: usize = A::MEMBERS + B::MEMBERS;
    const STARTS_LATER: bool = A::STARTS_LATER || B::STARTS_LATER;
    const SLOTS_ONLY: bool = A::SLOTS_ONLY && B::SLOTS_ONLY;
    const UNSTARTED: u64 = A::UNSTARTED | if B::SLOTS > 0 { B::UNSTARTED << A::SLOTS } else { 0 };

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) -> Self::Output {
        let this = self.project();
        // SAFETY: the slots of `a` are the first of the pair's, and those of `b` the others: what the caller says of all holds for each.
        unsafe {
            let a = this.a.take(slot, states);
            if M::FEW {
                // The fields are read one by one: a load of two at once, just after they were stored apart, waits until both are in the cache.
                compiler_fence(Acquire);
            }
            (a, this.b.take(slot + A::SLOTS, states))
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) {
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.clear(slot, states);
            this.b.clear(slot + A::SLOTS, states);
        }
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        self.a.slots_among(members) + self.b.slots_among(members)
    }
}

impl<V, A: PollNode<V>, B: PollNode<V>> PollNode<V> for Pair<A, B> {
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster) {
        self.a.announce(position, late, roster);
        self.b.announce(position + A::MEMBERS, late, roster);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        // Where members start later, most have not started or have ended, whichever the waker.
        if Self::SLOTS_ONLY
            && (Self::STARTS_LATER && Self::SLOTS > 1 || K::SELECTS && Self::SLOTS > A_FEW)
            && !sweep.due.has_any(at.slot, Self::SLOTS)
        {
            return;
        }
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.sweep(at, sweep);
            this.b.sweep(at.after::<A>(), sweep);
        }
    }

    unsafe fn stop<K: WakerSource>(
        self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.stop(at, why, sweep);
            this.b.stop(at.after::<A>(), why, sweep);
        }
    }
}
