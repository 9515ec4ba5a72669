//! A list whose items are pulled from their source as they start: `*list` under `limit`, and `*stream`.
//!
//! Memory grows with the items in progress and the results, not with what the source could give.
//!
//! The parts: [`ItemSource`] gives items, [`Pool`] holds the futures of those in progress and knows who was woken, [`Results`] takes
//! what they give. [`start`](LimitedList::start) polls an item for the first time, the module [`sweep`] whoever is due.

pub mod pool;
pub mod results;
pub mod source;
mod start;
mod sweep;

use core::future::Future;
use core::marker::PhantomData;
use core::mem::{replace, take};
use core::pin::Pin;

use super::limited::pool::{Pool, SlotRef};
use super::limited::results::{Collected, Results};
use super::limited::source::ItemSource;
use super::node::deferred::Deferrable;
use super::node::published::TakeEarly;
use super::slot::stop;
use super::slot_states::{BitSet, SlotStates, WakerSource};
use super::sweep::{Node, PassContext, PollNode, Position, Sweep};
use crate::in_task::enter::Enter;
use crate::member::MemberId;
use crate::observe::{Roster, Watch};
use crate::policy::{Abort, GroupPolicy, MemberPolicy, Record, StopReason};
use crate::unwind::{OnDrop, catch, quietly};

/// A list of the items of `S`, which enter by `K`. Their outputs are settled by `A` and go into `R`.
///
/// `F` and `O`, the futures and their fields, are parameters for the reason given at [`FutureNode`](super::FutureNode).
pub struct LimitedList<
    S,
    K,
    A,
    F = <K as Enter<<S as ItemSource>::Item>>::Future,
    O = <A as MemberPolicy<F>>::Field,
    R = Collected<O>,
> {
    /// `None` once the source has ended.
    source: Option<S>,
    pool: Pool<F>,
    results: R,
    few: Few,
    kind: PhantomData<fn() -> (K, A, O)>,
}

/// Whether there are so few items that all in progress are polled at every poll, with the task's own waker.
#[derive(Clone, Copy)]
enum Few {
    No,
    Yes,
    /// From the next sweep on. It has turned out in the first, in which items were polled with wakers of their own.
    FromNow,
}

impl Few {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn polls_all(self) -> bool {
        !matches!(self, Self::No)
    }
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
    /// Gives what `results` makes of the fields.
    pub(crate) fn with(source: S, results: R) -> Self {
        Self { source: Some(source), pool: Pool::new(), results, few: Few::No, kind: PhantomData }
    }

    pub(super) fn results(&self) -> &R {
        &self.results
    }

    pub(super) fn results_mut(&mut self) -> &mut R {
        &mut self.results
    }

    /// Whether an item has been pulled.
    pub(super) fn has_begun<T>(&self) -> bool
    where
        R: Results<T>,
    {
        self.results.started() > 0
    }

    /// How many items are in progress.
    pub(super) fn in_progress(&self) -> usize {
        self.pool.pending
    }

    pub(super) fn has_source(&self) -> bool {
        self.source.is_some()
    }

    /// Drops the source and the items in progress from `first` on. Nothing starts any more.
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
                self.pool.pending -= 1;
                self.results.fail(item);
                // SAFETY: the slot was pending, so its future is there; by `set_gone` nobody else drops it.
                unsafe { slot.future().drop_in_place() };
                self.pool.release(slot, true);
            }
        }
        drop(source);
    }

    /// Drops the slots of items, of which none is in progress.
    pub(super) fn let_go(&mut self) {
        debug_assert!(self.is_over());
        self.pool = Pool::new();
    }

    /// Whether no item is in progress, and none will be.
    pub(super) fn is_over(&self) -> bool {
        self.pool.pending == 0 && self.source.is_none()
    }
}

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    S: ItemSource,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    R: Results<O>,
{
    /// Whether a sweep starts nothing. Where permits are held by results, and items wait for nothing else, a permit is free once a result
    /// has been taken, and that is after a sweep.
    pub(super) const STARTS_APART: bool = R::HELD && S::LIMITED && !S::WAITS;

    /// How many items are still to be pulled, as the source says it.
    pub(super) fn rest(&self) -> (usize, Option<usize>) {
        self.source.as_ref().map_or((0, Some(0)), S::size_hint)
    }

    /// Whether items that a deadline finds unpulled have a field all the same: those of an iterator that knows their number.
    pub(super) fn fills_unstarted((rest, most): (usize, Option<usize>)) -> bool {
        most == Some(rest) && A::FILLS_UNSTARTED && !S::WAITS
    }

    /// Stores the field of an item of `list`, or records its failure.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn settle<V>(results: &mut R, settled: Result<O, A::Failure>, item: usize, list: &MemberId, policy: &mut V)
    where
        V: Record<A::Failure>,
    {
        match settled {
            Ok(field) => results.store(item, field),
            Err(failure) => {
                // This comes before any code of the user's runs: nobody must look for the field.
                results.fail(item);
                policy.record(failure, MemberId { item: Some(item), ..*list });
            }
        }
    }

    /// Settles the next item, which never starts.
    fn interrupt<V>(results: &mut R, why: Abort, list: &MemberId, policy: &mut V, watch: Watch<'_>)
    where
        V: Record<A::Failure>,
    {
        let id = MemberId { item: Some(results.started()), ..*list };
        watch.ended(&id, (&why).into());
        // `settle` may panic, so it comes before the item has a place for its field.
        let settled = A::settle(Err(why), id);
        let item = results.start();
        Self::settle(results, settled, item, list, policy);
    }

    /// Frees the slot of an item that has been settled.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn free_slot(&mut self, slot: SlotRef<F>) {
        self.pool.pending -= 1;
        self.pool.release(slot, true);
    }

    /// Frees the slot of an item that has been settled, and gives its permit back.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ended<V>(&mut self, slot: SlotRef<F>, pass_cx: &mut PassContext<'_, '_, V>) {
        self.free_slot(slot);
        if S::LIMITED && !R::HELD {
            pass_cx.permits.release();
        }
    }
}

