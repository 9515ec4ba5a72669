//! First polls: items are pulled and polled as long as there are permits.

use crate::unwind::catch;
use core::future::Future;
use core::task::{Context, Poll, Waker};

use super::LimitedList;
use crate::exception::Panic;
use crate::in_task::Enter;
use crate::in_task::limited::results::Results;
use crate::in_task::limited::source::Source;
use crate::in_task::ready::slots::FirstPoll;
use crate::in_task::slot::advance;
use crate::in_task::sweep::Rounds;
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
    /// Starts items as long as there are permits and the source has some.
    #[inline(never)]
    pub(super) fn start<V>(&mut self, place: Place, rounds: &mut Rounds<'_, '_, V>)
    where
        V: Verdict + Hear<A::Failure>,
    {
        let task: &Waker = rounds.cx.waker();
        let Self { source, pool, results, few, .. } = self;
        let Some(items) = source else { return };
        let poll_all = rounds.poll_all;
        if S::WAITS && !pool.source_due && !poll_all {
            return;
        }
        let begins = results.started() == 0;
        if begins {
            let (least, most) = items.size_hint();
            results.expect(least);
            *few = !S::WAITS && most.is_some_and(|most| is_few(most, S::LIMITED, rounds));
        }
        // From here on: a wake during the poll of the source is seen by the next sweep.
        pool.source_due = false;
        let source_waker = if S::WAITS && !poll_all { Some(pool.source_waker(task)) } else { None };
        let mut source_cx = Context::from_waker(source_waker.as_deref().unwrap_or(task));
        let first = FirstPoll::new(task);
        // SAFETY: `first` stays here, and the waker is lent to the polls below only, each in the slot that `begin` is told, whose
        // block belongs to the pool.
        let lent = unsafe { first.waker() };
        let mut cx = Context::from_waker(if *few || poll_all { task } else { &lent });
        let mut free = if S::LIMITED { rounds.places.free } else { usize::MAX };
        let mut decided = rounds.verdict.is_decided();
        // As long as items are ready at once, all of them stand in the same slot.
        'slot: while free > 0 {
            free -= 1;
            let slot = pool.vacant(task, free.saturating_add(1));
            first.begin(slot.address());
            loop {
                let future = match pull::<S, K, A, F>(items, &mut source_cx) {
                    Ok(Poll::Ready(Some(future))) => {
                        if S::LIMITED {
                            rounds.places.admit();
                        }
                        future
                    }
                    none => {
                        free += 1;
                        pool.release(slot);
                        if let Ok(Poll::Pending) = none {
                            break 'slot;
                        }
                        *source = None;
                        // Whether by its own word or not, it was short.
                        *few |= begins && !S::WAITS && is_few(results.started(), S::LIMITED, rounds);
                        if let Err(panic) = none {
                            Self::interrupt(results, Interruption::Panicked(panic), place, rounds.verdict);
                        }
                        break 'slot;
                    }
                };
                let item = results.start();
                let place = Place { item: Some(item), ..place };
                slot.occupy(item, future);
                // SAFETY: `occupy` has put it there, where it stays; `set_gone` notes that it goes.
                match unsafe { advance::<F, A>(slot.future(), &mut cx, place, || slot.set_gone()) } {
                    Poll::Pending => {
                        pool.live += 1;
                        if first.has_woken() {
                            pool.due.push(slot);
                        }
                        continue 'slot;
                    }
                    Poll::Ready(settled) => {
                        let failed = settled.is_err();
                        Self::settle(results, settled, item, place, rounds.verdict);
                        slot.set_vacant();
                        if failed {
                            decided = rounds.verdict.is_decided();
                            if !rounds.may_start() {
                                free += 1;
                                pool.release(slot);
                                break 'slot;
                            }
                        }
                    }
                }
                // The next item has the same slot, unless somebody may wake it, and the same permit, unless that is held, or
                // somebody comes first who became startable meanwhile.
                let same_permit = !R::HELD && !decided && !rounds.places.has_opened();
                if first.is_used() || !same_permit {
                    pool.release(slot);
                    if same_permit {
                        free += 1;
                    } else if S::LIMITED && !R::HELD {
                        rounds.places.release();
                    }
                    continue 'slot;
                }
            }
        }
        if S::LIMITED {
            rounds.places.free = free;
        }
        // Without permits it was not asked whether it has more.
        pool.source_due |= free == 0;
    }
}

fn is_few<V>(items: usize, limited: bool, rounds: &Rounds<'_, '_, V>) -> bool {
    items <= FEW && (!limited || items <= rounds.places.limit)
}

/// The next item. Where panics are members' affairs, one of the source is that of the item it did not give.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) fn pull<S, K, A, F>(items: &mut S, cx: &mut Context<'_>) -> Result<Poll<Option<F>>, Panic>
where
    S: Source,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: Settle<F>,
{
    let mut next = || items.pull(cx).map(|item| item.map(K::enter));
    if !A::CATCHES {
        return Ok(next());
    }
    catch(next)
}
