//! `*list`: a list of futures that are all in progress at once.

pub mod progress;
pub mod slots;
mod sweep;
#[cfg(all(test, not(loom)))]
mod tests;

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;

use super::list::slots::ListSlots;
use super::node::deferred::Deferrable;
use super::node::published::TakeEarly;
use super::ready::table::{ITEMS, ReadyTable};
use super::slot::stop;
use super::slot_states::{BitSet, SlotStates, WakerSource};
use super::sweep::{Node, Pass, PollNode, Position, Sweep};
use super::wakers::{PollWoken, WakeStrategy};
use crate::member::MemberId;
use crate::observe::Roster;
use crate::policy::{Abort, GroupPolicy, MemberPolicy, Record, StopReason};

/// The items of one list. Those that were woken are due.
///
/// `O` is a parameter for the reason given at [`FutureNode`](super::FutureNode).
pub struct List<F, A, O = <A as MemberPolicy<F>>::Field> {
    items: ListSlots<F, O>,
    ready: ListReady,
    started: bool,
    settle: PhantomData<fn() -> A>,
}

/// The states of the items, and which of them were woken.
enum ListReady {
    /// Up to 64 items.
    Word(PollWoken),
    /// More, and none of them had to wait so far, so that nothing is allocated. The first `ended` are done and the others pending; but if
    /// `empty`, the first of the others is empty, after a panic or a failure.
    Prefix { ended: usize, empty: bool },
    /// More, at least one of which had to wait.
    Table(ReadyTable),
}

/// A group closes its slots when it ends. A list closes them here.
impl Drop for ListReady {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if let Self::Word(slots) = self {
            slots.close();
        }
    }
}

// These impls let rustc reach the futures in one step: it gives up after a number of steps inside each other.
// SAFETY: a list owns its items; what wakers on other threads share with it is in atomics.
unsafe impl<F: Send, A, O: Send> Send for List<F, A, O> {}
// SAFETY: a shared reference gives access to nothing but what is in atomics.
unsafe impl<F: Sync, A, O: Sync> Sync for List<F, A, O> {}

// The futures are on the heap, where they stay.
impl<F, A, O> Unpin for List<F, A, O> {}

impl ListReady {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn of(len: usize) -> Self {
        if len > ITEMS { Self::Prefix { ended: 0, empty: false } } else { Self::Word(PollWoken::full(len)) }
    }

    /// States of a list of one item, which is done, or empty if it failed.
    fn ended(failed: bool) -> Self {
        let mut slots = PollWoken::full(1);
        slots.states().pending = BitSet::NONE;
        slots.states().empty = BitSet::first(usize::from(failed));
        Self::Word(slots)
    }

    /// Notes that an item that ends otherwise than by a poll is not due: what is due is always pending.
    fn not_due(&mut self, item: usize) {
        match self {
            Self::Word(slots) => slots.not_due(item),
            Self::Prefix { .. } => {}
            Self::Table(table) => table.entry(item / ITEMS).into_state().due &= !(1 << (item % ITEMS)),
        }
    }

    /// The states of the up to 64 items from `ITEMS * block` on.
    fn states(&mut self, block: usize) -> Option<&mut SlotStates<u64>> {
        match self {
            Self::Word(slots) => Some(slots.states()),
            Self::Prefix { .. } => None,
            Self::Table(table) => Some(&mut table.entry(block).into_state().states),
        }
    }
}

impl<F: Future, A: MemberPolicy<F, Field = O>, O> List<F, A, O> {
    pub(crate) fn new(futures: Box<[F]>) -> Self {
        let items = ListSlots::new(futures);
        let ready = ListReady::of(items.len());
        Self { items, ready, started: false, settle: PhantomData }
    }

    fn is_pending(&mut self, item: usize) -> bool {
        self.ready.states(item / ITEMS).is_none_or(|states| states.pending.has(item % ITEMS))
    }

    /// Stores the field of an item whose future is gone, or records its failure.
    fn settle<V: Record<A::Failure>>(
        &mut self,
        settled: Result<O, A::Failure>,
        item: usize,
        id: MemberId,
        policy: &mut V,
    ) {
        self.items.left -= 1;
        match settled {
            Ok(field) => {
                self.items.write(item, field);
                self.set_done(item);
            }
            Err(failure) => policy.record(failure, id),
        }
    }
}

impl<F, A, O> List<F, A, O> {
    fn make_table(&mut self, make: impl FnOnce(usize) -> ReadyTable) {
        if let ListReady::Prefix { ended, empty } = self.ready {
            let mut table = make(self.items.len());
            table.end_prefix(ended);
            if empty {
                let states = &mut table.entry(ended / ITEMS).into_state().states;
                states.pending.remove(ended % ITEMS);
                states.empty.insert(ended % ITEMS);
            }
            self.ready = ListReady::Table(table);
        }
    }

