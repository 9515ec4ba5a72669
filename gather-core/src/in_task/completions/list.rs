//! The list whose results are taken one by one.

use core::future::Future;
use core::task::Context;

use super::waiting::{Untaken, WaitingResults};
use crate::in_task::enter::Enter;
use crate::in_task::limited::LimitedList;
use crate::in_task::limited::results::Results;
use crate::in_task::limited::source::ItemSource;
use crate::in_task::observed::Observed;
use crate::in_task::permits::Limit;
use crate::in_task::sweep::{Node, Pass, PassContext, watch_of};
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::{GroupPolicy, MemberPolicy, Record};

/// A list whose results can be taken before it has ended.
pub trait CompletingList: Node {
    type Field;
    type Failure;
    /// Whether a sweep starts nothing, so that items are started after it.
    const STARTS_APART: bool;
    /// Whether a result can be taken now.
    fn has_next(&self) -> bool;
    /// How many results wait that can be taken one after the other.
    fn results_waiting(&self) -> usize;
    /// The next result, and the index of its item.
    fn take_next(&mut self) -> Option<(usize, Self::Field)>;
    /// How many results and failures are still to be given: at least so many, unless something panics, and at most. `failed` is the item
    /// of the failure that is known; `stops` says that a deadline may end the list.
    fn left(&self, failed: Option<usize>, stops: bool) -> (usize, Option<usize>);
    /// Whether the failure of `item` is what comes next.
    fn is_next(&self, item: usize) -> bool;
    /// Whether items could start if there were permits.
    fn has_source(&self) -> bool;
    /// Whether no item is in progress, and none will be.
    fn is_over(&self) -> bool;
    /// Drops what only items in progress need, and with it the task's waker: none is, and none will be.
    fn let_go(&mut self);
    /// Notes that an item has failed: nothing starts any more, and what nobody will see is dropped. That are the items in progress from the
    /// returned one on.
    fn fail_at(&mut self, item: usize) -> usize;
}

impl<S, K, A, F, O, W> CompletingList for LimitedList<S, K, A, F, O, Untaken<W>>
where
    S: ItemSource,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    W: WaitingResults<O>,
{
    type Field = O;
    type Failure = A::Failure;
    const STARTS_APART: bool = Self::STARTS_APART;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_next(&self) -> bool {
        self.results().waiting.has_next()
    }
    fn results_waiting(&self) -> usize {
        self.results().waiting.waiting()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_next(&mut self) -> Option<(usize, O)> {
        self.results_mut().waiting.take_next()
    }
    fn left(&self, failed: Option<usize>, stops: bool) -> (usize, Option<usize>) {
        let (results, in_progress) = (self.results(), self.in_progress());
        let untaken = results.waiting.untaken(failed.unwrap_or(results.started()), in_progress);
        if failed.is_some() {
            // An item before it that is in progress may fail as well.
            return (if in_progress == 0 { untaken + 1 } else { 1 }, Some(untaken + 1));
        }
        let rest = self.rest();
        let most = rest.1.and_then(|most| untaken.checked_add(most));
        let all_come = !stops || Self::fills_unstarted(rest);
        let mut least = untaken.saturating_add(if all_come { rest.0 } else { 0 });
        if A::MAY_FAIL {
            // The result after those may be an error, which is the last.
            least = least.min(results.waiting.certain() + 1);
        }
        (most.map_or(least, |most| least.min(most)), most)
    }
    fn is_next(&self, item: usize) -> bool {
        self.results().waiting.is_next(item)
    }
    fn has_source(&self) -> bool {
        self.has_source()
    }
    fn is_over(&self) -> bool {
        self.is_over()
    }
    fn let_go(&mut self) {
        self.let_go();
    }
    fn fail_at(&mut self, item: usize) -> usize {
        let first = if W::IN_ORDER { item } else { 0 };
        self.end_from(first);
        self.results_mut().waiting.fail_at(item);
        first
    }
}

/// A list in a group with the policy `V`, whose items can be started without a sweep.
pub trait StartMore<V>: CompletingList {
    /// Polls what was woken, where nobody observes that and it is one item at most. `false`: a sweep has to do it.
    fn poll_woken(&mut self, cx: &mut Context<'_>, policy: &mut V) -> bool;
    /// Starts items as long as there are permits, of which there is one at least.
    fn start_more(
        &mut self,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
        poll_all: bool,
        watched: Watch<'_>,
    );
}

impl<V, S, K, A, F, O, W> StartMore<V> for LimitedList<S, K, A, F, O, Untaken<W>>
where
    V: GroupPolicy + Record<A::Failure>,
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    W: WaitingResults<O>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn poll_woken(&mut self, cx: &mut Context<'_>, policy: &mut V) -> bool {
        let id = MemberId { names: policy.names(), position: 0, item: None };
        Self::STARTS_APART && self.has_begun() && self.poll_woken(&id, cx, policy)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start_more(
        &mut self,
        cx: &mut Context<'_>,
        policy: &mut V,
        limit: &mut impl Limit,
        poll_all: bool,
        watched: Watch<'_>,
    ) {
        let id = |policy: &V| MemberId { names: policy.names(), position: 0, item: None };
        // Where no other result waits, one permit is free after each that was taken.
        if Self::STARTS_APART && limit.permits().free == 1 && self.has_begun() {
            if self.start_one(&id(policy), cx.waker(), policy, watch_of::<V>(watched), poll_all) {
                limit.set_free(0);
            }
            return;
        }
        let id = id(policy);
        let mut pass_cx = PassContext::of_all(cx, policy, limit, true, poll_all, watched);
        // In a first sweep all start that have permits, also behind one that fails.
        if self.has_begun() {
            pass_cx.pass = Pass::Start;
        }
        self.start(&id, &mut pass_cx);
        pass_cx.permits.reclaim();
        limit.set_free(pass_cx.permits.free);
    }
}

/// A list that can start items, observed or not.
pub trait StartsMore<V>: StartMore<V> + StartMore<Observed<V>> {}
impl<V, N: StartMore<V> + StartMore<Observed<V>>> StartsMore<V> for N {}
