//! Items of a list that are polled one after the other.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::needs_drop;
use core::task::{Context, Poll};

use crate::in_task::list::slots::{ListSlots, SlotsFrom};
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::slot::poll_slot;
use crate::in_task::slot_states::{BitSet, SlotStates};
use crate::in_task::sweep::budget_spent;
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::MemberPolicy;
use crate::policy::{GroupPolicy, Record};

/// After so many items in a row that were not ready, tokio's budget is looked at. If it is spent, the others are left for the next
/// sweep: all of them would answer "not yet", and to ask them again and again would make a long list quadratic.
const PATIENCE: usize = 32;

/// Counts items in a row that are not ready.
#[derive(Clone, Copy)]
pub struct CoopCounter(usize);

impl CoopCounter {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn new() -> Self {
        Self(PATIENCE)
    }

    /// `false`: the others are better left for the next sweep, for which the task is to be woken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn goes_on(&mut self, polled: Poll<()>) -> bool {
        self.0 -= 1;
        if polled.is_ready() {
            self.0 = PATIENCE;
        } else if self.0 == 0 {
            self.0 = PATIENCE;
            return budget_is_left();
        }
        true
    }
}

#[cold]
#[inline(never)]
fn budget_is_left() -> bool {
    !budget_spent()
}

/// Up to 64 items of a list. Of what changes with each that is ready, no poll knows: it is kept at hand, and put back at the
/// end, also by a panic.
pub struct ChunkPoller<'a, F, A, O> {
    run: SlotsFrom<'a, F, O>,
    states: &'a mut SlotStates<u64>,
    pending: u64,
    left: usize,
    id: MemberId,
    watch: Watch<'a>,
    settle: PhantomData<fn() -> A>,
}

impl<'a, F: Future, A: MemberPolicy<F, Field = O>, O> ChunkPoller<'a, F, A, O> {
    /// # Safety
    ///
    /// There is an item `first`, and the masks are those of the items from there on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(
        items: &'a mut ListSlots<F, O>,
        first: usize,
        states: &'a mut SlotStates<u64>,
        id: MemberId,
        watch: Watch<'a>,
    ) -> Self {
        // SAFETY: by contract.
        let run = unsafe { items.from(first) };
        Self { pending: states.pending, left: *run.left, run, states, id, watch, settle: PhantomData }
    }

    /// Polls an item.
    ///
    /// # Safety
    ///
    /// It is live.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn poll<V: GroupPolicy + Record<A::Failure>>(
        &mut self,
        item: usize,
        cx: &mut Context<'_>,
        policy: &mut V,
    ) -> Poll<()> {
        let Self { run, states, pending, left, watch, .. } = self;
        let id = MemberId { item: Some(run.first + item), ..self.id };
        let set_empty = || {
            pending.remove(item);
            // As in `SlotStates::set_empty`.
            if needs_drop::<F>() {
                states.empty.insert(item);
            }
        };
        // SAFETY: what is live is there, and does not move.
        let polled = unsafe { poll_slot::<F, A>(run.future(item), cx, id, *watch, set_empty) };
        polled.map(|settled| {
            *left -= 1;
            match settled {
                Ok(field) => {
                    // SAFETY: by contract.
                    unsafe { run.write(item, field) };
                    states.set_done::<F>(item);
                }
                Err(failure) => {
                    states.empty.insert(item);
                    policy.record(failure, id);
                }
            }
        })
    }
}

impl<F, A, O> Drop for ChunkPoller<'_, F, A, O> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.states.pending = self.pending;
        *self.run.left = self.left;
    }
}

/// The items of a list before one of them had to wait. `ended` is put back as in [`ChunkPoller`].
pub struct ReadyPrefix<'a, F, A, O> {
    run: SlotsFrom<'a, F, O>,
    len: usize,
    ended: &'a mut usize,
    empty: &'a mut bool,
    at_hand: usize,
    settle: PhantomData<fn() -> A>,
}

impl<'a, F: Future, A: MemberPolicy<F, Field = O>, O> ReadyPrefix<'a, F, A, O> {
    /// # Safety
    ///
    /// There is an item, and all are live.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(
        items: &'a mut ListSlots<F, O>,
        ended: &'a mut usize,
        empty: &'a mut bool,
    ) -> Self {
        let len = items.len();
        // SAFETY: by contract.
        let run = unsafe { items.from(0) };
        Self { run, len, ended, empty, at_hand: 0, settle: PhantomData }
    }

    /// Polls them until one is not ready, or fails.
    ///
    /// # Safety
    ///
    /// As of [`new`](Self::new), of which this is the first use.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn poll(
        &mut self,
        first: &TableStackWaker<'_>,
        cx: &mut Context<'_>,
        id: MemberId,
        watch: Watch<'_>,
    ) -> Option<Poll<A::Failure>> {
        let Self { run, len, empty, at_hand, .. } = self;
        while *at_hand < *len {
            let item = *at_hand;
            let id = MemberId { item: Some(item), ..id };
            first.begin(item);
            let set_empty = || **empty = needs_drop::<F>();
            // SAFETY: those from `at_hand` on are live.
            let polled = unsafe { poll_slot::<F, A>(run.future(item), cx, id, watch, set_empty) };
            match polled {
                Poll::Ready(Ok(field)) => {
                    // SAFETY: there is such an item.
                    unsafe { run.write(item, field) };
                    if needs_drop::<F>() {
                        **empty = false;
                    }
                    *at_hand += 1;
                }
                Poll::Ready(Err(failure)) => return Some(Poll::Ready(failure)),
                Poll::Pending => return Some(Poll::Pending),
            }
        }
        None
    }
}

impl<F, A, O> Drop for ReadyPrefix<'_, F, A, O> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        *self.ended = self.at_hand;
        *self.run.left -= self.at_hand;
    }
}
