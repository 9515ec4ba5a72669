//! `*list`: a list of futures that are all in progress at once.

use std::future::Future;
use std::marker::PhantomData;
use std::mem::take;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::depended::Harvest;
use super::items::{Items, Run};
use super::late::LateList;
use super::place::{advance, stop};
use super::ready::table::{Entry, ITEMS, Table};
use super::seats::{Desk, Many, Mask, Masks, Seats, Tour};
use super::sweep::{At, Branch, Part, Pass, Rounds, Sweep, budget_spent};
use crate::deadline::Stop;
use crate::member::Place;
use crate::settle::{Interruption, Settle};
use crate::verdict::{Hear, Verdict};

/// After so many items in a row that were not ready, tokio's budget is looked at. If it is spent, the others are left for the next
/// sweep: all of them would answer "not yet", and to ask them again and again would make a long list quadratic.
const PATIENCE: usize = 32;

/// Counts items in a row that are not ready.
pub struct Patience(usize);

impl Patience {
    #[inline(always)]
    pub(super) fn new() -> Self {
        Self(PATIENCE)
    }

    /// `false`: the others are better left for the next sweep, for which the task is to be woken.
    #[inline(always)]
    pub(super) fn goes_on(&mut self, polled: Poll<()>) -> bool {
        self.0 -= 1;
        if polled.is_ready() {
            self.0 = PATIENCE;
        } else if self.0 == 0 {
            self.0 = PATIENCE;
            return !budget_spent();
        }
        true
    }
}

/// The items of one list; those that were woken are due.
///
/// `O` is a parameter for the reason given at [`Single`](super::Single).
pub struct List<F, A, O = <A as Settle<F>>::Field> {
    items: Items<F, O>,
    ready: Ready,
    left: usize,
    started: bool,
    settle: PhantomData<fn() -> A>,
}

/// Where items are, and who was woken.
enum Ready {
    /// Up to 64 items.
    Short(Many),
    /// More. Before the first sweep there is no table, and every item is live.
    Long(Option<Table>),
}

// The futures are behind a box.
impl<F, A, O> Unpin for List<F, A, O> {}

impl Ready {
    fn of(len: usize) -> Self {
        if len > ITEMS { Self::Long(None) } else { Self::Short(Many::full(len)) }
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
            Self::Long(table) => table.as_mut().map(|table| &mut table.entry(block).into_state().masks),
        }
    }
}

impl<F: Future, A: Settle<F, Field = O>, O> List<F, A, O> {
    pub(crate) fn new(futures: impl Iterator<Item = F>) -> Self {
        let items = Items::new(futures);
        let left = items.len();
        Self { items, ready: Ready::of(left), left, started: false, settle: PhantomData }
    }

    #[inline(always)]
    fn sweep_due<V>(&mut self, place: Place, window: Option<&Range<usize>>, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let task: &Waker = rounds.cx.waker();
        match &mut self.ready {
            Ready::Short(seats) => {
                let due = seats.take_due(task);
                let inside = window.map_or(!0, |window| inside(window, 0));
                if due & inside == 0 {
                    return seats.give_back(due);
                }
                // SAFETY: what is due is there.
                let run = unsafe { self.items.from(0) };
                let progress = Progress::<F, A, O> { run, place, settle: PhantomData };
                let pass = ShortPass { progress, rounds, due: due & inside };
                let (left_out, ended) = seats.pass(task, || pass);
                if left_out != 0 {
                    task.wake_by_ref();
                }
                seats.give_back(left_out | due & !inside);
                self.left -= ended;
            }
            Ready::Long(table) => {
                let table = table.get_or_insert_with(|| Table::new(self.items.len(), task));
                let fresh = !matches!(rounds.pass, Pass::Due { fresh: false });
                let mut patience = Patience::new();
                let mut visit = |mut entry: Entry<'_>, first: usize| {
                    let inside = window.map_or(!0, |window| inside(window, first));
                    let due = take(&mut entry.state().due);
                    // SAFETY: a table has no empty entries.
                    let run = unsafe { self.items.from(first) };
                    let mut progress = Progress::<F, A, O> { run, place, settle: PhantomData };
                    let (left_out, ended) = progress.sweep_entry(&mut entry, due & inside, &mut patience, rounds);
                    entry.state().due = left_out | due & !inside;
                    self.left -= ended;
                    if left_out != 0 {
                        task.wake_by_ref();
                    }
                    left_out == 0
                };
                table.visit_due(fresh.then_some(task), window, &mut visit);
            }
        }
    }

    fn is_live(&mut self, item: usize) -> bool {
        self.ready.masks(item / ITEMS).is_none_or(|masks| masks.live.has(item % ITEMS))
    }

    fn make_table(&mut self, task: &Waker) {
        if let Ready::Long(table @ None) = &mut self.ready {
            *table = Some(Table::new(self.items.len(), task));
        }
    }
}

