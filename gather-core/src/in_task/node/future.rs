//! A single member.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::in_task::node::published::TakeEarly;
use crate::in_task::slot::{DueFuture, DueSlot, FutureOrField, FutureSlot, SlotContent, abort_slot, stop};
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::start::{CanStart, StartCondition};
use crate::in_task::storage::Stored;
use crate::in_task::sweep::{Node, PassContext, PollNode, Position, Sweep, watch_of};
use crate::member::MemberId;
use crate::observe::{Outcome, Roster, Watch};
use crate::policy::{Abort, GroupPolicy, MemberPolicy, Record, StopReason};

pin_project! {
    /// One future, which starts on the condition `T` and whose output is settled by `A`.
    ///
    /// `O` is always the field that `A` gives, and a parameter all the same. rustc asks whether a future is `Send` with all lifetimes in
    /// its type forgotten, and `<A as MemberPolicy<F>>::Field` would then not be found where an error type has a lifetime.
    pub struct FutureNode<F, A, T, O = <A as MemberPolicy<F>>::Field> {
        #[pin]
        slot: FutureSlot<Stored<F>, O>,
        condition: T,
        settle: PhantomData<fn() -> A>,
    }
}

// These impls let rustc reach the future in one step: it gives up after a number of steps inside each other.
// SAFETY: a node owns a future or a field, and its condition.
unsafe impl<F: Send, A, T: Send, O: Send> Send for FutureNode<F, A, T, O> {}
// SAFETY: as above.
unsafe impl<F: Sync, A, T: Sync, O: Sync> Sync for FutureNode<F, A, T, O> {}

impl<F: Future, A: MemberPolicy<F>, T> FutureNode<F, A, T> {
    #[inline]
    pub(crate) fn new(future: Stored<F>, condition: T) -> Self {
        Self { slot: FutureOrField::in_slot(future), condition, settle: PhantomData }
    }
}

// No bound on the future stands here: rustc looks for this impl with all lifetimes forgotten, where it would not find that the bound holds.
impl<F, A, T: StartCondition, O> Node for FutureNode<F, A, T, O> {
    type Output = O;
    const SLOTS: usize = 1;
    const MEMBERS: usize = 1;
    const STARTS_LATER: bool = T::WAITS;
    const SLOTS_ONLY: bool = true;
    const UNSTARTED: u64 = T::WAITS as u64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> O {
        // SAFETY: the caller says that the slot is done, so its field is there.
        unsafe { self.project().slot.read() }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, number: usize, states: &mut SlotStates<M>) {
        let mut slot = self.project().slot;
        if states.pending.has(number) {
            states.pending.remove(number);
            states.empty.insert(number);
            // SAFETY: the slot was pending, so the future is there; the states say already that it is empty.
            unsafe { slot.as_mut().future().drop_in_place() };
        } else if !states.empty.has(number) {
            states.empty.insert(number);
            // SAFETY: the slot was done, so the field is there; the states say already that it is empty.
            drop(unsafe { slot.read() });
        }
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        let it = usize::from(*members > 0);
        *members -= it;
        it
    }
}

impl<F, A, T: StartCondition, O> TakeEarly for FutureNode<F, A, T, O> {
    fn has_ended<M: BitSet>(&self, number: usize, states: &SlotStates<M>) -> bool {
        !states.pending.has(number)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_idle<M: BitSet>(&self, number: usize, _: &SlotStates<M>, due: M) -> bool {
        !due.has(number) || T::WAITS && self.condition.waits_for_dependencies()
    }

    unsafe fn take_early<M: BitSet>(self: Pin<&mut Self>, number: usize, states: &mut SlotStates<M>) -> Option<O> {
        let failed = states.empty.has(number);
        states.empty.insert(number);
        // SAFETY: the slot was neither pending, as the caller has seen, nor empty: the field is there. The states say that it is taken.
        (!failed).then(|| unsafe { self.project().slot.read() })
    }
}

impl<V, F, A, T, O> PollNode<V> for FutureNode<F, A, T, O>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    T: StartCondition,
    V: GroupPolicy + Record<A::Failure>,
{
    fn announce(&self, position: usize, _: bool, roster: &mut dyn Roster) {
        roster.one(position, T::WAITS);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        // SAFETY: the caller keeps what `is_due` asks for.
        if !unsafe { self.as_mut().is_due(at, sweep) } {
            return;
        }
        // Nothing is in it where a poll unwinds. Without optimisation there is more on the stack where something might be.
        let mut settled = const { ManuallyDrop::new(None) };
        // SAFETY: what is due is pending: `Members` asks for due slots among the pending ones only.
        unsafe { self.as_mut().poll_due(at, sweep.states, sweep.pass_cx, &mut *sweep.wakers, &mut settled) };
        self.conclude(&mut settled, at, sweep);
    }

    unsafe fn stop<K: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        if !sweep.states.pending.has(at.slot) {
            return;
        }
        sweep.states.set_started(at.slot);
        let (id, watch) = (sweep.id(at), sweep.pass_cx.watch());
        let set_empty = || sweep.states.set_empty::<Stored<F>>(at.slot);
        // SAFETY: the slot is pending, as was looked up above.
        let settled = unsafe { stop::<F, A>(self.as_mut().project().slot.future(), why, id, watch, set_empty) };
        self.conclude(&mut Some(settled), at, sweep);
    }
}

