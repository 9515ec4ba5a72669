//! `*list`: a list of futures that are all in progress at once.

use std::future::Future;
use std::marker::PhantomData;
use std::ops::Range;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use super::depended::Harvest;
use super::items::Items;
use super::late::LateList;
use super::place::{advance, stop};
use super::ready::table::{ITEMS, Table};
use super::seats::{Many, Mask, Masks, Seats};
use super::sweep::{At, Branch, Part, Pass, Rounds, Sweep, budget_spent};
use crate::deadline::Stop;
use crate::member::Place;
use crate::settle::{Interruption, Settle};
use crate::verdict::{Hear, Verdict};

/// So many items in a row may find tokio's budget spent before the others are left for the next sweep: polling all of a
/// long list then would make it quadratic.
pub(super) const PATIENCE: usize = 32;

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
            Self::Long(table) => table.as_mut().map(|table| table.entry(block).into_masks()),
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
    fn sweep_due<V>(&mut self, place: Place, window: Range<usize>, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut progress = Progress { items: &mut self.items, left: &mut self.left, place, settle: self.settle };
        match &mut self.ready {
            Ready::Short(seats) => progress.sweep_short(seats, &window, rounds),
            Ready::Long(table) => progress.sweep_long(table, &window, rounds),
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

/// The items of a list without their masks.
struct Progress<'a, F, A, O> {
    items: &'a mut Items<F, O>,
    left: &'a mut usize,
    place: Place,
    settle: PhantomData<fn() -> A>,
}

impl<F: Future, A: Settle<F, Field = O>, O> Progress<'_, F, A, O> {
    /// Polls an item that is live. `false`: it goes on.
    ///
    /// # Safety
    ///
    /// Of this list, these are the masks that hold the item as `bit`.
    #[inline(always)]
    unsafe fn poll<V: Verdict + Hear<A::Failure>>(
        &mut self,
        item: usize,
        cx: &mut Context<'_>,
        (masks, bit): (&mut Masks<u64>, usize),
        verdict: &mut V,
    ) -> bool {
        let place = Place { item: Some(item), ..self.place };
        let future = self.items.future(item);
        // SAFETY: what is live is there, and does not move.
        let polled = unsafe { advance::<F, A>(future, cx, place, || masks.leave::<F>(bit)) };
        let Poll::Ready(settled) = polled else { return false };
        *self.left -= 1;
        match settled {
            Ok(field) => {
                self.items.write(item, field);
                masks.fill::<F>(bit);
            }
            Err(failure) => {
                masks.empty.insert(bit);
                verdict.hear(failure, place);
            }
        }
        true
    }

    #[inline(always)]
    fn sweep_short<V: Verdict + Hear<A::Failure>>(
        &mut self,
        seats: &mut Many,
        window: &Range<usize>,
        rounds: &mut Rounds<'_, '_, V>,
    ) {
        let task: &Waker = rounds.cx.waker();
        if !matches!(rounds.pass, Pass::Due { fresh: false }) {
            seats.take_woken(task);
        }
        let inside = u64::first(window.end).without(u64::first(window.start));
        let (masks, link) = seats.split();
        let stack = Many::stack(link, task);
        // SAFETY: the stack stays here, and the waker is used by the desk only.
        let waker = unsafe { Many::waker(&stack) };
        let mut desk = Many::desk(link, &stack, &waker);
        let mut patience = PATIENCE;
        while patience > 0 && masks.due & inside != 0 {
            let item = (masks.due & inside).trailing_zeros() as usize;
            masks.due.remove(item);
            let ended = desk.poll(item, |cx| {
                // SAFETY: what is due is live.
                let ended = unsafe { self.poll(item, cx, (masks, item), rounds.verdict) };
                if ended { Poll::Ready(()) } else { Poll::Pending }
            });
            let unlucky = ended.is_pending() && desk.is_woken(item) && budget_spent();
            patience = if unlucky { patience - 1 } else { PATIENCE };
        }
        let woken = desk.woke_themselves();
        seats.woke_themselves(woken, task);
    }

    #[inline(always)]
    fn sweep_long<V: Verdict + Hear<A::Failure>>(
        &mut self,
        table: &mut Option<Table>,
        window: &Range<usize>,
        rounds: &mut Rounds<'_, '_, V>,
    ) {
        let task: &Waker = rounds.cx.waker();
        let table = table.get_or_insert_with(|| Table::new(self.items.len(), task));
        if !matches!(rounds.pass, Pass::Due { fresh: false }) {
            table.take_woken(task);
        }
        let mut patience = PATIENCE;
        let mut next = window.start / ITEMS;
        while let Some(block) = table.next_due(next) {
            let first = block * ITEMS;
            if first >= window.end || patience == 0 {
                break;
            }
            next = block + 1;
            let below = |end: usize| u64::first(end.saturating_sub(first));
            let inside = below(window.end).without(below(window.start));
            let mut entry = table.entry(block);
            while patience > 0 && entry.masks().due & inside != 0 {
                let bit = (entry.masks().due & inside).trailing_zeros() as usize;
                entry.masks().due.remove(bit);
                let waker = entry.waker(bit);
                let mut cx = Context::from_waker(&waker);
                // SAFETY: what is due is live.
                let ended = unsafe { self.poll(first + bit, &mut cx, (entry.masks(), bit), rounds.verdict) };
                let unlucky = !ended && entry.is_woken(bit) && budget_spent();
                patience = if unlucky { patience - 1 } else { PATIENCE };
            }
            if entry.masks().due == 0 {
                table.done_with(block);
            }
        }
    }
}

impl<V, F, A, O> Branch<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    unsafe fn sweep<S: Seats>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, V, S>) {
        let window = sweep.step_list(at, self.items.len());
        // Once it has started, those that are woken while others start wait for the next sweep.
        if self.left > 0 && (matches!(sweep.rounds.pass, Pass::Due { .. }) || !self.started) {
            self.started = true;
            let place = sweep.place(at);
            self.sweep_due(place, window, &mut sweep.rounds);
        }
        sweep.unfinished += self.left;
    }

    unsafe fn stop<S: Seats>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, V, S>) {
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
    const WAITS: bool = true;

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
