//! `*list`: a list of futures that are all in progress at once.

use std::future::Future;
use std::marker::PhantomData;
use std::mem::take;
use std::ops::Range;
use std::pin::Pin;
use std::task::Poll;

use super::depended::Harvest;
use super::late::LateList;
use super::pinned::PinnedSlice;
use super::ready::ReadySet;
use super::slot::Slot;
use super::sweep::{Branch, Part, Pass, Sweep, budget_spent};
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
    slots: PinnedSlice<Slot<F, O>>,
    ready: ReadySet,
    /// Due in this sweep, in order.
    due: Vec<(usize, usize)>,
    left: usize,
    started: bool,
    settle: PhantomData<fn() -> A>,
}

// The futures are behind a box.
impl<F, A, O> Unpin for List<F, A, O> {}

impl<F: Future, A: Settle<F, Field = O>, O> List<F, A, O> {
    pub(crate) fn new(futures: impl Iterator<Item = F>) -> Self {
        let slots = PinnedSlice::new(futures.map(Slot::new));
        let left = slots.len();
        Self { slots, ready: ReadySet::new(), due: Vec::new(), left, started: false, settle: PhantomData }
    }

    fn sweep_due<V>(&mut self, place: Place, window: Range<usize>, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let mut due = take(&mut self.due);
        let from = due.partition_point(|(item, _)| *item < window.start);
        let to = due.partition_point(|(item, _)| *item < window.end);
        let mut unlucky = 0;
        let mut next = from;
        while next < to && unlucky < PATIENCE {
            let (item, _) = due[next];
            next += 1;
            let waker = self.ready.waker(item, item);
            let place = Place { item: Some(item), ..place };
            let mut cx = std::task::Context::from_waker(&waker);
            let slot = self.slots.get(item);
            if !slot.is_running() {
                continue;
            }
            match slot.poll::<A>(&mut cx, place) {
                Poll::Ready(settled) => self.ended(item, settled, place, sweep),
                Poll::Pending if self.ready.is_woken(item) && budget_spent() => unlucky += 1,
                Poll::Pending => unlucky = 0,
            }
        }
        due.drain(from..next);
        self.due = due;
    }

    fn stop<V>(&mut self, why: crate::deadline::Stop, place: Place, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        for item in 0..self.slots.len() {
            let place = Place { item: Some(item), ..place };
            if let Poll::Ready(settled) = self.slots.get(item).stop::<A>(why, place) {
                self.ended(item, settled, place, sweep);
            }
        }
    }

    fn ended<V>(&mut self, item: usize, settled: Result<(), A::Failure>, place: Place, sweep: &mut Sweep<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        self.left -= 1;
        self.ready.forget(item);
        if let Err(failure) = settled {
            sweep.verdict.hear(failure, place);
        }
    }
}

impl<V, F, A, O> Branch<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    fn sweep(mut self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let (place, window) = sweep.step_list(self.slots.len());
        if self.left > 0 {
            match sweep.pass {
                Pass::Due { fresh } => {
                    let this = &mut *self;
                    if fresh {
                        this.ready.drain(sweep.cx.waker(), &mut this.due);
                        this.due.sort_unstable();
                    }
                    if !this.started {
                        this.started = true;
                        this.due = (0..this.slots.len()).map(|item| (item, item)).collect();
                    }
                    self.sweep_due(place, window, sweep);
                }
                // It was made in this pass.
                Pass::Start if !self.started => {
                    let this = &mut *self;
                    this.started = true;
                    this.ready.drain(sweep.cx.waker(), &mut this.due);
                    this.due = (0..this.slots.len()).map(|item| (item, item)).collect();
                    self.sweep_due(place, window, sweep);
                }
                Pass::Start => {}
                Pass::Stop(why) => self.stop(why, place, sweep),
            }
        }
        sweep.unfinished += self.left;
    }
}

impl<F: Future, A, O> Part for List<F, A, O> {
    type Output = Vec<O>;

    fn take(mut self: Pin<&mut Self>) -> Vec<O> {
        (0..self.slots.len()).map(|item| self.slots.get(item).take()).collect()
    }
}

impl<F: Future, A, O> Harvest for List<F, A, O> {
    fn has_fields(&self) -> bool {
        self.slots.iter().all(Slot::is_done)
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
            Ok(field) => Some(Slot::Done { field }),
            Err(failure) => {
                verdict.hear(failure, place);
                None
            }
        };
        // Nobody asks for the fields of a list that failed the group; this one has none.
        let failed = field.is_none().then_some(Slot::Empty);
        let slots = PinnedSlice::new(field.into_iter().chain(failed));
        Self { slots, ready: ReadySet::new(), due: Vec::new(), left: 0, started: true, settle: PhantomData }
    }
}
