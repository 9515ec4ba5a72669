//! A member that others depend on: its field goes where they see it.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::dependency::Store;
use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::sweep::{At, Branch, Part, Sweep};
use crate::policy::Stop;
use crate::policy::Verdict;

/// Fields that can be taken before the group has ended.
pub trait Harvest: Part {
    fn has_ended<M: Mask>(&self, seat: usize, masks: &Masks<M>) -> bool;
    /// Of a member that has ended: its field, unless it failed.
    ///
    /// # Safety
    ///
    /// As of [`Part::take`].
    unsafe fn harvest<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) -> Option<Self::Output>;
}

pin_project! {
    /// `N`, its field stored in `S` the moment it has ended.
    pub struct Depended<'s, N, S> {
        #[pin]
        part: N,
        store: &'s S,
        stored: bool,
    }
}

impl<'s, N, S> Depended<'s, N, S> {
    pub(crate) fn new(part: N, store: &'s S) -> Self {
        Self { part, store, stored: false }
    }
}

impl<N: Part, S> Part for Depended<'_, N, S> {
    type Output = ();
    const SEATS: usize = N::SEATS;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS: bool = true;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {}

    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) {
        // SAFETY: by contract, which holds for the part as it does for this.
        unsafe { self.project().part.clear(seat, masks) };
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        self.part.seats_among(members)
    }
}

impl<N: Harvest, S: Store<Field = N::Output>> Depended<'_, N, S> {
    /// Stores the field as soon as there is one.
    ///
    /// # Safety
    ///
    /// As of [`Part::take`].
    unsafe fn settle<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>, open: impl FnOnce()) {
        let this = self.project();
        if !*this.stored && this.part.has_ended(seat, masks) {
            *this.stored = true;
            // SAFETY: by contract.
            this.store.store(unsafe { this.part.harvest(seat, masks) });
            open();
        }
    }
}

impl<V, N, S> Branch<V> for Depended<'_, N, S>
where
    V: Verdict,
    N: Branch<V> + Harvest,
    S: Store<Field = N::Output>,
{
    unsafe fn sweep<K: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        // SAFETY: by contract.
        unsafe {
            self.as_mut().project().part.sweep(at, sweep);
            self.settle(at.seat, sweep.masks, || sweep.rounds.places.open_dependants());
        }
    }

    unsafe fn stop<K: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        // SAFETY: by contract.
        unsafe {
            self.as_mut().project().part.stop(at, why, sweep);
            self.settle(at.seat, sweep.masks, || sweep.rounds.places.open_dependants());
        }
    }
}
