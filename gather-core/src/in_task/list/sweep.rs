//! A sweep of a list: the first, those of up to 64 items, and those of more.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::{ManuallyDrop, take};
use core::ops::Range;
use core::task::{Context, Poll, Waker};

use super::{List, ListReady};
use crate::in_task::list::progress::{BlockPoller, CoopCounter, DueItem, ReadyPrefix};
use crate::in_task::list::slots::ListSlots;
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::ready::table::{BlockMut, BlockState, ITEMS, ReadyTable};
use crate::in_task::slot::DueFuture;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Pass, PassContext};
use crate::in_task::wakers::{FEW, TaskWaker, WakeStrategy, WithWakers};
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{GroupPolicy, MemberPolicy, Record};

impl<F: Future, A: MemberPolicy<F, Field = O>, O> List<F, A, O> {
    /// Polls the items that are due. What is done once in a sweep is here; what is done for each item is in `poll_entry`.
    #[inline(always)]
    pub(super) fn sweep_due<V>(
        &mut self,
        position: usize,
        window: Option<&Range<usize>>,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let list = (position, pass_cx.watch());
        if let ListReady::Table(_) = self.ready {
            self.sweep_table(list, window, pass_cx);
        } else if self.has_cloned() {
            self.sweep_owned(list, window, pass_cx.cx, pass_cx.policy);
        } else {
            self.sweep_short(list, window, pass_cx.cx, pass_cx.policy);
        }
    }

