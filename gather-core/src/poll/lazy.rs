//! `*list` under `limit`: items are pulled from the iterator as they start, so that memory grows with the limit and the
//! results.

use std::future::Future;
use std::marker::PhantomData;
use std::mem::take;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::task::{Context, Poll};

use super::depended::Harvest;
use super::late::LateList;
use super::list::PATIENCE;
use super::ready::ReadySet;
use super::slot::Slot;
use super::sweep::{Branch, Part, Pass, Sweep, budget_spent};
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
    slots: Vec<InProgress<F, O>>,
    vacant: Vec<usize>,
    fields: Vec<Option<O>>,
    ready: ReadySet,
    /// Due in this sweep, in order.
    due: Vec<(usize, usize)>,
    kind: PhantomData<fn() -> (K, A)>,
}

struct InProgress<F, T> {
    item: usize,
    slot: Pin<Box<Slot<F, T>>>,
}

// The futures are behind boxes, and the iterator is never pinned.
impl<I, K, A, F, O> Unpin for LazyList<I, K, A, F, O> {}

impl<I, K, A, F, O> LazyList<I, K, A, F, O>
where
    I: Iterator,
    K: Enter<I::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
{
    pub(crate) fn new(items: I) -> Self {
        Self {
            items: Some(items),
            slots: Vec::new(),
            vacant: Vec::new(),
            fields: Vec::new(),
            ready: ReadySet::new(),
            due: Vec::new(),
            kind: PhantomData,
        }
    }

    fn in_progress(&self) -> usize {
        self.slots.len() - self.vacant.len()
    }

    fn sweep_due<V>(&mut self, place: Place, window: &Range<usize>, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut due = take(&mut self.due);
        let from = due.partition_point(|(item, _)| *item < window.start);
        let to = due.partition_point(|(item, _)| *item < window.end);
        let mut unlucky = 0;
        let mut next = from;
        while next < to && unlucky < PATIENCE {
            let (item, slot) = due[next];
            next += 1;
            // Its slot may have a new item meanwhile.
            if self.slots[slot].item == item && self.slots[slot].slot.is_running() {
                unlucky = if self.poll_item(slot, place, sweep) { unlucky + 1 } else { 0 };
            }
        }
        due.drain(from..next);
        self.due = due;
    }

    /// Starts items as long as there are places.
    fn start<V>(&mut self, place: Place, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        while self.items.is_some() && sweep.take_place() {
            match self.pull() {
                Ok(Some(future)) => {
                    let slot = self.admit(future);
                    sweep.grow(1);
                    self.poll_item(slot, place, sweep);
                }
                Ok(None) => {
                    self.items = None;
                    sweep.return_place();
                }
                Err(panic) => {
                    self.items = None;
                    sweep.return_place();
                    self.interrupt(Interruption::Panicked(panic), place, sweep.verdict);
                }
            }
        }
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
        if let Some(slot) = self.vacant.pop() {
            self.slots[slot].item = item;
            self.slots[slot].slot.set(Slot::new(future));
            return slot;
        }
        self.slots.push(InProgress { item, slot: Box::pin(Slot::new(future)) });
        self.slots.len() - 1
    }

    /// `true`: it found tokio's budget spent.
    fn poll_item<V>(&mut self, slot: usize, place: Place, sweep: &mut Sweep<'_, '_, V>) -> bool
    where
        V: Verdict + Hear<A::Failure>,
    {
        let item = self.slots[slot].item;
        let place = Place { item: Some(item), ..place };
        let waker = self.ready.waker(item, slot);
        match self.slots[slot].slot.as_mut().poll::<A>(&mut Context::from_waker(&waker), place) {
            Poll::Ready(settled) => {
                self.ended(slot, settled, place, sweep);
                false
            }
            Poll::Pending => self.ready.is_woken(slot) && budget_spent(),
        }
    }

    fn ended<V>(&mut self, slot: usize, settled: Result<(), A::Failure>, place: Place, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        match settled {
            Ok(()) => self.fields[self.slots[slot].item] = Some(self.slots[slot].slot.as_mut().take()),
            Err(failure) => sweep.verdict.hear(failure, place),
        }
        self.ready.forget(slot);
        self.vacant.push(slot);
        sweep.release_place();
    }

    fn stop<V>(&mut self, why: Stop, place: Place, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        for slot in 0..self.slots.len() {
            let place = Place { item: Some(self.slots[slot].item), ..place };
            if let Poll::Ready(settled) = self.slots[slot].slot.as_mut().stop::<A>(why, place) {
                self.ended(slot, settled, place, sweep);
            }
        }
        // Items that never start have a field all the same where their number is known.
        let rest = self.items.take().map(|items| items.size_hint());
        if let Some((rest, Some(most))) = rest
            && rest == most
        {
            for _ in 0..rest {
                self.interrupt(why.into(), place, sweep.verdict);
            }
        }
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
    fn sweep(mut self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let (place, window) = sweep.step_list(self.fields.len());
        let this = &mut *self;
        match sweep.pass {
            Pass::Due { fresh } => {
                if fresh {
                    this.ready.drain(sweep.cx.waker(), &mut this.due);
                    this.due.sort_unstable();
                }
                this.sweep_due(place, &window, sweep);
                this.start(place, sweep);
            }
            Pass::Start => {
                // Made at the end of this sweep, it does not know yet whom to wake.
                if this.fields.is_empty() {
                    this.ready.drain(sweep.cx.waker(), &mut this.due);
                }
                this.start(place, sweep);
            }
            Pass::Stop(why) => this.stop(why, place, sweep),
        }
        sweep.unfinished += this.in_progress() + usize::from(this.items.is_some());
    }
}

impl<I, K, A, F, O> Part for LazyList<I, K, A, F, O> {
    type Output = Vec<O>;

    fn take(mut self: Pin<&mut Self>) -> Vec<O> {
        take(&mut self.fields).into_iter().flatten().collect()
    }
}

impl<I, K, A, F, O> Harvest for LazyList<I, K, A, F, O> {
    fn has_fields(&self) -> bool {
        self.fields.iter().all(Option::is_some)
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
        Self {
            items: None,
            slots: Vec::new(),
            vacant: Vec::new(),
            fields: vec![field],
            ready: ReadySet::new(),
            due: Vec::new(),
            kind: PhantomData,
        }
    }
}
