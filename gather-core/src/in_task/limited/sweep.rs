//! A sweep of a list: items that were woken are polled, then others start.

use core::future::Future;
use core::mem::take;
use core::ops::Range;
use core::task::{Context, Poll, Waker};

use super::start::{due, pull};
use super::{Few, LimitedList};
use crate::in_task::enter::Enter;
use crate::in_task::limited::pool::SlotRef;
use crate::in_task::limited::results::Results;
use crate::in_task::limited::source::ItemSource;
use crate::in_task::list::progress::CoopCounter;
use crate::in_task::sweep::{Pass, PassContext, apart};
use crate::in_task::wakers::FEW;
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{Abort, GroupPolicy, MemberPolicy, Record};

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    R: Results<O>,
{
    /// Does one pass: polls due items in `window`, and starts others.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn sweep_list<V>(
        &mut self,
        id: &MemberId,
        window: Option<&Range<usize>>,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        if let Pass::Due { fresh } = pass_cx.pass {
            let alone = pass_cx.alone && window.is_none();
            if fresh && let Some(slot) = self.take_due(pass_cx, alone) {
                self.poll_one(slot, id, window, pass_cx);
            } else if !self.pool.due.is_empty() {
                return apart!(pass_cx => {
                    self.sweep_due(id, window, pass_cx);
                    self.start_others(id, window, pass_cx);
                });
            }
        }
        // As a rule another item has started in the place of the one that was polled, and there is no permit.
        if self.source.is_some() && (!S::LIMITED || pass_cx.permits.any()) {
            apart!(pass_cx => self.start_others(id, window, pass_cx));
        } else if pass_cx.alone && window.is_none() {
            pass_cx.permits.reclaim();
        }
    }

    /// Starts items at the end of a pass.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start_others<V>(&mut self, id: &MemberId, window: Option<&Range<usize>>, pass_cx: &mut PassContext<'_, '_, V>)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        if Self::STARTS_APART {
            return;
        }
        // Where permits are held until results are taken, some may be free although an item has failed just now. Nothing starts then.
        let failed = R::HELD && pass_cx.policy.is_decided();
        if self.source.is_some() && (!S::LIMITED || pass_cx.permits.free > 0) && pass_cx.may_start() && !failed {
            self.start(id, pass_cx);
        }
        if pass_cx.alone && window.is_none() {
            // There is no other member that could come first, so permits are used again in the same pass.
            pass_cx.pass = Pass::Start;
            while pass_cx.permits.reclaim() && self.source.is_some() && pass_cx.may_start() {
                self.start(id, pass_cx);
            }
        }
    }

    /// Polls what was woken, where that is one item at most. `false`: there may be more, which are due now.
    ///
    /// It does what a sweep does of a list that is alone in its group, in far fewer steps.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn poll_woken<V>(&mut self, id: &MemberId, cx: &mut Context<'_>, policy: &mut V) -> bool
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        debug_assert!(Self::STARTS_APART);
        if self.few.polls_all() || !self.pool.due.is_empty() {
            return false;
        }
        let Some(slot) = self.pool.take_woken(cx.waker()) else { return self.pool.due.is_empty() };
        let (item, waker) = (slot.item(), slot.waker());
        let cx = &mut Context::from_waker(&waker);
        let mut settled = None;
        // SAFETY: as in `poll_item`.
        unsafe { due::<F, A, V>(slot, item, id, Watch::NONE, &mut settled) }.poll(cx);
        if let Some(settled) = settled {
            Self::settle(&mut self.results, settled, item, id, policy);
            self.free_slot(slot);
        }
        true
    }

    /// Makes due the items that were woken. An item that is due alone is given instead.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due<V>(&mut self, pass_cx: &PassContext<'_, '_, V>, alone: bool) -> Option<SlotRef<F>> {
        if self.few.polls_all() || pass_cx.poll_all {
            if let Few::FromNow = self.few {
                // The list has ended, so that it stays short. Whoever still has a waker of the pool's is polled in this sweep.
                self.few = Few::Yes;
                self.pool.silence();
            }
            self.pool.make_all_due();
            return None;
        }
        let slot = self.pool.take_woken(pass_cx.cx.waker());
        if slot.is_none() && alone && self.pool.due.len() == 1 {
            return self.pool.due.pop();
        }
        slot
    }

    /// Polls the only item that is due.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_one<V>(
        &mut self,
        slot: SlotRef<F>,
        id: &MemberId,
        window: Option<&Range<usize>>,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        if window.is_some() {
            self.pool.due.push(slot);
            apart!(pass_cx => self.sweep_due(id, window, pass_cx));
        } else if pass_cx.alone && !S::WAITS && !R::HELD {
            self.poll_and_replace(slot, id, pass_cx);
        } else {
            let waker = slot.waker();
            let _ = self.poll_item(slot, &mut Context::from_waker(&waker), id, pass_cx);
        }
    }

    /// Polls those items in `window` that are due, in order.
    #[inline(never)]
    fn sweep_due<V>(&mut self, id: &MemberId, window: Option<&Range<usize>>, pass_cx: &mut PassContext<'_, '_, V>)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        if self.few.polls_all() && self.pool.pending > FEW && !pass_cx.poll_all {
            // The iterator has given more items than it said. From now on it matters who was woken, so items get wakers of their own.
            self.few = Few::No;
            let none = self.pool.take_woken(pass_cx.cx.waker());
            debug_assert!(none.is_none());
        }
        let poll_all = pass_cx.poll_all;
        let with_task = self.few.polls_all() || poll_all;
        let mut due = take(&mut self.pool.due);
        let Range { start, end } = window.map_or(0..due.len(), |window| {
            let before = |item| due.partition_point(|slot| slot.item() < item);
            before(window.start)..before(window.end)
        });
        let mut patience = CoopCounter::new();
        let mut next = start;
        let free = self.pool.free();
        let task: &Waker = pass_cx.cx.waker();
        for slot in &due[start..end] {
            next += 1;
            let polled = if with_task {
                self.poll_item(*slot, &mut Context::from_waker(task), id, pass_cx)
            } else {
                self.poll_item(*slot, &mut Context::from_waker(&slot.waker()), id, pass_cx)
            };
            if !poll_all && !patience.goes_on(polled) && next < end {
                task.wake_by_ref();
                break;
            }
        }
        self.pool.reuse_in_order(free);
        // What is left are items outside the window, and items left for the next sweep. None was added meanwhile, since items start later.
        due.drain(start..next);
        self.pool.due = due;
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_item<V>(
        &mut self,
        slot: SlotRef<F>,
        cx: &mut Context<'_>,
        id: &MemberId,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) -> Poll<()>
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let item = slot.item();
        let mut settled = None;
        // SAFETY: what is due is pending, so its future is there, and stays there.
        unsafe { due::<F, A, V>(slot, item, id, pass_cx.watch(), &mut settled) }.poll(cx);
        let Some(settled) = settled else { return Poll::Pending };
        Self::settle(&mut self.results, settled, item, id, pass_cx.policy);
        self.ended(slot, pass_cx);
        Poll::Ready(())
    }

    /// Polls the only item that is due, in a group of this list alone. Once it has ended, the next item starts in its slot and with its
    /// permit: no other member could come first.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_and_replace<V>(&mut self, slot: SlotRef<F>, id: &MemberId, pass_cx: &mut PassContext<'_, '_, V>)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let waker = slot.waker();
        let mut cx = Context::from_waker(&waker);
        let mut item = slot.item();
        loop {
            let mut settled = None;
            // SAFETY: the slot is pending, so its future is there, and stays there.
            unsafe { due::<F, A, V>(slot, item, id, pass_cx.watch(), &mut settled) }.poll(&mut cx);
            let Some(settled) = settled else { return };
            Self::settle(&mut self.results, settled, item, id, pass_cx.policy);
            slot.set_vacant();
            let Some(items) = &mut self.source else {
                // No item will need the slot.
                self.pool.pending -= 1;
                if S::LIMITED {
                    pass_cx.permits.release();
                }
                return;
            };
            if !slot.is_clean() || pass_cx.policy.is_decided() {
                break;
            }
            let cx = &mut Context::from_waker(Waker::noop());
            match pull::<S, K, A, F>(items, cx, id, self.results.started(), pass_cx.watch()) {
                Ok(Poll::Ready(Some(next))) => {
                    item = self.results.start();
                    slot.occupy(item, next);
                }
                none => {
                    self.source = None;
                    if let Err(panic) = none {
                        let why = Abort::Panicked(panic);
                        Self::interrupt(&mut self.results, why, id, pass_cx.policy, pass_cx.watch());
                    }
                    break;
                }
            }
        }
        self.ended(slot, pass_cx);
    }
}
