//! A list whose items are pulled from their source as they start: `*list` under `limit`, and `*stream`.
//!
//! Memory grows with the items in progress and the results, not with what the source could give.
//!
//! The parts: [`Source`] gives items, [`Pool`] holds the futures of those in progress and knows who was woken, [`Results`] takes
//! what they give. [`start`](LimitedList::start) polls an item for the first time, the module [`sweep`] whoever is due.

pub mod pool;
pub mod results;
pub mod source;
mod start;
mod sweep;

use crate::unwind::catch;
use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::{replace, take};
use core::pin::Pin;
use core::task::Poll;

use super::limited::pool::{Pool, SlotRef};
use super::limited::results::{Collected, Results};
use super::limited::source::Source;
use super::node::deferred::LateList;
use super::node::published::Harvest;
use super::slot::stop;
use super::slot_states::{Desk, Mask, Masks};
use super::sweep::{At, Branch, Part, Rounds, Sweep};
use crate::in_task::Enter;
use crate::member::Place;
use crate::policy::Stop;
use crate::policy::{Hear, Verdict};
use crate::policy::{Interruption, Settle};
use crate::unwind::quietly;

/// The items of the source `S`, which enter by `K` and are settled by `A` into `R`.
///
/// `F` and `O`, the futures and their fields, are parameters for the reason given at [`Single`](super::Single).
pub struct LimitedList<
    S,
    K,
    A,
    F = <K as Enter<<S as Source>::Item>>::Future,
    O = <A as Settle<F>>::Field,
    R = Collected<O>,
> {
    /// Empty once it has ended.
    source: Option<S>,
    pool: Pool<F>,
    results: R,
    /// There are so few items that all in progress are polled at every poll, with the task's own waker.
    few: bool,
    kind: PhantomData<fn() -> (K, A, O)>,
}

// The futures are in chunks that never move, and the source is never pinned.
impl<S, K, A, F, O, R> Unpin for LimitedList<S, K, A, F, O, R> {}

impl<S, K, A, F, O> LimitedList<S, K, A, F, O> {
    /// Gives all fields in the order of the list.
    pub(crate) fn new(source: S) -> Self {
        Self::with(source, Collected::new())
    }
}

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R> {
    /// Its fields are for `results` to keep.
    pub(crate) fn with(source: S, results: R) -> Self {
        Self { source: Some(source), pool: Pool::new(), results, few: false, kind: PhantomData }
    }

    pub(super) fn results(&self) -> &R {
        &self.results
    }

    pub(super) fn results_mut(&mut self) -> &mut R {
        &mut self.results
    }

    pub(super) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// Nothing starts any more, and the items in progress from `first` on are dropped.
    pub(super) fn end_from<T>(&mut self, first: usize)
    where
        R: Results<T>,
    {
        let source = self.source.take();
        self.pool.make_all_due();
        for slot in take(&mut self.pool.due) {
            if slot.item() >= first {
                let item = slot.item();
                slot.set_gone();
                self.pool.live -= 1;
                self.results.fail(item);
                // SAFETY: the slot was live, so there is a future; by `set_gone` nobody finds it any more.
                unsafe { slot.future().drop_in_place() };
                self.pool.release(slot);
            }
        }
        drop(source);
    }

    /// Whether no item is in progress, and none will be.
    pub(super) fn is_over(&self) -> bool {
        self.source.is_none() && self.pool.live == 0
    }
}

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    S: Source,
    F: Future,
    A: Settle<F, Field = O>,
    R: Results<O>,
{
    /// An item's output becomes its result, or the group's failure.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn settle<V>(results: &mut R, settled: Result<O, A::Failure>, item: usize, place: Place, verdict: &mut V)
    where
        V: Hear<A::Failure>,
    {
        match settled {
            Ok(field) => results.store(item, field),
            Err(failure) => {
                // Before anything of the user's runs: the field must not be looked for.
                results.fail(item);
                verdict.hear(failure, place);
            }
        }
    }

    /// The next item never starts.
    fn interrupt<V>(results: &mut R, why: Interruption, place: Place, verdict: &mut V)
    where
        V: Hear<A::Failure>,
    {
        let place = Place { item: Some(results.started()), ..place };
        // What may panic comes before the item has a place for its field.
        let settled = A::interrupted(why, place);
        let item = results.start();
        Self::settle(results, settled, item, place, verdict);
    }

    /// The item of a slot has been settled.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ended<V>(&mut self, slot: SlotRef<F>, rounds: &mut Rounds<'_, '_, V>) {
        self.pool.live -= 1;
        self.pool.release(slot);
        if S::LIMITED && !R::HELD {
            rounds.places.release();
        }
    }
}

