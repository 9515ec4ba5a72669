//! A member of its own.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::in_task::node::published::TakeEarly;
use crate::in_task::slot::{FutureSlot, abort_slot, poll_slot_into, stop};
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::start::{CanStart, StartCondition};
use crate::in_task::storage::Stored;
use crate::in_task::sweep::{Node, Pass, PollNode, Position, Sweep};
use crate::member::MemberId;
use crate::observe::{Outcome, Roster, Watch};
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};
use crate::policy::{GroupPolicy, Record};

pin_project! {
    /// One future; its output is settled by `A`, its turn comes by `T`.
    ///
    /// `O`, the type of its field, is what `A` says, and a parameter all the same: rustc asks whether a future is `Send` with
    /// all lifetimes in its type forgotten, and `<A as MemberPolicy<F>>::Field` would then not be found where an error type has one.
    pub struct FutureNode<F, A, T, O = <A as MemberPolicy<F>>::Field> {
        #[pin]
        cell: FutureSlot<Stored<F>, O>,
        condition: T,
        settle: PhantomData<fn() -> A>,
    }
}

// Said here, so that rustc, which asks so deep and no deeper, meets the future in one step.
// SAFETY: it owns a future or a field, and its turn.
unsafe impl<F: Send, A, T: Send, O: Send> Send for FutureNode<F, A, T, O> {}
// SAFETY: as above.
unsafe impl<F: Sync, A, T: Sync, O: Sync> Sync for FutureNode<F, A, T, O> {}

impl<F: Future, A: MemberPolicy<F>, T> FutureNode<F, A, T> {
    #[inline]
    pub(crate) fn new(future: Stored<F>, condition: T) -> Self {
        Self { cell: FutureSlot::new(future), condition, settle: PhantomData }
    }
}

// Nothing is asked of the future here: rustc asks for it where it has forgotten all lifetimes.
impl<F, A, T: StartCondition, O> Node for FutureNode<F, A, T, O> {
    type Output = O;
    const SLOTS: usize = 1;
    const MEMBERS: usize = 1;
    const STARTS_LATER: bool = T::WAITS;
    const SLOTS_ONLY: bool = !T::WAITS;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<M: BitSet>(self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> O {
        // SAFETY: by contract it has its field, which is gone then.
        unsafe { self.project().cell.read() }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn clear<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) {
        let mut cell = self.project().cell;
        if states.pending.has(slot) {
            states.pending.remove(slot);
            states.empty.insert(slot);
            // SAFETY: the masks said so, and say that it is gone.
            unsafe { cell.as_mut().future().drop_in_place() };
        } else if !states.empty.has(slot) {
            states.empty.insert(slot);
            // SAFETY: as above.
            drop(unsafe { cell.read() });
        }
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        let it = usize::from(*members > 0);
        *members -= it;
        it
    }
}

impl<F, A, T: StartCondition, O> TakeEarly for FutureNode<F, A, T, O> {
    fn has_ended<M: BitSet>(&self, slot: usize, states: &SlotStates<M>) -> bool {
        !states.pending.has(slot)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_idle<M: BitSet>(&self, slot: usize, states: &SlotStates<M>, due: M, pass: Pass) -> bool {
        !states.pending.has(slot)
            || if self.condition.has_started() { !due.has(slot) } else { self.condition.is_for_later(pass) }
    }

    unsafe fn take_early<M: BitSet>(self: Pin<&mut Self>, slot: usize, states: &mut SlotStates<M>) -> Option<O> {
        let failed = states.empty.has(slot);
        states.empty.insert(slot);
        // SAFETY: it has ended, and not failed: it has its field, which is gone then.
        (!failed).then(|| unsafe { self.project().cell.read() })
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
        let slot = at.slot;
        let this = self.project();
        let mut cell = this.cell;
        if T::WAITS && !this.condition.has_started() {
            if !sweep.states.pending.has(slot)
                || !sweep.slots.has(slot)
                || this.condition.is_for_later(sweep.pass_cx.pass)
            {
                return;
            }
            match this.condition.can_start(sweep.pass_cx) {
                CanStart::Now => {}
                CanStart::NotYet => return,
                // SAFETY: it is live.
                CanStart::Never => return unsafe { skip::<F, A, _, _, _>(cell, this.condition, at, sweep) },
            }
        } else if !sweep.due.has(slot) {
            return;
        }
        let (future, id, watch) = (cell.as_mut().future(), sweep.id(at), sweep.pass_cx.watch);
        let mut due = DueFuture::<F, A> { future, slot, id, watch, settled: None };
        // SAFETY: what is due is live.
        sweep.poll(slot, |cx, states| unsafe { due.poll_slot(cx, states) });
        conclude::<F, A, _, _, _>(cell, this.condition, &mut due.settled, at, sweep);
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
        let this = self.project();
        let mut cell = this.cell;
        let (id, watch) = (sweep.id(at), sweep.pass_cx.watch);
        let set_empty = || sweep.states.set_empty::<Stored<F>>(at.slot);
        // SAFETY: it is live.
        if let Poll::Ready(settled) = unsafe { stop::<F, A>(cell.as_mut().future(), why, id, watch, set_empty) } {
            conclude::<F, A, _, _, _>(cell, this.condition, &mut Some(settled), at, sweep);
        }
    }
}

/// A member that is about to be polled. Closures that poll it hold no more than a pointer to this, for without optimisation each fn
/// that is handed a closure has copies of it on the stack.
struct DueFuture<'w, F: Future, A: MemberPolicy<F>> {
    future: *mut Stored<F>,
    slot: usize,
    id: MemberId,
    watch: Watch<'w>,
    settled: Option<Result<A::Field, A::Failure>>,
}

impl<F: Future, A: MemberPolicy<F>> DueFuture<'_, F, A> {
    /// # Safety
    ///
    /// It is live, and the masks are those of its group.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn poll_slot<M: BitSet>(&mut self, cx: &mut Context<'_>, states: &mut SlotStates<M>) {
        let set_empty = || states.set_empty::<Stored<F>>(self.slot);
        // SAFETY: by contract.
        unsafe { poll_slot_into::<F, A>(self.future, cx, &self.id, self.watch, set_empty, &mut self.settled) };
    }
}

/// A member never starts: what it depends on has failed.
///
/// # Safety
///
/// It is live.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn skip<F, A, T, V, K>(
    mut cell: Pin<&mut FutureSlot<Stored<F>, A::Field>>,
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
    let (id, set_empty) = (sweep.id(at), || sweep.states.set_empty::<Stored<F>>(at.slot));
    // SAFETY: by contract.
    let settled = unsafe { abort_slot::<F, A>(cell.as_mut().future(), Abort::Skipped, id, set_empty) };
    sweep.pass_cx.watch.ended(&id, Outcome::Skipped);
    conclude::<F, A, _, _, _>(cell, condition, &mut Some(settled), at, sweep);
}

/// A member has left its cell, if it has been settled.
#[cfg_attr(not(debug_assertions), inline(always))]
fn conclude<F, A, T, V, K>(
    cell: Pin<&mut FutureSlot<Stored<F>, A::Field>>,
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
            cell.write(field);
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
