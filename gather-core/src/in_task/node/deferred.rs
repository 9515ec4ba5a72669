//! `*|a| list`: a list that is made when its dependencies are done.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::dependency::{Dependencies, Readiness};
use crate::in_task::node::published::TakeEarly;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Node, Pass, PollNode, Position, Sweep};
use crate::member::MemberId;
use crate::observe::Roster;
use crate::policy::{Abort, GroupPolicy, StopReason};
use crate::unwind::catch;
use crate::unwind::quietly;

/// A list that can be put off.
pub trait Deferrable<V>: PollNode<V> + Sized {
    const CATCHES: bool;
    /// Makes the list that stands in for one that was never made: it has ended, and holds what the policy makes of `why`.
    fn interrupted(why: Abort, id: MemberId, policy: &mut V) -> Self;
}

pin_project! {
    /// Makes the list `N` of what `create` gives, once its dependencies are done.
    pub struct DeferredList<D, C, S, N> {
        dependencies: D,
        create: Option<C>,
        build: fn(S) -> N,
        #[pin]
        list: Option<N>,
    }
}

impl<D, C, S, N> DeferredList<D, C, S, N> {
    pub(crate) fn new(dependencies: D, create: C, build: fn(S) -> N) -> Self {
        Self { dependencies, create: Some(create), build, list: None }
    }
}

impl<D, C, S, N: Node> Node for DeferredList<D, C, S, N> {
    type Output = N::Output;
    const SLOTS: usize = N::SLOTS;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS_LATER: bool = true;
    const SLOTS_ONLY: bool = false;

    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) -> N::Output {
        match self.project().list.as_pin_mut() {
            // SAFETY: the list has the slots of this node, so what the caller says of these holds for it.
            Some(list) => unsafe { list.take(slot, states) },
            None => unreachable!("every member has a field"),
        }
    }

    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) {
        let this = self.project();
        if let Some(list) = this.list.as_pin_mut() {
            // SAFETY: as in `take`.
            unsafe { list.clear(slot, states) };
        }
        drop(this.create.take());
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        self.list.as_ref().map_or(0, |list| list.slots_among(members))
    }
}

impl<D, C, S, N: TakeEarly> TakeEarly for DeferredList<D, C, S, N> {
    fn has_ended<M: BitSet>(&self, slot: usize, states: &SlotStates<M>) -> bool {
        self.list.as_ref().is_some_and(|list| list.has_ended(slot, states))
    }

    unsafe fn take_early<M: BitSet>(
        self: Pin<&mut Self>,
        slot: usize,
        states: &mut SlotStates<M>,
    ) -> Option<N::Output> {
        // SAFETY: as in `take`.
        self.project().list.as_pin_mut().and_then(|list| unsafe { list.take_early(slot, states) })
    }
}

impl<D: Dependencies, C: FnOnce() -> S, S, N> DeferredList<D, C, S, N> {
    /// Makes the list, or says why there never will be one. `None`: its dependencies are not done.
    fn make(self: Pin<&mut Self>, catches: bool) -> Option<Result<N, Abort>> {
        let this = self.project();
        match this.dependencies.readiness() {
            Readiness::Waiting => None,
            Readiness::Failed => Some(Err(Abort::Skipped)),
            Readiness::Ready => {
                let create = this.create.take()?;
                // `build` makes a future of each item, which runs code of the user's, too.
                let make = || (this.build)(create());
                Some(if catches { catch(make).map_err(Abort::Panicked) } else { Ok(make()) })
            }
        }
    }

    fn set(self: Pin<&mut Self>, list: N) {
        let mut this = self.project();
        // The closure is still there where the list never started. A panic of its captures' destructors changes nothing any more.
        let unused = this.create.take();
        quietly(|| drop(unused));
        this.list.set(Some(list));
    }
}

impl<V, D, C, S, N> PollNode<V> for DeferredList<D, C, S, N>
where
    V: GroupPolicy,
    D: Dependencies,
    C: FnOnce() -> S,
    N: Deferrable<V>,
{
    fn announce(&self, position: usize, _: bool, roster: &mut dyn Roster) {
        roster.one(position, true);
    }

    unsafe fn sweep<K: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if self.list.is_none() {
            let starts = matches!(sweep.pass_cx.pass, Pass::Start) && sweep.pass_cx.may_start();
            let (id, watch) = (sweep.id(at), sweep.pass_cx.watch());
            let making = watch.make(&id);
            let made = starts.then(|| self.as_mut().make(N::CATCHES)).flatten();
            making.done();
            let Some(made) = made else {
                sweep.unfinished += 1;
                return;
            };
            let list = match made {
                Ok(list) => {
                    watch.made(&id, |roster| list.announce(at.position, true, roster));
                    list
                }
                Err(why) => {
                    watch.ended(&id, (&why).into());
                    N::interrupted(why, id, sweep.pass_cx.policy)
                }
            };
            self.as_mut().set(list);
        }
        if let Some(list) = self.project().list.as_pin_mut() {
            // SAFETY: the list has the slots of this node, so what the caller says of these holds for it.
            unsafe { list.sweep(at, sweep) };
        }
    }

    unsafe fn stop<K: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        if self.list.is_none() {
            let id = sweep.id(at);
            sweep.pass_cx.watch().ended(&id, (&Abort::from(why)).into());
            let list = N::interrupted(why.into(), id, sweep.pass_cx.policy);
            self.as_mut().set(list);
        }
        if let Some(list) = self.project().list.as_pin_mut() {
            // SAFETY: as in `sweep`.
            unsafe { list.stop(at, why, sweep) };
        }
    }
}
