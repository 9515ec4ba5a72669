//! `*list`: a list of futures that are all in progress at once.

pub mod progress;
pub mod slots;
mod sweep;

use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Poll, Waker};

use super::list::slots::Items;
use super::node::deferred::LateList;
use super::node::published::Harvest;
use super::ready::table::{ITEMS, Table};
use super::slot::stop;
use super::slot_states::{Desk, Mask, Masks};
use super::sweep::{At, Branch, Part, Pass, Sweep};
use super::wakers::{Many, Seats};
use crate::member::Place;
use crate::policy::Stop;
use crate::policy::{Hear, Verdict};
use crate::policy::{Interruption, Settle};

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

/// A group of seats closes them when it ends; those of a list end with it.
impl Drop for Ready {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        if let Self::Short(seats) = self {
            seats.close();
        }
    }
}

// Said here, so that rustc, which asks so deep and no deeper, meets the futures in one step.
// SAFETY: it owns its items, and the wakers that know of it share its table from any thread.
unsafe impl<F: Send, A, O: Send> Send for List<F, A, O> {}
// SAFETY: as above.
unsafe impl<F: Sync, A, O: Sync> Sync for List<F, A, O> {}

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

    /// An item that ends otherwise than by a poll: what is due is live, always.
    fn not_due(&mut self, item: usize) {
        match self {
            Self::Short(seats) => seats.not_due(item),
            Self::Unmade { .. } => {}
            Self::Long(table) => table.entry(item / ITEMS).into_state().due &= !(1 << (item % ITEMS)),
        }
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
        self.ready.not_due(item);
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

impl<V, F, A, O> Branch<V> for List<F, A, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    V: Verdict + Hear<A::Failure>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: Desk>(mut self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let window = sweep.window_of(at, self.items.len());
        // Once it has started, those that are woken while others start wait for the next sweep.
        if self.items.left > 0 && (matches!(sweep.rounds.pass, Pass::Due { .. }) || !self.started) {
            if sweep.rounds.poll_all {
                self.sweep_all(at.position, sweep.rounds.cx, sweep.rounds.verdict);
            } else {
                self.sweep_due(at.position, window.as_ref(), sweep.rounds);
            }
        }
        sweep.items += self.items.len();
        sweep.unfinished += self.items.left;
    }

    unsafe fn stop<K: Desk>(mut self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
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

impl<F, A, O> Part for List<F, A, O> {
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
            self.make_table(Table::of_nobody);
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

impl<F, A, O> Harvest for List<F, A, O> {
    fn has_ended<M: Mask>(&self, _: usize, _: &Masks<M>) -> bool {
        self.items.left == 0
    }

    unsafe fn harvest<M: Mask>(mut self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> Option<Vec<O>> {
        self.all_have_fields().then(|| {
            // SAFETY: the masks say so.
            let fields = unsafe { self.items.take() };
            // The group goes on, and may end in any way: what `ready` says of the items goes with them, and an empty list is left.
            self.ready = Ready::of(0);
            fields
        })
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
