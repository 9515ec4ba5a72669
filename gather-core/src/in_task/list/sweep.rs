//! A sweep of a list: the first, those of up to 64 items, and those of more.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::take;
use core::ops::Range;
use core::task::{Context, Poll, Waker};

use super::{List, ListReady};
use crate::in_task::list::progress::{BlockPoller, CoopCounter, ReadyPrefix};
use crate::in_task::list::slots::ListSlots;
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::ready::table::{BlockMut, ITEMS, ReadyTable};
use crate::in_task::slot::poll_slot;
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::sweep::{Pass, PassContext};
use crate::in_task::wakers::{FEW, TaskWaker, WakeStrategy, WithWakers};
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{GroupPolicy, MemberPolicy, Record};

impl<F: Future, A: MemberPolicy<F, Field = O>, O> List<F, A, O> {
    /// Polls the items that are due. What is done once in a sweep is here; what is done for each item is in `poll_entry`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep_due<V>(
        &mut self,
        position: usize,
        window: Option<&Range<usize>>,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let task: &Waker = pass_cx.cx.waker();
        let watch = pass_cx.watch();
        let policy = &mut *pass_cx.policy;
        let ListReady::Table(table) = &mut self.ready else {
            if let ListReady::Word(slots) = &mut self.ready
                && slots.has_cloned()
            {
                return self.sweep_owned(position, watch, window, pass_cx.cx, policy);
            }
            return self.sweep_short(position, watch, window, pass_cx.cx, policy);
        };
        let fresh = !matches!(pass_cx.pass, Pass::Due { fresh: false });
        let alone = if fresh { table.take_woken(task) } else { None };
        if let Some((mut entry, due)) = alone {
            let inside = window.map_or(!0, |window| inside(window, entry.first()));
            let patience = CoopCounter::new();
            let (left_out, _) =
                Self::poll_entry(&mut self.items, entry.reborrow(), due & inside, patience, (position, watch), policy);
            if left_out | due & !inside != 0 {
                let index = entry.index();
                entry.into_state().due = left_out | due & !inside;
                table.mark_due(index);
                if left_out != 0 {
                    task.wake_by_ref();
                }
            }
        } else if table.any_due() {
            self.sweep_each_due((position, watch), window, task, CoopCounter::new(), policy);
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
            let future = self.items.future(item);
            // SAFETY: the item is pending, so its future is there, where it stays; `set_empty` notes that it goes.
            let polled = unsafe {
                poll_slot::<F, A, V>(future, cx, id, watch, || {
                    self.set_empty(item);
                })
            };
            if let Poll::Ready(settled) = polled {
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
        position: usize,
        watch: Watch<'_>,
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
            let pass = ShortListPass::<F, A, O, V> { items, position, watch, cx, policy, due, settle: PhantomData };
            let left_out = slots.pass_owned(pass);
            if left_out != 0 {
                task.wake_by_ref();
            }
            later |= left_out;
        }
        slots.requeue(later);
    }

    /// Polls the due items of a list of up to 64 none of which has kept its waker, and those of any list in its first sweep.
    #[inline(never)]
    fn sweep_short<V>(
        &mut self,
        position: usize,
        watch: Watch<'_>,
        window: Option<&Range<usize>>,
        cx: &mut Context<'_>,
        policy: &mut V,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        let task: &Waker = cx.waker();
        self.started = true;
        let ListReady::Word(slots) = &mut self.ready else {
            return self.sweep_prefix((position, watch), window, task, policy);
        };
        let inside = window.map_or(!0, |window| inside(window, 0));
        if self.items.len() <= FEW {
            return self.sweep_few(position, watch, inside, cx, policy);
        }
        let due = slots.take_due(task);
        if due & inside == 0 {
            return slots.requeue(due);
        }
        let pass = ShortListPass::<F, A, O, V> {
            items: &mut self.items,
            position,
            watch,
            cx,
            policy,
            due: due & inside,
            settle: PhantomData,
        };
        let left_out = slots.pass_borrowed(task, pass);
        if left_out != 0 {
            task.wake_by_ref();
        }
        slots.requeue(left_out | due & !inside);
    }

    /// Polls all unfinished items `inside` a list of up to 8, with the task's own waker, as is done with the members of a small group.
    #[inline(never)]
    fn sweep_few<V>(&mut self, position: usize, watch: Watch<'_>, inside: u64, cx: &mut Context<'_>, policy: &mut V)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let Self { items, ready: ListReady::Word(slots), .. } = self else { return };
        let due = slots.states().pending & inside;
        if due != 0 {
            let mut pass = ShortListPass::<F, A, O, V> { items, position, watch, cx, policy, due, settle: PhantomData };
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
        (position, watch): (usize, Watch<'_>),
        policy: &mut V,
    ) -> (u64, CoopCounter)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let first = entry.first();
        let (wakers, state) = entry.split();
        let id = MemberId { names: policy.names(), position, item: None };
        // SAFETY: a block of a table has an item, and `state` is that of the block's items.
        let mut progress = unsafe { BlockPoller::<F, A, O>::new(items, first, &mut state.states, id, watch) };
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            let waker = wakers.of(item);
            // SAFETY: what is due is pending: `take_woken` leaves out all else, and an item that ends otherwise is taken out of `due`.
            let polled = unsafe { progress.poll(item, &mut Context::from_waker(&waker), policy) };
            if !patience.goes_on(polled) {
                break;
            }
        }
        (due, patience)
    }
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
    position: usize,
    watch: Watch<'a>,
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
    fn go<K: WakerSource<BitSet = u64>>(&mut self, states: &mut SlotStates<u64>, mut wakers: K) -> u64 {
        let Self { items, position, watch, cx, policy, .. } = self;
        let (policy, mut due): (&mut V, _) = (policy, self.due);
        let id = MemberId { names: policy.names(), position: *position, item: None };
        // SAFETY: an item is due, so there is one, and `states` are those of this list's items.
        let mut progress = unsafe { BlockPoller::<F, A, O>::new(items, 0, states, id, *watch) };
        let mut patience = CoopCounter::new();
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            // SAFETY: what is due is pending: the slots are asked for due ones among the pending.
            let polled = wakers.poll(cx, item, |cx| unsafe { progress.poll(item, cx, policy) });
            if !patience.goes_on(polled) {
                break;
            }
        }
        due
    }
}
