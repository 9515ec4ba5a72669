//! `*|a| list`: a list that is made when its dependencies are done.

use crate::unwind::catch;
use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::dependency::{Gate, Readiness};
use crate::in_task::node::published::Harvest;
use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::sweep::{At, Branch, Part, Pass, Sweep};
use crate::member::Place;
use crate::policy::Interruption;
use crate::policy::Stop;
use crate::policy::Verdict;
use crate::unwind::quietly;

/// A list that may never be made.
pub trait LateList<V>: Branch<V> + Sized {
    const CATCHES: bool;
    /// The list that stands for the one that was not made.
    fn interrupted(why: Interruption, place: Place, verdict: &mut V) -> Self;
}

pin_project! {
    /// Makes the list `N` of what `create` gives once the gate is open.
    pub struct Late<D, C, S, N> {
        gate: D,
        create: Option<C>,
        build: fn(S) -> N,
        #[pin]
        list: Option<N>,
    }
}

impl<D, C, S, N> Late<D, C, S, N> {
    pub(crate) fn new(gate: D, create: C, build: fn(S) -> N) -> Self {
        Self { gate, create: Some(create), build, list: None }
    }
}

impl<D, C, S, N: Part> Part for Late<D, C, S, N> {
    type Output = N::Output;
    const SEATS: usize = N::SEATS;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS: bool = true;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) -> N::Output {
        match self.project().list.as_pin_mut() {
            // SAFETY: by contract, which holds for the list as it does for this.
            Some(list) => unsafe { list.take(seat, masks) },
            None => unreachable!("every member has a field"),
        }
    }

    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) {
        let this = self.project();
        if let Some(list) = this.list.as_pin_mut() {
            // SAFETY: as in `take`.
            unsafe { list.clear(seat, masks) };
        }
        drop(this.create.take());
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        self.list.as_ref().map_or(0, |list| list.seats_among(members))
    }
}

impl<D, C, S, N: Harvest> Harvest for Late<D, C, S, N> {
    fn has_ended<M: Mask>(&self, seat: usize, masks: &Masks<M>) -> bool {
        self.list.as_ref().is_some_and(|list| list.has_ended(seat, masks))
    }

    unsafe fn harvest<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) -> Option<N::Output> {
        // SAFETY: as in `take`.
        self.project().list.as_pin_mut().and_then(|list| unsafe { list.harvest(seat, masks) })
    }
}

impl<D: Gate, C: FnOnce() -> S, S, N> Late<D, C, S, N> {
    /// The list, or why there never will be one; nothing where it is too early to know.
    fn make(self: Pin<&mut Self>, catches: bool) -> Option<Result<N, Interruption>> {
        let this = self.project();
        match this.gate.readiness() {
            Readiness::Waiting => None,
            Readiness::Failed => Some(Err(Interruption::Skipped)),
            Readiness::Ready => {
                let create = this.create.take()?;
                // Items become futures here: that too is user code.
                let make = || (this.build)(create());
                Some(if catches { catch(make).map_err(Interruption::Panicked) } else { Ok(make()) })
            }
        }
    }

    fn set(self: Pin<&mut Self>, list: N) {
        let mut this = self.project();
        // What was captured for nothing: whatever its destructor does, the list did not start.
        let unused = this.create.take();
        quietly(|| drop(unused));
        this.list.set(Some(list));
    }
}

impl<V, D, C, S, N> Branch<V> for Late<D, C, S, N>
where
    V: Verdict,
    D: Gate,
    C: FnOnce() -> S,
    N: LateList<V>,
{
    unsafe fn sweep<K: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if self.list.is_none() {
            let starts = matches!(sweep.rounds.pass, Pass::Start) && sweep.rounds.may_start();
            let Some(made) = starts.then(|| self.as_mut().make(N::CATCHES)).flatten() else {
                sweep.unfinished += 1;
                return;
            };
            let place = sweep.place(at);
            let list = made.unwrap_or_else(|why| N::interrupted(why, place, sweep.rounds.verdict));
            self.as_mut().set(list);
        }
        if let Some(list) = self.project().list.as_pin_mut() {
            // SAFETY: by contract.
            unsafe { list.sweep(at, sweep) };
        }
    }

    unsafe fn stop<K: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if self.list.is_none() {
            let place = sweep.place(at);
            let list = N::interrupted(why.into(), place, sweep.rounds.verdict);
            self.as_mut().set(list);
        }
        if let Some(list) = self.project().list.as_pin_mut() {
            // SAFETY: by contract.
            unsafe { list.stop(at, why, sweep) };
        }
    }
}
