//! `*list` under `limit`: items are pulled from the iterator as they start, so that memory grows with the limit and the
//! results.

use std::future::Future;
use std::marker::PhantomData;
use std::mem::{MaybeUninit, take};
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::depended::Harvest;
use super::late::LateList;
use super::place::{advance, stop};
use super::progress::Patience;
use super::ready::queue::ReadySet;
use super::seats::{Desk, Mask, Masks};
use super::sweep::{At, Branch, Part, Pass, Rounds, Sweep};
use crate::deadline::Stop;
use crate::exception::Panic;
use crate::kinds::Enter;
use crate::member::Place;
use crate::settle::{Interruption, Settle};
use crate::verdict::{Hear, Verdict};

/// An iterator of members, those of its items that are in progress, and the fields of those that have ended.
///
/// `F` and `O`, the futures and their fields, are parameters for the reason given at [`Single`](super::Single).
pub struct LazyList<I, K, A, F = <K as Enter<<I as Iterator>::Item>>::Future, O = <A as Settle<F>>::Field> {
    /// Empty once it has ended.
    items: Option<I>,
    /// Items in progress. A slot whose item has ended is used again.
    slots: Vec<Slot<F>>,
    vacant: Vec<usize>,
    fields: Vec<Option<O>>,
    ready: ReadySet,
    /// Due in this sweep, in order.
    due: Vec<(usize, usize)>,
    kind: PhantomData<fn() -> (K, A)>,
}

struct Slot<F> {
    item: usize,
    /// There is a future.
    live: bool,
    future: Box<MaybeUninit<F>>,
}

// The futures are behind boxes, and the iterator is never pinned.
impl<I, K, A, F, O> Unpin for LazyList<I, K, A, F, O> {}

impl<F> Drop for Slot<F> {
    fn drop(&mut self) {
        if take(&mut self.live) {
            // SAFETY: it is there, and was marked as gone.
            unsafe { self.future.assume_init_drop() };
        }
    }
}

impl<I, K, A, F, O> LazyList<I, K, A, F, O>
where
    I: Iterator,
    K: Enter<I::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
{
    pub(crate) fn new(items: I) -> Self {
        Self::of(Some(items), Vec::new())
    }

    fn of(items: Option<I>, fields: Vec<Option<O>>) -> Self {
        Self {
            items,
            slots: Vec::new(),
            vacant: Vec::new(),
            fields,
            ready: ReadySet::new(),
            due: Vec::new(),
            kind: PhantomData,
        }
    }

    fn in_progress(&self) -> usize {
        self.slots.len() - self.vacant.len()
    }

    fn sweep_due<V>(&mut self, place: Place, window: &Range<usize>, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut due = take(&mut self.due);
        let from = due.partition_point(|(item, _)| *item < window.start);
        let to = due.partition_point(|(item, _)| *item < window.end);
        let mut patience = Patience::new();
        let mut next = from;
        while next < to {
            let (item, slot) = due[next];
            next += 1;
            // Its slot may have a new item meanwhile.
            if self.slots[slot].item == item && self.slots[slot].live {
                let polled = self.poll_item(slot, place, rounds);
                if !patience.goes_on(polled) && next < to {
                    rounds.cx.waker().wake_by_ref();
                    break;
                }
            }
        }
        due.drain(from..next);
        self.due = due;
    }

    /// Starts items as long as there are places. Gives the number of those that it has pulled.
    fn start<V>(&mut self, place: Place, rounds: &mut Rounds<'_, '_, V>) -> usize
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut pulled = 0;
        while self.items.is_some() && rounds.take_place() {
            match self.pull() {
                Ok(Some(future)) => {
                    let slot = self.admit(future);
                    pulled += 1;
                    let _ = self.poll_item(slot, place, rounds);
                }
                Ok(None) => {
                    self.items = None;
                    rounds.places.give_back();
                }
                Err(panic) => {
                    self.items = None;
                    rounds.places.give_back();
                    self.interrupt(Interruption::Panicked(panic), place, rounds.verdict);
                }
            }
        }
        pulled
    }

    /// The next item. Where panics are members' affairs, one of the iterator is that of the item it did not give.
    fn pull(&mut self) -> Result<Option<F>, Panic> {
        let Some(items) = &mut self.items else { return Ok(None) };
        if !A::CATCHES {
            return Ok(items.next().map(K::enter));
        }
        catch_unwind(AssertUnwindSafe(|| items.next().map(K::enter))).map_err(Panic::new)
    }

    /// The next item never starts.
    fn interrupt<V>(&mut self, why: Interruption, place: Place, verdict: &mut V)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let place = Place { item: Some(self.fields.len()), ..place };
        self.fields.push(match A::interrupted(why, place) {
            Ok(field) => Some(field),
            Err(failure) => {
                verdict.hear(failure, place);
                None
            }
        });
    }

    fn admit(&mut self, future: F) -> usize {
        let item = self.fields.len();
        self.fields.push(None);
        if let Some(index) = self.vacant.pop() {
            let slot = &mut self.slots[index];
            slot.future.write(future);
            (slot.item, slot.live) = (item, true);
            return index;
        }
        self.slots.push(Slot { item, live: true, future: Box::new(MaybeUninit::new(future)) });
        self.slots.len() - 1
    }

    fn poll_item<V>(&mut self, index: usize, place: Place, rounds: &mut Rounds<'_, '_, V>) -> Poll<()>
    where
        V: Verdict + Hear<A::Failure>,
    {
        let slot = &mut self.slots[index];
        let place = Place { item: Some(slot.item), ..place };
        let waker = self.ready.waker(slot.item, index);
        let future = slot.future.as_mut_ptr();
        // SAFETY: it is live, and stays in its box.
        let polled = unsafe { advance::<F, A>(future, &mut Context::from_waker(&waker), place, || slot.live = false) };
        polled.map(|settled| self.ended(index, settled, place, rounds))
    }

    fn ended<V>(&mut self, index: usize, settled: Result<O, A::Failure>, place: Place, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        match settled {
            Ok(field) => self.fields[self.slots[index].item] = Some(field),
            Err(failure) => rounds.verdict.hear(failure, place),
        }
        self.ready.forget(index);
        self.vacant.push(index);
        rounds.places.release();
    }
}

