//! A single member.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::Context;

use pin_project_lite::pin_project;

use crate::in_task::node::published::TakeEarly;
use crate::in_task::slot::{FutureSlot, abort_slot, poll_slot_into, stop};
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::start::{CanStart, StartCondition};
use crate::in_task::storage::Stored;
use crate::in_task::sweep::{Node, PollNode, Position, Sweep};
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
        Self { slot: FutureSlot::new(future), condition, settle: PhantomData }
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
    fn is_idle<M: BitSet>(&self, number: usize, states: &SlotStates<M>, due: M) -> bool {
        !due.has(number) || T::WAITS && !states.has_started(number) && self.condition.waits_for_dependencies()
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
    unsafe fn sweep<K: WakerSource>(self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if !sweep.due.has(at.slot) {
            return;
        }
        let this = self.project();
        let mut slot = this.slot;
        if T::WAITS && !sweep.states.has_started(at.slot) {
            match this.condition.can_start(sweep.pass_cx) {
                CanStart::Now => sweep.states.set_started(at.slot),
                CanStart::NotYet => return,
                // SAFETY: what is due is pending.
                CanStart::Never => return unsafe { skip::<F, A, _, _, _>(slot, this.condition, at, sweep) },
            }
        }
        let mut due = DueFuture::<F, A>::new(slot.as_mut(), at, sweep);
        // SAFETY: what is due is pending: `Members` asks for due slots among the pending ones only.
        sweep.poll(at.slot, |cx, states| unsafe { due.poll_slot::<V, _>(cx, states) });
        conclude::<F, A, _, _, _>(slot, this.condition, &mut due.settled, at, sweep);
    }

    unsafe fn stop<K: WakerSource>(
        self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        if !sweep.states.pending.has(at.slot) {
            return;
        }
        sweep.states.set_started(at.slot);
        let this = self.project();
        let mut slot = this.slot;
        let (id, watch) = (sweep.id(at), sweep.pass_cx.watch());
        let set_empty = || sweep.states.set_empty::<Stored<F>>(at.slot);
        // SAFETY: the slot is pending, as was looked up above.
        let settled = unsafe { stop::<F, A>(slot.as_mut().future(), why, id, watch, set_empty) };
        conclude::<F, A, _, _, _>(slot, this.condition, &mut Some(settled), at, sweep);
    }
}

/// A member that is about to be polled. The closure that polls it holds no more than a pointer to this: without optimisation each fn
/// that is handed a closure has copies of it on the stack.
struct DueFuture<'w, F: Future, A: MemberPolicy<F>> {
    future: *mut Stored<F>,
    number: usize,
    id: MemberId,
    watch: Watch<'w>,
    settled: Option<Result<A::Field, A::Failure>>,
}

impl<'w, F: Future, A: MemberPolicy<F>> DueFuture<'w, F, A> {
    /// A fn and no struct expression: without optimisation the expression has a copy of each field on the stack while the future runs.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn new<V: GroupPolicy, K: WakerSource>(
        slot: Pin<&mut FutureSlot<Stored<F>, A::Field>>,
        at: Position,
        sweep: &Sweep<'_, 'w, '_, V, K>,
    ) -> Self {
        let (id, watch) = (sweep.id(at), sweep.pass_cx.watch());
        Self { future: slot.future(), number: at.slot, id, watch, settled: None }
    }

    /// # Safety
    ///
    /// The slot must be pending, and `states` those of its group.
    #[inline(always)]
    unsafe fn poll_slot<V: GroupPolicy, M: BitSet>(&mut self, cx: &mut Context<'_>, states: &mut SlotStates<M>) {
        let set_empty = || states.set_empty::<Stored<F>>(self.number);
        // SAFETY: a pending slot holds its future, which is pinned; `set_empty` notes in the states that it goes.
        unsafe { poll_slot_into::<F, A, V>(self.future, cx, &self.id, self.watch, set_empty, &mut self.settled) };
    }
}

/// Ends a member that never starts, since what it depends on has failed.
///
/// # Safety
///
/// The member's slot must be pending.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn skip<F, A, T, V, K>(
    mut slot: Pin<&mut FutureSlot<Stored<F>, A::Field>>,
    condition: &mut T,
    at: Position,
    sweep: &mut Sweep<'_, '_, '_, V, K>,
) where
    F: Future,
    A: MemberPolicy<F>,
    T: StartCondition,
    V: GroupPolicy + Record<A::Failure>,
    K: WakerSource,
{
    sweep.states.set_started(at.slot);
    let (id, set_empty) = (sweep.id(at), || sweep.states.set_empty::<Stored<F>>(at.slot));
    // SAFETY: a pending slot holds its future, which is pinned; `set_empty` notes in the states that it goes.
    let settled = unsafe { abort_slot::<F, A>(slot.as_mut().future(), Abort::Skipped, id, set_empty) };
    sweep.pass_cx.watch().ended(&id, Outcome::Skipped);
    conclude::<F, A, _, _, _>(slot, condition, &mut Some(settled), at, sweep);
}

/// Puts the field of a member that has been settled into its slot, or records its failure. Nothing is done where it has not.
#[cfg_attr(not(debug_assertions), inline(always))]
fn conclude<F, A, T, V, K>(
    slot: Pin<&mut FutureSlot<Stored<F>, A::Field>>,
    condition: &mut T,
    settled: &mut Option<Result<A::Field, A::Failure>>,
    at: Position,
    sweep: &mut Sweep<'_, '_, '_, V, K>,
) where
    F: Future,
    A: MemberPolicy<F>,
    T: StartCondition,
    V: GroupPolicy + Record<A::Failure>,
    K: WakerSource,
{
    let Some(settled) = settled.take() else { return };
    match settled {
        Ok(field) => {
            slot.write(field);
            sweep.states.set_done::<Stored<F>>(at.slot);
        }
        Err(failure) => {
            sweep.states.empty.insert(at.slot);
            let id = sweep.id(at);
            sweep.pass_cx.policy.record(failure, id);
        }
    }
    condition.ended(sweep.pass_cx.permits);
}