impl<F, A, O> List<F, A, O> {
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
        self.left == 0 && (0..blocks).all(|block| self.ready.masks(block).is_some_and(|masks| masks.empty.is_empty()))
    }
}

/// Which of the 64 items from `first` on are in `window`.
#[cold]
fn inside(window: &Range<usize>, first: usize) -> u64 {
    let below = |end: usize| u64::first(end.saturating_sub(first));
    below(window.end).without(below(window.start))
}

/// Items of a list without their masks.
struct Progress<'a, F, A, O> {
    run: Run<'a, F, O>,
    place: Place,
    settle: PhantomData<fn() -> A>,
}

impl<F: Future, A: Settle<F, Field = O>, O> Progress<'_, F, A, O> {
    /// Polls an item.
    ///
    /// # Safety
    ///
    /// It is live, and the masks are those of these items.
    #[inline(always)]
    unsafe fn poll<V: Verdict + Hear<A::Failure>>(
        &mut self,
        item: usize,
        cx: &mut Context<'_>,
        masks: &mut Masks<u64>,
        verdict: &mut V,
    ) -> Poll<()> {
        let place = Place { item: Some(self.run.first + item), ..self.place };
        // SAFETY: what is live is there, and does not move.
        let polled = unsafe { advance::<F, A>(self.run.future(item), cx, place, || masks.leave::<F>(item)) };
        polled.map(|settled| match settled {
            Ok(field) => {
                // SAFETY: by contract.
                unsafe { self.run.write(item, field) };
                masks.fill::<F>(item);
            }
            Err(failure) => {
                masks.empty.insert(item);
                verdict.hear(failure, place);
            }
        })
    }

    /// Polls the items of one entry that are `due`. Gives those that are left for the next sweep, and how many have ended.
    #[inline(always)]
    fn sweep_entry<V: Verdict + Hear<A::Failure>>(
        &mut self,
        entry: &mut Entry<'_>,
        mut due: u64,
        patience: &mut Patience,
        rounds: &mut Rounds<'_, '_, V>,
    ) -> (u64, usize) {
        let mut ended = 0;
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            let waker = entry.waker(item);
            let mut cx = Context::from_waker(&waker);
            // SAFETY: what is due is live.
            let polled = unsafe { self.poll(item, &mut cx, &mut entry.state().masks, rounds.verdict) };
            ended += usize::from(polled.is_ready());
            if !patience.goes_on(polled) {
                break;
            }
        }
        (due, ended)
    }
}

/// One pass over the items of a short list. Gives those that are left for the next, and how many have ended.
struct ShortPass<'p, 'r, 'a, 'c, F, A, O, V> {
    progress: Progress<'p, F, A, O>,
    rounds: &'r mut Rounds<'a, 'c, V>,
    due: u64,
}

impl<F, A, O, V> Tour<u64> for ShortPass<'_, '_, '_, '_, F, A, O, V>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    type Output = (u64, usize);

    #[inline(always)]
    fn go<K: Desk<Mask = u64>>(self, masks: &mut Masks<u64>, mut desk: K) -> (u64, usize) {
        let Self { mut progress, rounds, mut due } = self;
        let Rounds { cx, verdict, .. } = rounds;
        let mut ended = 0;
        let mut patience = Patience::new();
        while due != 0 {
            let item = due.trailing_zeros() as usize;
            due &= due - 1;
            // SAFETY: what is due is live.
            let polled = desk.poll(cx, item, |cx| unsafe { progress.poll(item, cx, masks, *verdict) });
            ended += usize::from(polled.is_ready());
            if !patience.goes_on(polled) {
                break;
            }
        }
        (due, ended)
    }
}

impl<V, F, A, O> Branch<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    unsafe fn sweep<K: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, V, K>) {
        let window = sweep.step_list(at, self.items.len());
        // Once it has started, those that are woken while others start wait for the next sweep.
        if self.left > 0 && (matches!(sweep.rounds.pass, Pass::Due { .. }) || !self.started) {
            self.started = true;
            let place = sweep.place(at);
            self.sweep_due(place, window.as_ref(), &mut sweep.rounds);
        }
        sweep.unfinished += self.left;
    }

    unsafe fn stop<K: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, V, K>) {
        let len = self.items.len();
        sweep.step_list(at, len);
        // An adopted item is polled until it ends, and wakes the group then.
        self.make_table(sweep.rounds.cx.waker());
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
            self.left -= 1;
            match settled {
                Ok(field) => {
                    self.items.write(item, field);
                    self.fill(item);
                }
                Err(failure) => sweep.rounds.verdict.hear(failure, place),
            }
        }
        sweep.unfinished += self.left;
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
        if let Ready::Long(None) = self.ready {
            // SAFETY: it has not started.
            return unsafe { self.items.drop_futures() };
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

    fn seats_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.items.len());
        0
    }
}

impl<F: Future, A, O> Harvest for List<F, A, O> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        self.left == 0
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
        Self { items: Items::ended(field), ready, left: 0, started: true, settle: PhantomData }
    }
}
