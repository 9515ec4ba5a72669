//! First polls: items are pulled and polled as long as there are permits.

use core::future::Future;
use core::mem::ManuallyDrop;
use core::task::{Context, Poll, Waker};

use super::{Few, LimitedList};
use crate::exception::Panic;
use crate::in_task::enter::Enter;
use crate::in_task::limited::pool::SlotRef;
use crate::in_task::limited::results::Results;
use crate::in_task::limited::source::ItemSource;
use crate::in_task::permits::LIMIT_OF_ZERO;
use crate::in_task::ready::slots::SlotStackWaker;
use crate::in_task::slot::{DueFuture, DueSlot};
use crate::in_task::sweep::PassContext;
use crate::in_task::wakers::FEW;
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{Abort, GroupPolicy, MemberPolicy, Record};
use crate::unwind::catch;

impl<S, K, A, F, O, R> LimitedList<S, K, A, F, O, R>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    R: Results<O>,
{
    /// Starts items as long as there are permits and the source has some.
    #[inline(never)]
    pub(in crate::in_task) fn start<V>(&mut self, id: &MemberId, pass_cx: &mut PassContext<'_, '_, V>)
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        let task: &Waker = pass_cx.cx.waker();
        let poll_all = pass_cx.poll_all;
        if S::WAITS && !self.pool.source_due && !poll_all {
            return;
        }
        let begins = self.begin(pass_cx);
        let Self { source, pool, results, few, .. } = self;
        let Some(items) = source else { return };
        // It is reset before the source is polled: a wake during that poll is seen by the next sweep.
        pool.source_due = false;
        let source_waker = if S::WAITS && !poll_all { Some(pool.source_waker(task)) } else { None };
        let mut source_cx = Context::from_waker(source_waker.as_deref().unwrap_or(task));
        let first = SlotStackWaker::new(task);
        // SAFETY: `first` stays here, and the waker is lent to the polls below only, each in the slot that `begin` is told, whose
        // block belongs to the pool.
        let lent = unsafe { first.waker() };
        let with_task = poll_all || few.polls_all();
        let mut cx = Context::from_waker(if with_task { task } else { &lent });
        let mut free = if S::LIMITED { pass_cx.permits.free } else { usize::MAX };
        let mut decided = pass_cx.policy.is_decided();
        let opened = pass_cx.permits.has_opened();
        // Of a limit of 0 one permit is free, for the item that shows that there is one.
        let refused = S::LIMITED && pass_cx.permits.limit == 0;
        // Items that are ready at once use the same slot one after the other.
        'slot: while free > 0 {
            free -= 1;
            // Where nobody gets a waker of the pool's, it keeps none of the task's.
            let slot = pool.vacant(if with_task { Waker::noop() } else { task }, free.saturating_add(1));
            first.begin(slot.address());
            loop {
                let future = match pull::<S, K, A, F>(items, &mut source_cx, id, results.started(), pass_cx.watch()) {
                    Ok(Poll::Ready(Some(future))) => {
                        assert_not(refused);
                        future
                    }
                    none => {
                        free += 1;
                        pool.release(slot, first.is_used());
                        self.no_item(none, begins, id, pass_cx);
                        break 'slot;
                    }
                };
                let item = results.start();
                slot.occupy(item, future);
                // Nothing is in it where a poll unwinds. Without optimisation there is more on the stack where something might be.
                let mut settled = const { ManuallyDrop::new(None) };
                // SAFETY: `occupy` has put the future into the slot, where it stays.
                unsafe { due::<F, A, V>(slot, item, id, pass_cx.watch(), &mut settled) }.poll(&mut cx);
                match settled.take() {
                    None => {
                        pool.pending += 1;
                        if first.has_woken() {
                            pool.due.push(slot);
                        }
                        continue 'slot;
                    }
                    Some(settled) => {
                        let failed = settled.is_err();
                        Self::settle(results, settled, item, id, pass_cx.policy);
                        slot.set_vacant();
                        if failed {
                            decided = pass_cx.policy.is_decided();
                            if !pass_cx.may_start() {
                                free += 1;
                                pool.release(slot, first.is_used());
                                break 'slot;
                            }
                        }
                    }
                }
                // The next item takes the same slot, unless a waker of it is left. It takes the same permit, too, unless that is held by
                // the result, or a dependant may start now, which comes first.
                let same_permit = !R::HELD && !decided && !opened;
                if R::HELD && free > 0 && !first.is_used() {
                    free -= 1;
                } else if first.is_used() || !same_permit {
                    pool.release(slot, first.is_used());
                    if same_permit {
                        free += 1;
                    } else if S::LIMITED && !R::HELD {
                        pass_cx.permits.release();
                    }
                    continue 'slot;
                }
            }
        }
        if S::LIMITED {
            pass_cx.permits.free = free;
        }
        // Without permits the source was not asked for more.
        self.pool.source_due |= free == 0;
    }

    /// Looks at how many items there are, before any is pulled. `true`: none was.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn begin<V>(&mut self, pass_cx: &PassContext<'_, '_, V>) -> bool {
        let begins = self.results.started() == 0;
        if begins && let Some(items) = &self.source {
            let (least, most) = items.size_hint();
            self.results.expect(least);
            if !S::WAITS && is_few(most.unwrap_or(usize::MAX), S::LIMITED, pass_cx) {
                self.few = Few::Yes;
            }
        }
        begins
    }

    /// What follows where the source has given `none`: it has ended, but for where it is to be polled again.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn no_item<V>(
        &mut self,
        none: Result<Poll<Option<F>>, Panic>,
        begins: bool,
        id: &MemberId,
        pass_cx: &mut PassContext<'_, '_, V>,
    ) where
        V: GroupPolicy + Record<A::Failure>,
    {
        if let Ok(Poll::Pending) = none {
            return;
        }
        self.source = None;
        // The list has turned out to be short, whatever the source had said.
        let started = self.results.started();
        if begins && !S::WAITS && !self.few.polls_all() && is_few(started, S::LIMITED, pass_cx) {
            self.few = Few::FromNow;
        }
        if let Err(panic) = none {
            let why = Abort::Panicked(panic);
            Self::interrupt(&mut self.results, why, id, pass_cx.policy, pass_cx.watch());
        }
    }

    /// Starts the next item of an iterator that has begun, for which there is a permit. `false`: there was none.
    ///
    /// It does what [`start`](Self::start) does with one permit, in far fewer steps.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(in crate::in_task) fn start_one<V>(
        &mut self,
        id: &MemberId,
        task: &Waker,
        policy: &mut V,
        watch: Watch<'_>,
        poll_all: bool,
    ) -> bool
    where
        V: GroupPolicy + Record<A::Failure>,
    {
        debug_assert!(!S::WAITS);
        let Self { source, pool, results, few, .. } = self;
        let Some(items) = source else { return false };
        let with_task = poll_all || few.polls_all();
        let slot = pool.vacant(if with_task { Waker::noop() } else { task }, 1);
        let future = match pull::<S, K, A, F>(items, &mut Context::from_waker(task), id, results.started(), watch) {
            Ok(Poll::Ready(Some(future))) => future,
            none => {
                pool.release(slot, false);
                *source = None;
                if let Err(panic) = none {
                    Self::interrupt(results, Abort::Panicked(panic), id, policy, watch);
                }
                return false;
            }
        };
        let first = SlotStackWaker::new(task);
        first.begin(slot.address());
        // SAFETY: as in `start`.
        let lent = unsafe { first.waker() };
        let cx = &mut Context::from_waker(if with_task { task } else { &lent });
        let item = results.start();
        slot.occupy(item, future);
        let mut settled = None;
        // SAFETY: as in `start`.
        unsafe { due::<F, A, V>(slot, item, id, watch, &mut settled) }.poll(cx);
        match settled {
            None => {
                pool.pending += 1;
                if first.has_woken() {
                    pool.due.push(slot);
                }
            }
            Some(settled) => {
                Self::settle(results, settled, item, id, policy);
                pool.release(slot, first.is_used());
            }
        }
        true
    }
}