impl<V, I, K, A, F, O> Branch<V> for LazyList<I, K, A, F, O>
where
    I: Iterator,
    K: Enter<I::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    unsafe fn sweep<D: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, V, D>) {
        let len = self.fields.len();
        let window = sweep.window_of(at, len).unwrap_or(0..len);
        sweep.items += len;
        let place = sweep.place(at);
        let this = &mut *self;
        match sweep.rounds.pass {
            Pass::Due { fresh } => {
                if fresh {
                    this.ready.drain(sweep.rounds.cx.waker(), &mut this.due);
                    this.due.sort_unstable();
                }
                this.sweep_due(place, &window, &mut sweep.rounds);
            }
            // Made at the end of this sweep, it does not know yet whom to wake.
            Pass::Start if this.fields.is_empty() => this.ready.drain(sweep.rounds.cx.waker(), &mut this.due),
            Pass::Start => {}
        }
        sweep.items += this.start(place, &mut sweep.rounds);
        sweep.unfinished += this.in_progress() + usize::from(this.items.is_some());
    }

    unsafe fn stop<D: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, V, D>) {
        let place = sweep.place(at);
        let this = &mut *self;
        for index in 0..this.slots.len() {
            let slot = &mut this.slots[index];
            if !slot.live {
                continue;
            }
            let place = Place { item: Some(slot.item), ..place };
            let future = slot.future.as_mut_ptr();
            // SAFETY: it is live, and stays in its box.
            if let Poll::Ready(settled) = unsafe { stop::<F, A>(future, why, place, || slot.live = false) } {
                this.ended(index, settled, place, &mut sweep.rounds);
            }
        }
        // Items that never start have a field all the same where their number is known.
        let rest = this.items.take().map(|items| items.size_hint());
        if let Some((rest, Some(most))) = rest
            && rest == most
            && A::HAS_ABSENT
        {
            for _ in 0..rest {
                this.interrupt(why.into(), place, sweep.rounds.verdict);
            }
        }
        sweep.unfinished += this.in_progress();
    }
}

impl<I, K, A, F, O> Part for LazyList<I, K, A, F, O> {
    type Output = Vec<O>;
    const SEATS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS: bool = true;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Vec<O> {
        take(&mut self.fields).into_iter().flatten().collect()
    }

    unsafe fn clear<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {
        let (items, slots, fields) = (self.items.take(), take(&mut self.slots), take(&mut self.fields));
        self.vacant = Vec::new();
        drop((slots, fields, items));
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.fields.len());
        0
    }
}

impl<I, K, A, F, O> Harvest for LazyList<I, K, A, F, O> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        self.items.is_none() && self.slots.len() == self.vacant.len()
    }

    unsafe fn harvest<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Option<Vec<O>> {
        take(&mut self.fields).into_iter().collect()
    }
}

impl<V, I, K, A, F, O> LateList<V> for LazyList<I, K, A, F, O>
where
    I: Iterator,
    K: Enter<I::Item, Future = F>,
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
        Self::of(None, vec![field])
    }
}
