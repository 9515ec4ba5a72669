//! The loops that poll the items of a list one after the other.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::needs_drop;
use core::task::{Context, Poll};

use crate::in_task::list::slots::{ListSlots, SlotsFrom};
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::rotation::budget_spent;
use crate::in_task::slot::poll_slot;
use crate::in_task::slot_states::{BitSet, SlotStates};
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{GroupPolicy, MemberPolicy, Record};

/// After so many items in a row that were not ready, tokio's budget is looked at. If it is spent, the other items are left for the next
/// sweep: all of them would answer "not yet", and a long list that asked them again and again would be quadratic.
const PATIENCE: usize = 32;

/// Counts items in a row that are not ready.
#[derive(Clone, Copy)]
pub struct CoopCounter(usize);

impl CoopCounter {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn new() -> Self {
        Self(PATIENCE)
    }

    /// Counts an item that was polled. `false`: the others are to be left for the next sweep, for which the task has to be woken.
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

/// Polls up to 64 items of a list.
///
/// The set of pending items and their number change with each item that is ready. No poll looks at them, so they are kept in registers,
/// and written back at the end or by a panic.
pub struct BlockPoller<'a, F, A, O> {
    run: SlotsFrom<'a, F, O>,
    states: &'a mut SlotStates<u64>,
    pending: u64,
    left: usize,
    id: MemberId,
    watch: Watch<'a>,
    settle: PhantomData<fn() -> A>,
}

impl<'a, F: Future, A: MemberPolicy<F, Field = O>, O> BlockPoller<'a, F, A, O> {
    /// # Safety
    ///
    /// There must be an item `first`, and `states` must be those of the items from there on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(
        items: &'a mut ListSlots<F, O>,
        first: usize,
        states: &'a mut SlotStates<u64>,
        id: MemberId,
        watch: Watch<'a>,
    ) -> Self {
        // SAFETY: there is such an item, by the caller's word.
        let run = unsafe { items.from(first) };
        Self { pending: states.pending, left: *run.left, run, states, id, watch, settle: PhantomData }
    }

    /// Polls an item.
    ///
    /// # Safety
    ///
    /// The item must be pending.
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
            // As `SlotStates::set_empty` does.
            if needs_drop::<F>() {
                states.empty.insert(item);
            }
        };
        // SAFETY: a pending item has its future, which stays where it is; `set_empty` notes that it goes.
        let polled = unsafe { poll_slot::<F, A, V>(run.future(item), cx, id, *watch, set_empty) };
        polled.map(|settled| {
            *left -= 1;
            match settled {
                Ok(field) => {
                    // SAFETY: there is such an item.
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

impl<F, A, O> Drop for BlockPoller<'_, F, A, O> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.states.pending = self.pending;
        *self.run.left = self.left;
    }
}

/// Polls the items of a list as long as none of them has to wait. `ended` is written back as in [`BlockPoller`].
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
    /// There must be an item, and all must be pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(
        items: &'a mut ListSlots<F, O>,
        ended: &'a mut usize,
        empty: &'a mut bool,
    ) -> Self {
        let len = items.len();
        // SAFETY: there is an item, by the caller's word.
        let run = unsafe { items.from(0) };
        Self { run, len, ended, empty, at_hand: 0, settle: PhantomData }
    }

    /// Polls items until one is not ready, or fails.
    ///
    /// # Safety
    ///
    /// To be called once, when all items are still pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn poll<V: GroupPolicy>(
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
            // SAFETY: the items from `at_hand` on are pending, so this one has its future; `empty` notes that it goes.
            let polled = unsafe { poll_slot::<F, A, V>(run.future(item), cx, id, watch, set_empty) };
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
