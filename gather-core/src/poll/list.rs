//! `*list`: a list of futures that are all in progress at once.

use std::future::Future;
use std::marker::PhantomData;
use std::mem::take;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::depended::Harvest;
use super::items::Items;
use super::late::LateList;
use super::place::stop;
use super::progress::{Head, Patience, Progress};
use super::ready::first::First;
use super::ready::table::{Entry, ITEMS, Table};
use super::seats::{Desk, Many, Mask, Masks, Seats, Tour};
use super::sweep::{At, Branch, Part, Pass, Rounds, Sweep};
use crate::deadline::Stop;
use crate::member::Place;
use crate::settle::{Interruption, Settle};
use crate::verdict::{Hear, Verdict};

/// The items of one list; those that were woken are due.
///
/// `O` is a parameter for the reason given at [`Single`](super::Single).
pub struct List<F, A, O = <A as Settle<F>>::Field> {
    items: Items<F, O>,
    ready: Ready,
    started: bool,
    settle: PhantomData<fn() -> A>,
}

/// Where items are, and who was woken.
enum Ready {
    /// Up to 64 items.
    Short(Many),
    /// More, before one of them had to wait: the first `ended` have fields, all others are live, but that one in whose place is
    /// nothing after a panic or a failure.
    Unmade { ended: usize, empty: bool },
    /// More.
    Long(Table),
}

// The futures are behind a box.
impl<F, A, O> Unpin for List<F, A, O> {}

impl Ready {
    fn of(len: usize) -> Self {
        if len > ITEMS { Self::Unmade { ended: 0, empty: false } } else { Self::Short(Many::full(len)) }
    }

    /// Of one item that has ended.
    fn ended(failed: bool) -> Self {
        let mut seats = Many::full(1);
        seats.masks().live = Mask::NONE;
        seats.masks().empty = Mask::first(usize::from(failed));
        Self::Short(seats)
    }

    /// Of up to 64 items from `ITEMS * block` on.
    fn masks(&mut self, block: usize) -> Option<&mut Masks<u64>> {
        match self {
            Self::Short(seats) => Some(seats.masks()),
            Self::Unmade { .. } => None,
            Self::Long(table) => Some(&mut table.entry(block).into_state().masks),
        }
    }
}

impl<F: Future, A: Settle<F, Field = O>, O> List<F, A, O> {
    pub(crate) fn new<M>(members: Vec<M>, enter: impl Fn(M) -> F) -> Self {
        let items = Items::new(members, enter);
        let ready = Ready::of(items.len());
        Self { items, ready, started: false, settle: PhantomData }
    }

    /// The way of a wake: what is done once in a sweep is here, what is done for an item in [`poll_entry`](Self::poll_entry).
    #[inline(always)]
    fn sweep_due<V>(&mut self, position: usize, window: Option<&Range<usize>>, rounds: &mut Rounds<'_, '_, V>)
    where
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
        let due = seats.take_due(task);
        let inside = window.map_or(!0, |window| inside(window, 0));
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
        let left_out = seats.pass(task, pass);
        if left_out != 0 {
            task.wake_by_ref();
        }
        seats.give_back(left_out | due & !inside);
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
                        wakers.of(item % ITEMS).wake_by_ref();
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

    fn is_live(&mut self, item: usize) -> bool {
        self.ready.masks(item / ITEMS).is_none_or(|masks| masks.live.has(item % ITEMS))
    }
}

impl<F, A, O> List<F, A, O> {
    fn make_table(&mut self, make: impl FnOnce(usize) -> Table) {
        if let Ready::Unmade { ended, empty } = self.ready {
            let mut table = make(self.items.len());
            table.end_first(ended);
            if empty {
                let masks = &mut table.entry(ended / ITEMS).into_state().masks;
                masks.live.remove(ended % ITEMS);
                masks.empty.insert(ended % ITEMS);
            }
            self.ready = Ready::Long(table);
        }
    }