impl<V, S, K, A, F, O, R> PollNode<V> for LimitedList<S, K, A, F, O, R>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    R: Results<O>,
    V: GroupPolicy + Record<A::Failure>,
{
    fn announce(&self, position: usize, _: bool, roster: &mut dyn Roster) {
        // An item of a stream waits for the stream.
        roster.pulled(position, S::LIMITED && !S::WAITS);
    }

    // This is inlined so that in a group of this list alone the compiler knows the pass, and that there is no window.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<D: WakerSource>(mut self: Pin<&mut Self>, at: Position, sweep: &mut Sweep<'_, '_, '_, V, D>) {
        let id = sweep.id(at);
        let window = sweep.window_of(at, self.results.started());
        self.sweep_list(&id, window.as_ref(), sweep.pass_cx);
        sweep.items += self.results.started();
        sweep.unfinished += usize::from(!self.is_over());
    }

    unsafe fn stop<D: WakerSource>(
        mut self: Pin<&mut Self>,
        at: Position,
        why: StopReason,
        sweep: &mut Sweep<'_, '_, '_, V, D>,
    ) {
        let id = sweep.id(at);
        let this = &mut *self;
        this.pool.make_all_due();
        for slot in take(&mut this.pool.due) {
            let (item, item_id) = (slot.item(), MemberId { item: Some(slot.item()), ..id });
            // SAFETY: the slot is pending, so its future is there, and stays there; `set_gone` notes that it goes.
            let settled =
                unsafe { stop::<F, A>(slot.future(), why, item_id, sweep.pass_cx.watch(), || slot.set_gone()) };
            Self::settle(&mut this.results, settled, item, &id, sweep.pass_cx.policy);
            this.ended(slot, sweep.pass_cx);
        }
        let Some(source) = this.source.take() else { return };
        let known = catch(|| source.size_hint());
        quietly(|| drop(source));
        match known {
            Ok(known) if Self::fills_unstarted(known) => {
                for _ in 0..known.0 {
                    Self::interrupt(&mut this.results, why.into(), &id, sweep.pass_cx.policy, sweep.pass_cx.watch());
                }
            }
            Ok(_) => {}
            // This counts as a panic of the next item.
            Err(panic) => {
                let why = Abort::Panicked(panic);
                Self::interrupt(&mut this.results, why, &id, sweep.pass_cx.policy, sweep.pass_cx.watch());
            }
        }
    }
}

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    R: Results<O>,
{
    /// Drops futures, then fields, then the source.
    pub(super) fn drop_all(&mut self) {
        let _source = self.source.take();
        let pool = replace(&mut self.pool, Pool::new());
        let mut unfinished = pool.unfinished();
        // The fields are dropped even where the destructor of a future panics.
        let _fields = OnDrop(|| self.results.clear(take(&mut unfinished)));
        drop(pool);
    }
}

impl<S, K, A, F, O, R: Results<O>> Node for LimitedList<S, K, A, F, O, R> {
    type Output = R::Output;
    const SLOTS: usize = 0;
    const MEMBERS: usize = 1;
    const STARTS_LATER: bool = true;
    const SLOTS_ONLY: bool = false;

    unsafe fn take<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> R::Output {
        debug_assert!(self.is_over());
        self.pool.all_ended();
        // SAFETY: the caller takes the fields of a group whose members have all ended.
        unsafe { self.results.take() }.unwrap_or_else(|| unreachable!("every member has a field"))
    }

    unsafe fn clear<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) {
        self.drop_all();
    }

    fn slots_among(&self, members: &mut usize) -> usize {
        *members = members.saturating_sub(self.results.started());
        0
    }
}

impl<S, K, A, F, O, R: Results<O>> TakeEarly for LimitedList<S, K, A, F, O, R> {
    fn has_ended<M: BitSet>(&self, _: usize, _: &SlotStates<M>) -> bool {
        self.is_over()
    }

    unsafe fn take_early<M: BitSet>(mut self: Pin<&mut Self>, _: usize, _: &mut SlotStates<M>) -> Option<R::Output> {
        // SAFETY: the caller has seen `has_ended`: no item is in progress.
        unsafe { self.results.take() }
    }
}

impl<V, S, K, A, F, O> Deferrable<V> for LimitedList<S, K, A, F, O>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    V: GroupPolicy + Record<A::Failure>,
{
    const CATCHES: bool = A::CATCHES;

    fn interrupted(why: Abort, id: MemberId, policy: &mut V) -> Self {
        let mut results = Collected::new();
        let settled = A::settle(Err(why), id);
        let item = results.start();
        Self::settle(&mut results, settled, item, &id, policy);
        Self { source: None, pool: Pool::new(), results, few: Few::No, kind: PhantomData }
    }
}
