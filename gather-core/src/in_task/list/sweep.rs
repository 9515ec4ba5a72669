//! A sweep of a list: the first, those of up to 64 items, and those of more.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::take;
use core::ops::Range;
use core::task::{Context, Poll, Waker};

use super::{List, Ready};
use crate::in_task::list::progress::{Head, Patience, Progress};
use crate::in_task::list::slots::Items;
use crate::in_task::ready::first::First;
use crate::in_task::ready::table::{Entry, ITEMS, Table};
use crate::in_task::slot::advance;
use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::sweep::{Pass, Rounds};
use crate::in_task::wakers::{FEW, Seats, TaskDesk, Tour};
use crate::member::Place;
use crate::policy::Settle;
use crate::policy::{Hear, Verdict};

impl<F: Future, A: Settle<F, Field = O>, O> List<F, A, O> {
    /// The way of a wake: what is done once in a sweep is here, what is done for an item in `poll_entry`.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep_due<V>(
        &mut self,
        position: usize,
        window: Option<&Range<usize>>,
        rounds: &mut Rounds<'_, '_, V>,
    ) where
        V: Verdict + Hear<A::Failure>,
    {
        let task: &Waker = rounds.cx.waker();
        let verdict = &mut *rounds.verdict;
        let Ready::Long(table) = &mut self.ready else {
            return self.sweep_short(position, window, rounds.cx, verdict);
        };
        let fresh = !matches!(rounds.pass, Pass::Due { fresh: false });
        let alone = if fresh { table.take_woken(task) } else { None };
        if let Some((mut entry, due)) = alone {
            let inside = window.map_or(!0, |window| inside(window, entry.first()));
            let patience = Patience::new();
            let (left_out, _) =
                Self::poll_entry(&mut self.items, entry.again(), due & inside, patience, position, verdict);
            if left_out | due & !inside != 0 {
                let index = entry.index();
                entry.into_state().due = left_out | due & !inside;
                table.scatter(index);
                if left_out != 0 {
                    task.wake_by_ref();
                }
            }
        } else if table.is_scattered() {
            self.sweep_scattered(position, window, task, Patience::new(), verdict);
        }
    }

    /// `poll_all`: polls all that are unfinished, in order, with the task's own waker.
    #[inline(never)]
    pub(super) fn sweep_all<V>(&mut self, position: usize, cx: &mut Context<'_>, verdict: &mut V)
    where
        V: Verdict + Hear<A::Failure>,
    {
        self.started = true;
        let task: &Waker = cx.waker();
        // For what it says of who is unfinished: its wakers are not used.
        self.make_table(|len| Table::new(len, task));
        for item in 0..self.items.len() {
            if !self.is_live(item) {
                continue;
            }
            let place = Place { names: verdict.names(), position, item: Some(item) };
            let future = self.items.future(item);
            // SAFETY: it is live, so its future is there, where it stays; `leave` notes that it goes.
            let polled = unsafe {
                advance::<F, A>(future, cx, place, || {
                    self.leave(item);
                })
            };
            let Poll::Ready(settled) = polled else { continue };
            self.items.left -= 1;
            match settled {
                Ok(field) => {
                    self.items.write(item, field);
                    self.fill(item);
                }
                Err(failure) => verdict.hear(failure, place),
            }
        }
    }

    /// The same with a short list, or for the first time.
    #[inline(never)]
    fn sweep_short<V>(&mut self, position: usize, window: Option<&Range<usize>>, cx: &mut Context<'_>, verdict: &mut V)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let task: &Waker = cx.waker();
        self.started = true;
        let Ready::Short(seats) = &mut self.ready else {
            return self.sweep_first(position, window, task, verdict);
        };
        let inside = window.map_or(!0, |window| inside(window, 0));
        if self.items.len() <= FEW {
            return self.sweep_few(position, inside, cx, verdict);
        }
        let due = seats.take_due(task);
        if due & inside == 0 {
            return seats.give_back(due);
        }
        let pass = ShortPass::<F, A, O, V> {
            items: &mut self.items,
            position,
            cx,
            verdict,
            due: due & inside,
            settle: PhantomData,
        };
        let left_out = seats.pass(task, || pass);
        if left_out != 0 {
            task.wake_by_ref();
        }
        seats.give_back(left_out | due & !inside);
    }

    /// A list of a few: those `inside` are all polled, with the task's own waker, as the members of a small group are.
    #[inline(never)]
    fn sweep_few<V>(&mut self, position: usize, inside: u64, cx: &mut Context<'_>, verdict: &mut V)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let Self { items, ready: Ready::Short(seats), .. } = self else { return };
        let due = seats.masks().live & inside;
        if due != 0 {
            let pass = ShortPass::<F, A, O, V> { items, position, cx, verdict, due, settle: PhantomData };
            pass.go(seats.masks(), TaskDesk(PhantomData));
        }
    }

    /// Polls items in order as long as they are ready at once, then makes the table.
    fn sweep_first<V>(&mut self, position: usize, window: Option<&Range<usize>>, task: &Waker, verdict: &mut V)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut patience = Patience::new();
        if window.is_none() {
            let Ready::Unmade { ended, empty } = &mut self.ready else { return };
            let place = Place { names: verdict.names(), position, item: None };
            let first = First::new(self.items.len(), task);
            // SAFETY: it stays here while items are polled, and the waker is lent to them only.
            let waker = unsafe { first.waker() };
            // SAFETY: nothing has been polled.
            let mut head = unsafe { Head::<F, A, O>::new(&mut self.items, ended, empty) };
            // SAFETY: as above.
            let stopped = unsafe { head.poll(&first, &mut Context::from_waker(&waker), place) };
            drop(head);
            let Some(polled) = stopped else { return };
            let item = *ended;
            let woken = first.has_woken();
            self.make_table(|_| first.into_table());
            let Ready::Long(table) = &mut self.ready else { return };
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
                    state.masks.live.remove(item % ITEMS);
                    state.masks.empty.insert(item % ITEMS);
                    self.items.left -= 1;
                    verdict.hear(failure, Place { item: Some(item), ..place });
                }
            }
        }
        self.make_table(|len| Table::new(len, task));
        self.sweep_scattered(position, window, task, patience, verdict);
    }

    #[inline(never)]
    fn sweep_scattered<V>(
        &mut self,
        position: usize,
        window: Option<&Range<usize>>,
        task: &Waker,
        mut patience: Patience,
        verdict: &mut V,
    ) where
        V: Verdict + Hear<A::Failure>,
    {
        let Ready::Long(table) = &mut self.ready else { return };
        let items = &mut self.items;
        table.visit_scattered(window, |mut entry| {
            let inside = window.map_or(!0, |window| inside(window, entry.first()));
            let due = take(&mut entry.again().into_state().due);
            let left_out;
            (left_out, patience) = Self::poll_entry(items, entry.again(), due & inside, patience, position, verdict);
            entry.into_state().due = left_out | due & !inside;
            if left_out != 0 {
                task.wake_by_ref();
            }
            left_out == 0
        });
    }

    /// Polls the items of one entry that are `due`. Gives those that are left for the next sweep.
    #[inline(never)]
    fn poll_entry<V>(
        items: &mut Items<F, O>,
        entry: Entry<'_>,
        mut due: u64,
        mut patience: Patience,
        position: usize,
        verdict: &mut V,
    ) -> (u64, Patience)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let first = entry.first();
        let (wakers, state) = entry.split();
        let place = Place { names: verdict.names(), position, item: None };
        // SAFETY: a table has no empty entries, and the masks are those of these items.
        let mut progress = unsafe { Progress::<F, A, O>::new(items, first, &mut state.masks, place) };
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            let waker = wakers.of(item);
            // SAFETY: what is due is live.
            let polled = unsafe { progress.poll(item, &mut Context::from_waker(&waker), verdict) };
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

/// One pass over the items of a short list. Gives those that are left for the next.
struct ShortPass<'a, 'c, F, A, O, V> {
    items: &'a mut Items<F, O>,
    position: usize,
    cx: &'a mut Context<'c>,
    verdict: &'a mut V,
    due: u64,
    settle: PhantomData<fn() -> A>,
}

impl<F, A, O, V> Tour<u64> for ShortPass<'_, '_, F, A, O, V>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    type Output = u64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go<K: Desk<Mask = u64>>(self, masks: &mut Masks<u64>, mut desk: K) -> u64 {
        let Self { items, position, cx, verdict, mut due, .. } = self;
        let place = Place { names: verdict.names(), position, item: None };
        // SAFETY: what is due is there, and the masks are those of these items.
        let mut progress = unsafe { Progress::<F, A, O>::new(items, 0, masks, place) };
        let mut patience = Patience::new();
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            // SAFETY: what is due is live.
            let polled = desk.poll(cx, item, |cx| unsafe { progress.poll(item, cx, verdict) });
            if !patience.goes_on(polled) {
                break;
            }
        }
        due
    }
}