    /// Notes that an item is empty. Gives what its slot held: `Some(true)` is its future, `Some(false)` its field.
    fn set_empty(&mut self, item: usize) -> Option<bool> {
        let states = self.ready.states(item / ITEMS)?;
        let bit = item % ITEMS;
        let (pending, empty) = (states.pending.has(bit), states.empty.has(bit));
        states.pending.remove(bit);
        states.empty.insert(bit);
        self.ready.not_due(item);
        (pending || !empty).then_some(pending)
    }

    /// Whether items may be due in a pass. In one that starts members, items that have been woken meanwhile wait for the next sweep.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_due(&self, pass: Pass) -> bool {
        self.items.left > 0 && (matches!(pass, Pass::Due { .. }) || !self.started)
    }

    /// Adds what was passed to the sweep.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn passed<V, K: WakerSource>(&self, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        sweep.items += self.items.len();
        sweep.unfinished += self.items.left;
    }

    fn set_done(&mut self, item: usize) {
        if let Some(states) = self.ready.states(item / ITEMS) {
            states.empty.remove(item % ITEMS);
        }
    }

    fn all_have_fields(&mut self) -> bool {
        let blocks = self.items.len().div_ceil(ITEMS);
        self.items.left == 0
            && (0..blocks).all(|block| self.ready.states(block).is_none_or(|states| states.empty.is_empty()))
    }
}

impl<V, F, A, O> PollNode<V> for List<F, A, O>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    fn announce(&self, position: usize, late: bool, roster: &mut dyn Roster) {
        roster.items(position, self.items.len(), late);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let window = sweep.window_of(at, self.items.len());
        if self.has_due(sweep.pass_cx.pass) {
            if sweep.pass_cx.poll_all {
                self.sweep_all(at.position, sweep.pass_cx);
            } else {
                self.sweep_due(at.position, window.as_ref(), sweep.pass_cx);
            }
        }
        self.passed(sweep);
    }

    unsafe fn stop<K: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, K>,
    ) {
        let len = self.items.len();
        sweep.items += len;
        self.make_table(ReadyTable::of_nobody);
        for item in 0..len {
            if !self.is_pending(item) {
                continue;
            }
            let id = MemberId { item: Some(item), ..sweep.id(at) };
            let future = self.items.future(item);
            // SAFETY: the item is pending, so its future is there, where it stays; `set_empty` notes that it goes.
            let settled = unsafe {
                stop::<F, A>(future, why, id, sweep.pass_cx.watch(), || {
                    self.set_empty(item);
                })
            };
            self.settle(settled, item, id, sweep.pass_cx.policy);
        }
    }
}

impl<F, A, O> Node for List<F, A, O> {
    type Output = Vec<O>;
    const SLOTS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS_LATER: bool = false;
    const SLOTS_ONLY: bool = false;

    unsafe fn take<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> Vec<O> {
        // SAFETY: the caller says that every member has its field.
        unsafe { self.items.take() }
    }

    unsafe fn clear<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {
        if let ListReady::Prefix { .. } = self.ready {
            if !self.started {
                // SAFETY: the list has not started, so every item has its future.
                return unsafe { self.items.drop_futures() };
            }
            self.make_table(ReadyTable::of_nobody);
        }
        for item in 0..self.items.len() {
            match self.set_empty(item) {
                // SAFETY: the item was pending, so its future is there; the states say already that it is empty.
                Some(true) => unsafe { self.items.future(item).drop_in_place() },
                // SAFETY: the item was done, so its field is there; the states say already that it is empty.
                Some(false) => drop(unsafe { self.items.read(item) }),
                None => {}
            }
        }
        self.items.forget();
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.items.len());
        0
    }
}

impl<F, A, O> TakeEarly for List<F, A, O> {
    fn has_ended<M: BitSet>(&self, _: usize, _: &SlotStates<M>) -> bool {
        self.items.left == 0
    }

    unsafe fn take_early<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> Option<Vec<O>> {
        self.all_have_fields().then(|| {
            // SAFETY: no item is pending, and none is empty: every item has its field.
            let fields = unsafe { self.items.take() };
            // The group goes on. An empty list is left, so that nothing says that there are still fields.
            self.ready = ListReady::of(0);
            fields
        })
    }
}

impl<V, F, A, O> Deferrable<V> for List<F, A, O>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    const CATCHES: bool = A::CATCHES;

    fn interrupted(why: Abort, id: MemberId, policy: &mut V) -> Self {
        let field = match A::settle(Err(why), id) {
            Ok(field) => Some(field),
            Err(failure) => {
                policy.record(failure, id);
                None
            }
        };
        let ready = ListReady::ended(field.is_none());
        Self { items: ListSlots::ended(field), ready, started: true, settle: PhantomData }
    }
}