// The steps of a sweep but for the poll are fns of their own: without optimisation what they need would be on the stack while the
// member is polled.
impl<F, A, T, O> FutureNode<F, A, T, O>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    T: StartCondition,
{
    /// Whether the member is to be polled in this pass. A member that waits may start now, or never.
    ///
    /// # Safety
    ///
    /// The caller must keep what [`sweep`](PollNode::sweep) asks for.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn is_due<V, K>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) -> bool
    where
        V: GroupPolicy + Record<A::Failure>,
        K: WakerSource,
    {
        if !sweep.due.has(at.slot) {
            return false;
        }
        if !T::WAITS || sweep.states.has_started(at.slot) {
            return true;
        }
        match self.as_mut().project().condition.can_start(sweep.pass_cx) {
            CanStart::Now => {
                sweep.states.set_started(at.slot);
                true
            }
            CanStart::NotYet => false,
            CanStart::Never => {
                // SAFETY: what is due is pending.
                unsafe { self.skip(at, sweep) };
                false
            }
        }
    }

    /// Polls the member. The states are an argument: so the compiler knows that a poll does not change them behind its back.
    ///
    /// # Safety
    ///
    /// The member's slot must be pending.
    #[inline(always)]
    unsafe fn poll_due<V: GroupPolicy, K: WakerSource>(
        self: Pin<&mut Self>,
        at: Position,
        states: &mut SlotStates<K::BitSet>,
        pass_cx: &mut PassContext<'_, '_, V>,
        wakers: &mut K,
        settled: &mut Option<Result<O, A::Failure>>,
    ) {
        // SAFETY: the slot is pending, by the caller's word.
        let mut due = unsafe { self.due(at, states, pass_cx.policy, pass_cx.watched, settled) };
        wakers.poll(pass_cx.cx, at.slot, &mut *due);
    }

    /// The member, which is to be polled now, once. It owns nothing.
    ///
    /// # Safety
    ///
    /// The member's slot must be pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn due<'x, V: GroupPolicy, M: BitSet>(
        self: Pin<&mut Self>,
        at: Position,
        states: &'x mut SlotStates<M>,
        policy: &'x V,
        watched: Watch<'x>,
        settled: &'x mut Option<Result<O, A::Failure>>,
    ) -> ManuallyDrop<DueFuture<'x, Stored<F>, F, A, V, impl DueSlot>> {
        let future = self.project().slot.future();
        let id = move || MemberId { names: policy.names(), position: at.position, item: None };
        let set_empty = move || states.set_empty::<Stored<F>>(at.slot);
        // SAFETY: a pending slot holds its future, which is pinned; `set_empty` notes in the states that it goes.
        ManuallyDrop::new(unsafe { DueFuture::new(future, (id, set_empty), watch_of::<V>(watched), settled) })
    }

    /// Ends a member that never starts, since what it depends on has failed.
    ///
    /// # Safety
    ///
    /// The member's slot must be pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn skip<V, K>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>)
    where
        V: GroupPolicy + Record<A::Failure>,
        K: WakerSource,
    {
        sweep.states.set_started(at.slot);
        let (id, set_empty) = (sweep.id(at), || sweep.states.set_empty::<Stored<F>>(at.slot));
        let future = self.as_mut().project().slot.future();
        // SAFETY: a pending slot holds its future, which is pinned; `set_empty` notes in the states that it goes.
        let settled = unsafe { abort_slot::<F, A>(future, Abort::Skipped, id, set_empty) };
        sweep.pass_cx.watch().ended(&id, Outcome::Skipped);
        self.conclude(&mut Some(settled), at, sweep);
    }

    /// Puts the field of a member that has been settled into its slot, or records its failure. Nothing is done where it has not.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn conclude<V, K>(
        self: Pin<&mut Self>,
        settled: &mut Option<Result<O, A::Failure>>,
        at: Position,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
        K: WakerSource,
    {
        let Some(settled) = settled.take() else { return };
        let this = self.project();
        match settled {
            Ok(field) => {
                this.slot.write(field);
                sweep.states.set_done::<Stored<F>>(at.slot);
            }
            Err(failure) => {
                sweep.states.empty.insert(at.slot);
                let id = sweep.id(at);
                sweep.pass_cx.policy.record(failure, id);
            }
        }
        this.condition.ended(&mut sweep.pass_cx.permits);
    }
}