    /// Whether this is a list of up to 64, of which an item has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_cloned(&mut self) -> bool {
        if let ListReady::Word(slots) = &mut self.ready { slots.has_cloned() } else { false }
    }

    /// Polls the due items of a list of more than 64.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sweep_table<V>(
        &mut self,
        list: (usize, Watch<'_>),
        window: Option<&Range<usize>>,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let task: &Waker = pass_cx.cx.waker();
        let policy = &mut *pass_cx.policy;
        let ListReady::Table(table) = &mut self.ready else { return };
        let fresh = !matches!(pass_cx.pass, Pass::Due { fresh: false });
        let alone = if fresh { table.take_woken(task) } else { None };
        if let Some((mut entry, due)) = alone {
            if window.is_none() && due.is_power_of_two() {
                let (item, items) = (entry.first() + due.trailing_zeros() as usize, &mut self.items);
                let (wakers, BlockState { states, .. }) = entry.split();
                let waker = wakers.of(item % ITEMS);
                // SAFETY: what is due is pending, as `take_woken` says, and `states` are those of its block.
                return unsafe { BlockPoller::<F, A, O, V>::poll_lone(items, states, item, &waker, list, policy) };
            }
            let inside = window.map_or(!0, |window| inside(window, entry.first()));
            let patience = CoopCounter::new();
            let (left_out, _) =
                Self::poll_entry(&mut self.items, entry.reborrow(), due & inside, patience, list, policy);
            if left_out | due & !inside != 0 {
                let index = entry.index();
                entry.into_state().due = left_out | due & !inside;
                table.mark_due(index);
                if left_out != 0 {
                    task.wake_by_ref();
                }
            }
        } else if table.any_due() {
            self.sweep_each_due(list, window, task, CoopCounter::new(), policy);
        }
    }

    /// `poll_all`: polls all unfinished items, in order, with the task's own waker.
    #[inline(never)]
    pub(super) fn sweep_all<V>(&mut self, position: usize, pass_cx: &mut PassContext<'_, '_, V>)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        self.started = true;
        let watch = pass_cx.watch();
        let (cx, policy) = (&mut *pass_cx.cx, &mut *pass_cx.policy);
        // The table is made for its states: its wakers are not used, so it keeps none of the task's.
        self.make_table(ReadyTable::of_nobody);
        for item in 0..self.items.len() {
            if !self.is_pending(item) {
                continue;
            }
            let id = MemberId { names: policy.names(), position, item: Some(item) };
            let mut settled = None;
            let future = self.items.future(item);
            let set_empty = || _ = self.set_empty(item);
            // SAFETY: the item is pending, so its future is there, where it stays; `set_empty` notes that it goes.
            unsafe { DueFuture::<_, F, A, V, _>::new(future, (|| id, set_empty), watch, &mut settled) }.poll(cx);
            if let Some(settled) = settled {
                self.settle(settled, item, id, policy);
            }
        }
    }

    /// Polls the due items of a list of up to 64, one of which has kept its waker.
    ///
    /// Where no item has kept its waker, [`sweep_short`](Self::sweep_short) does it. The two passes are apart: one fn with both took 45
    /// instructions more for each wake.
    #[inline(never)]
    fn sweep_owned<V>(
        &mut self,
        list: (usize, Watch<'_>),
        window: Option<&Range<usize>>,
        cx: &mut Context<'_>,
        policy: &mut V,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let Self { items, ready: ListReady::Word(slots), .. } = self else { return };
        let task: &Waker = cx.waker();
        let taken = slots.take_due(task);
        let due = taken & window.map_or(!0, |window| inside(window, 0));
        let mut later = taken & !due;
        if due != 0 {
            let mut pass = ShortListPass::<F, A, O, V> { items, list, cx, policy, due, settle: PhantomData };
            let left_out = slots.pass_owned(&mut pass);
            if left_out != 0 {
                task.wake_by_ref();
            }
            later |= left_out;
        }
        slots.requeue(later);
    }

    /// Polls the due items of a list of up to 64 none of which has kept its waker, and those of any list in its first sweep.
    #[cfg_attr(not(debug_assertions), inline(never))]
    #[cfg_attr(debug_assertions, inline(always))]
    fn sweep_short<V>(
        &mut self,
        list: (usize, Watch<'_>),
        window: Option<&Range<usize>>,
        cx: &mut Context<'_>,
        policy: &mut V,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        self.started = true;
        if let ListReady::Prefix { .. } = self.ready {
            return self.sweep_prefix(list, window, cx.waker(), policy);
        }
        let inside = window.map_or(!0, |window| inside(window, 0));
        if self.items.len() <= FEW {
            return self.sweep_few(list, inside, cx, policy);
        }
        self.sweep_borrowed(list, inside, cx, policy);
    }

    /// Polls the due items `inside` a list of 9 to 64 none of which has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn sweep_borrowed<V>(&mut self, list: (usize, Watch<'_>), inside: u64, cx: &mut Context<'_>, policy: &mut V)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let Self { items, ready: ListReady::Word(slots), .. } = self else { return };
        let task: &Waker = cx.waker();
        let due = slots.take_due(task);
        if due & inside == 0 {
            return slots.requeue(due);
        }
        let mut pass = ShortListPass::<F, A, O, V> { items, list, cx, policy, due: due & inside, settle: PhantomData };
        let left_out = slots.pass_borrowed(task, &mut pass);
        if left_out != 0 {
            task.wake_by_ref();
        }
        slots.requeue(left_out | due & !inside);
    }

    /// Polls all unfinished items `inside` a list of up to 8, with the task's own waker, as is done with the members of a small group.
    #[cfg_attr(not(debug_assertions), inline(never))]
    #[cfg_attr(debug_assertions, inline(always))]
    fn sweep_few<V>(&mut self, list: (usize, Watch<'_>), inside: u64, cx: &mut Context<'_>, policy: &mut V)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let Self { items, ready: ListReady::Word(slots), .. } = self else { return };
        let due = slots.states().pending & inside;
        if due != 0 {
            let mut pass = ShortListPass::<F, A, O, V> { items, list, cx, policy, due, settle: PhantomData };
            pass.go(slots.states(), TaskWaker(PhantomData));
        }
    }

    /// Polls items in order as long as they are ready at once, then makes the table.
    fn sweep_prefix<V>(
        &mut self,
        (position, watch): (usize, Watch<'_>),
        window: Option<&Range<usize>>,
        task: &Waker,
        policy: &mut V,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let mut patience = CoopCounter::new();
        if window.is_none() {
            let ListReady::Prefix { ended, empty } = &mut self.ready else { return };
            let id = MemberId { names: policy.names(), position, item: None };
            let first = TableStackWaker::new(self.items.len(), task);
            // SAFETY: `first` stays here while items are polled, and the waker is lent to their polls only.
            let waker = unsafe { first.waker() };
            // SAFETY: no item has been polled, so all are pending. A list with a prefix has more than 64 items.
            let mut head = unsafe { ReadyPrefix::<F, A, O>::new(&mut self.items, ended, empty) };
            // SAFETY: this is the first use of `head`.
            let stopped = unsafe { head.poll::<V>(&first, &mut Context::from_waker(&waker), id, watch) };
            drop(head);
            let Some(polled) = stopped else { return };
            let item = *ended;
            let woken = first.has_woken();
            self.make_table(|_| first.into_table());
            let ListReady::Table(table) = &mut self.ready else { return };
            let (wakers, state) = table.entry(item / ITEMS).split();
            state.due.remove(item % ITEMS);
            match polled {
                Poll::Pending => {
                    patience.goes_on(Poll::Pending);
                    if woken {
                        wakers.mark(item % ITEMS);
                    }
                }
                Poll::Ready(failure) => {
                    state.states.pending.remove(item % ITEMS);
                    state.states.empty.insert(item % ITEMS);
                    self.items.left -= 1;
                    policy.record(failure, MemberId { item: Some(item), ..id });
                }
            }
        }
        self.make_table(|len| ReadyTable::new(len, task));
        self.sweep_each_due((position, watch), window, task, patience, policy);
    }

    #[inline(never)]
    fn sweep_each_due<V>(
        &mut self,
        id: (usize, Watch<'_>),
        window: Option<&Range<usize>>,
        task: &Waker,
        mut patience: CoopCounter,
        policy: &mut V,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let ListReady::Table(table) = &mut self.ready else { return };
        let items = &mut self.items;
        table.for_each_due(window, |mut entry| {
            let inside = window.map_or(!0, |window| inside(window, entry.first()));
            let due = take(&mut entry.reborrow().into_state().due);
            let left_out;
            (left_out, patience) = Self::poll_entry(items, entry.reborrow(), due & inside, patience, id, policy);
            entry.into_state().due = left_out | due & !inside;
            if left_out != 0 {
                task.wake_by_ref();
            }
            left_out == 0
        });
    }

    /// Polls the `due` items of one block. Gives those that are left for the next sweep.
    #[inline(never)]
    fn poll_entry<V>(
        items: &mut ListSlots<F, O>,
        entry: BlockMut<'_>,
        mut due: u64,
        mut patience: CoopCounter,
        list: (usize, Watch<'_>),
        policy: &mut V,
    ) -> (u64, CoopCounter)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let first = entry.first();
        let (wakers, state) = entry.split();
        // SAFETY: a block of a table has an item, and `state` is that of the block's items.
        let mut progress = unsafe { BlockPoller::<F, A, O, V>::new(items, first, &mut state.states, list, policy) };
        while due != 0 {
            let item = take_lowest(&mut due);
            let waker = wakers.of(item);
            // SAFETY: what is due is pending: `take_woken` leaves out all else, and an item that ends otherwise is taken out of `due`.
            let polled = unsafe { progress.poll(item, &mut Context::from_waker(&waker)) };
            if !patience.goes_on(polled) {
                break;
            }
        }
        (due, patience)
    }
}

/// Takes the first of the items in a set that is not empty.
#[cfg_attr(not(debug_assertions), inline(always))]
fn take_lowest(due: &mut u64) -> usize {
    let item = due.trailing_zeros() as usize;
    *due &= *due - 1;
    item
}

/// Which of the 64 items from `first` on are in `window`.
#[cold]
fn inside(window: &Range<usize>, first: usize) -> u64 {
    let below = |end: usize| u64::first(end.saturating_sub(first));
    below(window.end).without(below(window.start))
}

/// One pass over the items of a list of up to 64. Gives those that are left for the next.
struct ShortListPass<'a, 'c, F, A, O, V> {
    items: &'a mut ListSlots<F, O>,
    /// The position of the list, and who observes it.
    list: (usize, Watch<'a>),
    cx: &'a mut Context<'c>,
    policy: &'a mut V,
    due: u64,
    settle: PhantomData<fn() -> A>,
}

impl<F, A, O, V> WithWakers<u64> for ShortListPass<'_, '_, F, A, O, V>
where
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    type Output = u64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go<K: WakerSource<BitSet = u64>>(&mut self, states: &mut SlotStates<u64>, wakers: K) -> u64 {
        // As in `Sweep`.
        let mut wakers = ManuallyDrop::new(wakers);
        // SAFETY: an item is due, so there is one, and `states` are those of this list's items.
        let mut progress = unsafe { BlockPoller::<F, A, O, V>::new(self.items, 0, states, self.list, self.policy) };
        let (mut due, mut patience) = (self.due, CoopCounter::new());
        while due != 0 {
            let item = take_lowest(&mut due);
            // SAFETY: what is due is pending: the slots are asked for due ones among the pending.
            let mut item_due = unsafe { DueItem::new(&mut progress, item) };
            let polled = wakers.poll(self.cx, item, &mut item_due);
            if !patience.goes_on(polled) {
                break;
            }
        }
        due
    }
}
