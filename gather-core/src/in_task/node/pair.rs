//! Several members as one: pairs of pairs, so that a group of any size is a shallow type.

use core::pin::Pin;
use core::sync::atomic::{Ordering::Acquire, compiler_fence};

use pin_project_lite::pin_project;

use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::sweep::{At, Branch, Part, Sweep};
use crate::policy::Stop;

/// No member.
pub struct Nil;

impl Part for Nil {
    type Output = ();
    const SEATS: usize = 0;
    const MEMBERS: usize = 0;
    const STARTS: bool = false;
    const SEATED: bool = true;
    unsafe fn take<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {}
    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {}
    fn seats_among(&self, _: &mut usize) -> usize {
        0
    }
}

impl<V> Branch<V> for Nil {
    unsafe fn sweep<K: Desk>(self: Pin<&mut Self>, _: At, _: &mut Sweep<'_, '_, '_, V, K>) {}
    unsafe fn stop<K: Desk>(self: Pin<&mut Self>, _: At, _: Stop, _: &mut Sweep<'_, '_, '_, V, K>) {}
}

pin_project! {
    /// Two branches, in order.
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

/// So many seats are looked at one by one.
const A_FEW: usize = 4;

impl<A: Part, B: Part> Part for Pair<A, B> {
    type Output = (A::Output, B::Output);
    const SEATS: usize = A::SEATS + B::SEATS;
    const MEMBERS: usize = A::MEMBERS + B::MEMBERS;
    const STARTS: bool = A::STARTS || B::STARTS;
    const SEATED: bool = A::SEATED && B::SEATED;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) -> Self::Output {
        let this = self.project();
        // SAFETY: by contract, which holds for the parts as it does for the whole.
        unsafe {
            let a = this.a.take(seat, masks);
            if M::FEW {
                // One by one: a load of two fields at once, just after they were stored apart, waits until both are in the cache.
                compiler_fence(Acquire);
            }
            (a, this.b.take(seat + A::SEATS, masks))
        }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) {
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.clear(seat, masks);
            this.b.clear(seat + A::SEATS, masks);
        }
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        self.a.seats_among(members) + self.b.seats_among(members)
    }
}

impl<V, A: Branch<V>, B: Branch<V>> Branch<V> for Pair<A, B> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: Desk>(self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if Self::SEATED && Self::SEATS > A_FEW && K::SELECTS && !sweep.due.has_any(at.seat, Self::SEATS) {
            return;
        }
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.sweep(at, sweep);
            this.b.sweep(At { seat: at.seat + A::SEATS, position: at.position + A::MEMBERS }, sweep);
        }
    }

    unsafe fn stop<K: Desk>(self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let this = self.project();
        // SAFETY: as in `take`.
        unsafe {
            this.a.stop(at, why, sweep);
            this.b.stop(At { seat: at.seat + A::SEATS, position: at.position + A::MEMBERS }, why, sweep);
        }
    }
}
