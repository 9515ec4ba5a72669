//! The loops that poll the items of a list one after the other.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, needs_drop};
use core::task::{Context, Poll, Waker};

use crate::in_task::list::slots::{ListSlots, SlotsFrom};
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::ready::table::ITEMS;
use crate::in_task::rotation::budget_spent;
use crate::in_task::slot::{DueFuture, DueSlot};
use crate::in_task::slot_states::{BitSet, PollDue, SlotStates};
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
pub struct BlockPoller<'a, F, A, O, V> {
    run: SlotsFrom<'a, F, O>,
    states: &'a mut SlotStates<u64>,
    pending: u64,
    left: usize,
    position: usize,
    watch: Watch<'a>,
    policy: &'a mut V,
    settle: PhantomData<fn() -> A>,
}

impl<'a, F, A, O, V> BlockPoller<'a, F, A, O, V>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    /// # Safety
    ///
    /// There must be an item `first`, and `states` must be those of the items from there on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(
        items: &'a mut ListSlots<F, O>,
        first: usize,
        states: &'a mut SlotStates<u64>,
        (position, watch): (usize, Watch<'a>),
        policy: &'a mut V,
    ) -> Self {
        // SAFETY: there is such an item, by the caller's word.
        let run = unsafe { items.from(first) };
        Self { pending: states.pending, left: *run.left, run, states, position, watch, policy, settle: PhantomData }
    }

    /// Polls an item.
    ///
    /// # Safety
    ///
    /// The item must be pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn poll(&mut self, item: usize, cx: &mut Context<'_>) -> Poll<()> {
        // Nothing is in it where a poll unwinds. Without optimisation there is more on the stack where something might be.
        let mut settled = const { ManuallyDrop::new(None) };
        // SAFETY: the item is pending, by the caller's word.
        unsafe { self.due(item, &mut settled) }.poll(cx);
        self.conclude(&mut settled, item)
    }

    /// Polls an item that is due alone, as one is after most wakes: in fewer steps than a loop takes.
    ///
    /// # Safety
    ///
    /// The item must be pending, and `states` those of its block.
    #[inline(never)]
    pub(in crate::in_task) unsafe fn poll_lone(
        items: &mut ListSlots<F, O>,
        states: &mut SlotStates<u64>,
        item: usize,
        waker: &Waker,
        list: (usize, Watch<'_>),
        policy: &mut V,
    ) {
        let number = item % ITEMS;
        // SAFETY: the caller keeps what `new` and `poll` ask for.
        unsafe {
            let mut block = BlockPoller::<F, A, O, V>::new(items, item - number, states, list, policy);
            let _ = block.poll(number, &mut Context::from_waker(waker));
        }
    }

    /// An item, which is to be polled now, once. It owns nothing.
    ///
    /// # Safety
    ///
    /// The item must be pending.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn due<'x>(
        &'x mut self,
        item: usize,
        settled: &'x mut Option<Result<O, A::Failure>>,
    ) -> ManuallyDrop<DueFuture<'x, F, F, A, V, DueItem<'x, 'a, F, A, O, V>>> {
        // SAFETY: there is such an item, by the caller's word.
        let future = unsafe { self.run.future(item) };
        let (watch, slot) = (self.watch, DueItem { block: self, item });
        // SAFETY: a pending item has its future, which stays where it is; `set_empty` notes that it goes.
        ManuallyDrop::new(unsafe { DueFuture::new(future, slot, watch, settled) })
    }

    /// Puts the field of an item that has been settled into its slot, or records its failure.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn conclude(&mut self, settled: &mut Option<Result<O, A::Failure>>, item: usize) -> Poll<()> {
        let Some(settled) = settled.take() else { return Poll::Pending };
        self.left -= 1;
        match settled {
            Ok(field) => {
                // SAFETY: there is such an item: it was polled.
                unsafe { self.run.write(item, field) };
                self.states.set_done::<F>(item);
            }
            Err(failure) => {
                self.states.empty.insert(item);
                let names = self.policy.names();
                let id = MemberId { names, position: self.position, item: Some(self.run.first + item) };
                self.policy.record(failure, id);
            }
        }
        Poll::Ready(())
    }
}

/// An item of the block, which is to be polled now.
pub struct DueItem<'p, 'a, F, A, O, V> {
    block: &'p mut BlockPoller<'a, F, A, O, V>,
    item: usize,
}

impl<'p, 'a, F, A, O, V> DueItem<'p, 'a, F, A, O, V> {
    /// # Safety
    ///
    /// The item must be pending, and what this gives must be polled once at most.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) unsafe fn new(block: &'p mut BlockPoller<'a, F, A, O, V>, item: usize) -> Self {
        Self { block, item }
    }
}

impl<F, A, O, V> PollDue for DueItem<'_, '_, F, A, O, V>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    type Output = Poll<()>;

    #[inline(always)]
    fn poll_due(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        // SAFETY: the item is pending, by the word of who made this.
        unsafe { self.block.poll(self.item, cx) }
    }
}

impl<F, A, O, V: GroupPolicy> DueSlot for DueItem<'_, '_, F, A, O, V> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn id(&self) -> MemberId {
        let BlockPoller { run, position, policy, .. } = &*self.block;
        MemberId { names: policy.names(), position: *position, item: Some(run.first + self.item) }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_empty(&mut self) {
        self.block.pending.remove(self.item);
        // As `SlotStates::set_empty` does.
        if needs_drop::<F>() {
            self.block.states.empty.insert(self.item);
        }
    }
}

impl<F, A, O, V> Drop for BlockPoller<'_, F, A, O, V> {
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
            first.begin(item);
            let mut settled = None;
            let (id, set_empty) = (|| MemberId { item: Some(item), ..id }, || **empty = needs_drop::<F>());
            // SAFETY: the items from `at_hand` on are pending, so this one has its future; `empty` notes that it goes.
            let mut due =
                unsafe { DueFuture::<_, F, A, V, _>::new(run.future(item), (id, set_empty), watch, &mut settled) };
            due.poll(cx);
            match settled {
                Some(Ok(field)) => {
                    // SAFETY: there is such an item.
                    unsafe { run.write(item, field) };
                    if needs_drop::<F>() {
                        **empty = false;
                    }
                    *at_hand += 1;
                }
                Some(Err(failure)) => return Some(Poll::Ready(failure)),
                None => return Some(Poll::Pending),
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
