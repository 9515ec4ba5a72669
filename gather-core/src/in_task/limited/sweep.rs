//! Who was woken is polled, then others start.

use core::future::Future;
use core::mem::take;
use core::ops::Range;
use core::task::{Context, Poll, Waker};

use super::LimitedList;
use super::start::pull;
use crate::in_task::Enter;
use crate::in_task::limited::pool::SlotRef;
use crate::in_task::limited::results::Results;
use crate::in_task::limited::source::Source;
use crate::in_task::list::progress::Patience;
use crate::in_task::slot::advance;
use crate::in_task::sweep::{Pass, Rounds};
use crate::in_task::wakers::FEW;
use crate::member::Place;
use crate::policy::{Hear, Verdict};
use crate::policy::{Interruption, Settle};

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    S: Source,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    R: Results<O>,
{
    /// What the pass is for: items in `window` are polled, and others started.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep_list<V>(&mut self, place: Place, window: Option<&Range<usize>>, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let alone = rounds.alone && window.is_none();
        if let Pass::Due { fresh } = rounds.pass {
            if fresh && let Some(slot) = self.take_due(rounds, alone) {
                self.poll_one(slot, place, window, rounds);
            } else if !self.pool.due.is_empty() {
                self.sweep_due(place, window, rounds);
            }
        }
        // Where permits are held until results are taken, there may be free ones from the start: an item that has failed just now
        // comes before whoever could use them.
        let failed = R::HELD && rounds.verdict.is_decided();
        if self.source.is_some() && (!S::LIMITED || rounds.places.free > 0) && rounds.may_start() && !failed {
            self.start(place, rounds);
        }
        if alone {
            // Nobody else could come first: permits of those that have ended are used in the same pass.
            rounds.pass = Pass::Start;
            while rounds.places.reopen() && self.source.is_some() && rounds.may_start() {
                self.start(place, rounds);
            }
        }
    }

    /// Makes due whoever was woken. One that is due alone is given instead.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due<V>(&mut self, rounds: &Rounds<'_, '_, V>, alone: bool) -> Option<SlotRef<F>> {
        if self.few || rounds.poll_all {
            self.pool.make_all_due();
            return None;
        }
        let slot = self.pool.take_woken(rounds.cx.waker());
        if slot.is_none() && alone && self.pool.due.len() == 1 {
            return self.pool.due.pop();
        }
        slot
    }

    /// Polls the one item that was woken.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_one<V>(
        &mut self,
        slot: SlotRef<F>,
        place: Place,
        window: Option<&Range<usize>>,
        rounds: &mut Rounds<'_, '_, V>,
    ) where
        V: Verdict + Hear<A::Failure>,
    {
        if window.is_some() {
            self.pool.due.push(slot);
            self.sweep_due(place, window, rounds);
        } else if rounds.alone && !S::WAITS && !R::HELD {
            self.poll_and_replace(slot, place, rounds);
        } else {
            let waker = slot.waker();
            let _ = self.poll_item(slot, &mut Context::from_waker(&waker), place, rounds);
        }
    }

    /// Polls those items in `window` that are due, in order.
    #[inline(never)]
    fn sweep_due<V>(&mut self, place: Place, window: Option<&Range<usize>>, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        // More items than their iterator said are in progress: from now on it matters who was woken, so all get wakers of their own.
        self.few = self.few && self.pool.live <= FEW;
        let with_task = self.few || rounds.poll_all;
        let mut due = take(&mut self.pool.due);
        let Range { start, end } = window.map_or(0..due.len(), |window| {
            let before = |item| due.partition_point(|slot| slot.item() < item);
            before(window.start)..before(window.end)
        });
        let mut patience = Patience::new();
        let mut next = start;
        let free = self.pool.free();
        let task: &Waker = rounds.cx.waker();
        for slot in &due[start..end] {
            next += 1;
            let polled = if with_task {
                self.poll_item(*slot, &mut Context::from_waker(task), place, rounds)
            } else {
                self.poll_item(*slot, &mut Context::from_waker(&slot.waker()), place, rounds)
            };
            if !rounds.poll_all && !patience.goes_on(polled) && next < end {
                task.wake_by_ref();
                break;
            }
        }
        self.pool.reuse_in_order(free);
        // Those before and after the window, and those that were left: nobody came in meanwhile, for items start later.
        due.drain(start..next);
        self.pool.due = due;
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_item<V>(
        &mut self,
        slot: SlotRef<F>,
        cx: &mut Context<'_>,
        place: Place,
        rounds: &mut Rounds<'_, '_, V>,
    ) -> Poll<()>
    where
        V: Verdict + Hear<A::Failure>,
    {
        let item = slot.item();
        let place = Place { item: Some(item), ..place };
        // SAFETY: what is due is live, so there is a future, which stays there; `set_gone` notes that it goes.
        let polled = unsafe { advance::<F, A>(slot.future(), cx, place, || slot.set_gone()) };
        polled.map(|settled| {
            Self::settle(&mut self.results, settled, item, place, rounds.verdict);
            self.ended(slot, rounds);
        })
    }

    /// Polls the only item that is due, in a group of this list alone. When it has ended, the next one starts in its place and with
    /// its permit, for nobody else could come first.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_and_replace<V>(&mut self, slot: SlotRef<F>, place: Place, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let waker = slot.waker();
        let mut cx = Context::from_waker(&waker);
        let mut item = slot.item();
        loop {
            let named = Place { item: Some(item), ..place };
            // SAFETY: the slot is live, so there is a future, which stays there; `set_gone` notes that it goes.
            let polled = unsafe { advance::<F, A>(slot.future(), &mut cx, named, || slot.set_gone()) };
            let Poll::Ready(settled) = polled else { return };
            Self::settle(&mut self.results, settled, item, named, rounds.verdict);
            slot.set_vacant();
            if !slot.is_clean() || rounds.verdict.is_decided() {
                break;
            }
            let Some(items) = &mut self.source else { break };
            match pull::<S, K, A, F>(items, &mut Context::from_waker(Waker::noop())) {
                Ok(Poll::Ready(Some(next))) => {
                    item = self.results.start();
                    slot.occupy(item, next);
                }
                none => {
                    self.source = None;
                    if let Err(panic) = none {
                        Self::interrupt(&mut self.results, Interruption::Panicked(panic), place, rounds.verdict);
                    }
                    break;
                }
            }
        }
        self.ended(slot, rounds);
    }
}