    /// What is in the place of an item: `Some(true)` is its future, `Some(false)` its field. Then there is nothing.
    fn leave(&mut self, item: usize) -> Option<bool> {
        let masks = self.ready.masks(item / ITEMS)?;
        let bit = item % ITEMS;
        let (live, empty) = (masks.live.has(bit), masks.empty.has(bit));
        masks.live.remove(bit);
        masks.empty.insert(bit);
        (live || !empty).then_some(live)
    }

    fn fill(&mut self, item: usize) {
        if let Some(masks) = self.ready.masks(item / ITEMS) {
            masks.empty.remove(item % ITEMS);
        }
    }

    fn all_have_fields(&mut self) -> bool {
        let blocks = self.items.len().div_ceil(ITEMS);
        self.items.left == 0
            && (0..blocks).all(|block| self.ready.masks(block).is_none_or(|masks| masks.empty.is_empty()))
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

    #[inline(always)]
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

impl<V, F, A, O> Branch<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    #[inline(always)]
    unsafe fn sweep<K: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, V, K>) {
        let window = sweep.window_of(at, self.items.len());
        // Once it has started, those that are woken while others start wait for the next sweep.
        if self.items.left > 0 && (matches!(sweep.rounds.pass, Pass::Due { .. }) || !self.started) {
            self.sweep_due(at.position, window.as_ref(), &mut sweep.rounds);
        }
        sweep.items += self.items.len();
        sweep.unfinished += self.items.left;
    }

    unsafe fn stop<K: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, V, K>) {
        let len = self.items.len();
        sweep.items += len;
        // An adopted item is polled until it ends, and wakes the group then.
        let task: &Waker = sweep.rounds.cx.waker();
        self.make_table(|len| Table::new(len, task));
        for item in 0..len {
            if !self.is_live(item) {
                continue;
            }
            let place = Place { item: Some(item), ..sweep.place(at) };
            let future = self.items.future(item);
            // SAFETY: it is live.
            let stopped = unsafe {
                stop::<F, A>(future, why, place, || {
                    self.leave(item);
                })
            };
            let Poll::Ready(settled) = stopped else { continue };
            self.items.left -= 1;
            match settled {
                Ok(field) => {
                    self.items.write(item, field);
                    self.fill(item);
                }
                Err(failure) => sweep.rounds.verdict.hear(failure, place),
            }
        }
        sweep.unfinished += self.items.left;
    }
}

impl<F: Future, A, O> Part for List<F, A, O> {
    type Output = Vec<O>;
    const SEATS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS: bool = false;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Vec<O> {
        // SAFETY: by contract.
        unsafe { self.items.take() }
    }

    unsafe fn clear<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {
        if let Ready::Unmade { .. } = self.ready {
            if !self.started {
                // SAFETY: as it says.
                return unsafe { self.items.drop_futures() };
            }
            self.make_table(|len| Table::new(len, Waker::noop()));
        }
        for item in 0..self.items.len() {
            match self.leave(item) {
                // SAFETY: it is in place, and nobody finds it any more.
                Some(true) => unsafe { self.items.future(item).drop_in_place() },
                // SAFETY: as above.
                Some(false) => drop(unsafe { self.items.read(item) }),
                None => {}
            }
        }
        self.items.forget();
    }

    #[inline(always)]
    fn is_clear(&self) -> bool {
        self.items.len() == 0
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.items.len());
        0
    }
}

impl<F: Future, A, O> Harvest for List<F, A, O> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        self.items.left == 0
    }

    unsafe fn harvest<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Option<Vec<O>> {
        // SAFETY: the masks say so.
        self.all_have_fields().then(|| unsafe { self.items.take() })
    }
}

impl<V, F, A, O> LateList<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    const CATCHES: bool = A::CATCHES;

    fn interrupted(why: Interruption, place: Place, verdict: &mut V) -> Self {
        let field = match A::interrupted(why, place) {
            Ok(field) => Some(field),
            Err(failure) => {
                verdict.hear(failure, place);
                None
            }
        };
        let ready = Ready::ended(field.is_none());
        Self { items: Items::ended(field), ready, started: true, settle: PhantomData }
    }
}