/// The limit is 0, and there is an item that would start.
#[cfg_attr(not(debug_assertions), inline(always))]
fn assert_not(refused: bool) {
    assert!(!refused, "{LIMIT_OF_ZERO}");
}

fn is_few<V>(items: usize, limited: bool, pass_cx: &PassContext<'_, '_, V>) -> bool {
    items <= FEW && (!limited || items <= pass_cx.permits.limit)
}

/// Pulls the next item, `item` of `list`. A panic of the source counts as one of the item that it did not give, whether or not the policy
/// catches panics.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn pull<S, K, A, F>(
    items: &mut S,
    cx: &mut Context<'_>,
    list: &MemberId,
    item: usize,
    watch: Watch<'_>,
) -> Result<Poll<Option<F>>, Panic>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F>,
{
    if !A::CATCHES {
        let making = watch.make(&MemberId { item: Some(item), ..*list });
        let pulled = items.pull(cx).map(|item| item.map(K::enter));
        making.done();
        return Ok(pulled);
    }
    catch(|| items.pull(cx).map(|item| item.map(K::enter)))
}

/// The item in a slot of the list with this `id`, which is to be polled now, once. It owns nothing.
///
/// # Safety
///
/// The slot must be pending.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn due<'x, F: Future, A: MemberPolicy<F>, V: GroupPolicy>(
    slot: SlotRef<F>,
    item: usize,
    id: &'x MemberId,
    watch: Watch<'x>,
    settled: &'x mut Option<Result<A::Field, A::Failure>>,
) -> ManuallyDrop<DueFuture<'x, F, F, A, V, impl DueSlot>> {
    let id = move || MemberId { item: Some(item), ..*id };
    // SAFETY: a pending slot holds its future, which stays there; `set_gone` notes that it goes.
    ManuallyDrop::new(unsafe { DueFuture::new(slot.future(), (id, move || slot.set_gone()), watch, settled) })
}