impl<V, S, K, A, F, O, R> Branch<V> for LimitedList<S, K, A, F, O, R>
where
    S: Source,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    R: Results<O>,
    V: Verdict + Hear<A::Failure>,
{
    // Inlined, so that in a group of this list alone the compiler knows the pass, and that there is no window.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<D: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, D>) {
        let place = sweep.place(at);
        let window = sweep.window_of(at, self.results.started());
        self.sweep_list(place, window.as_ref(), sweep.rounds);
        sweep.items += self.results.started();
        sweep.unfinished += self.pool.live + usize::from(self.source.is_some());
    }

    unsafe fn stop<D: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, D>) {
        let place = sweep.place(at);
        let this = &mut *self;
        let due = take(&mut this.pool.due);
        this.pool.make_all_due();
        for slot in replace(&mut this.pool.due, due) {
            let (item, place) = (slot.item(), Place { item: Some(slot.item()), ..place });
            // SAFETY: the slot is live, so there is a future, which stays there; `set_gone` notes that it goes.
            let Poll::Ready(settled) = (unsafe { stop::<F, A>(slot.future(), why, place, || slot.set_gone()) }) else {
                continue;
            };
            Self::settle(&mut this.results, settled, item, place, sweep.rounds.verdict);
            this.ended(slot, sweep.rounds);
        }
        this.pool.forget_ended();
        // Items of an iterator that never start have a field all the same where their number is known.
        let Some(source) = this.source.take() else {
            sweep.unfinished += this.pool.live;
            return;
        };
        let known = catch(|| source.size_hint());
        quietly(|| drop(source));
        match known {
            Ok((rest, Some(most))) if rest == most && A::HAS_ABSENT && !S::WAITS => {
                for _ in 0..rest {
                    Self::interrupt(&mut this.results, why.into(), place, sweep.rounds.verdict);
                }
            }
            Ok(_) => {}
            // As where the next item panics.
            Err(panic) => {
                let why = Interruption::Panicked(panic);
                Self::interrupt(&mut this.results, why, place, sweep.rounds.verdict);
            }
        }
        sweep.unfinished += this.pool.live;
    }
}

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    R: Results<O>,
{
    /// Drops futures, then fields, then the source.
    pub(super) fn drop_all(&mut self) {
        /// Also where the destructor of a future panics.
        struct Fields<'a, O, R: Results<O>>(&'a mut R, Vec<usize>, PhantomData<O>);
        impl<O, R: Results<O>> Drop for Fields<'_, O, R> {
            fn drop(&mut self) {
                self.0.clear(take(&mut self.1));
            }
        }
        let _source = self.source.take();
        let pool = replace(&mut self.pool, Pool::new());
        let _fields = Fields(&mut self.results, pool.unfinished(), PhantomData);
        drop(pool);
    }
}

impl<S, K, A, F, O, R: Results<O>> Part for LimitedList<S, K, A, F, O, R> {
    type Output = R::Output;
    const SEATS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS: bool = true;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> R::Output {
        debug_assert!(self.is_over());
        // SAFETY: the caller takes the fields of a group whose members have all ended.
        unsafe { self.results.take() }.unwrap_or_else(|| unreachable!("every member has a field"))
    }

    unsafe fn clear<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {
        self.drop_all();
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.results.started());
        0
    }
}

impl<S, K, A, F, O, R: Results<O>> Harvest for LimitedList<S, K, A, F, O, R> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        self.is_over()
    }

    unsafe fn harvest<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Option<R::Output> {
        // SAFETY: the caller has seen `has_ended`: no item is in progress.
        unsafe { self.results.take() }
    }
}

impl<V, S, K, A, F, O> LateList<V> for LimitedList<S, K, A, F, O>
where
    S: Source,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    const CATCHES: bool = A::CATCHES;

    fn interrupted(why: Interruption, place: Place, verdict: &mut V) -> Self {
        let mut results = Collected::new();
        let settled = A::interrupted(why, place);
        let item = results.start();
        Self::settle(&mut results, settled, item, place, verdict);
        Self { source: None, pool: Pool::new(), results, few: false, kind: PhantomData }
    }
}
