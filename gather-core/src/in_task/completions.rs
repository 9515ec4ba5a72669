//! `as_completed` and `in_order`: a list whose results are taken one by one.
//!
//! The list is a [`LimitedList`](super::limited::LimitedList) alone in its [`Members`]. The results of its items wait in a
//! [`WaitingResults`], and hold their permits there until they are taken. An item that fails decides nothing by itself: its failure is
//! [`FirstFailure`], kept until it is its turn.

mod list;
mod order;
mod waiting;

use alloc::boxed::Box;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

pub use list::{CompletingList, StartsMore};
pub use order::{AsEnded, CompletionOrder, InOrder, WithIndex};
pub use waiting::{Untaken, WaitingResults};

use super::end_guard::EndGuard;
use super::members::Members;
#[cfg(feature = "tracing")]
use super::observed::Observed;
use super::observed::PollNodes;
use super::permits::Limit;
use super::sweep::Node;
use super::wakers::WakeStrategy;
use crate::member::{MemberId, MemberNames};
use crate::observe::Watch;
use crate::policy::{Deadline, FirstError, GroupPolicy, KeyedFailure, MemberError, PolicyState, Record};

/// The failure of the lowest item that has failed.
pub struct FirstFailure<X> {
    names: MemberNames,
    first: FirstError<X>,
}

impl<X> GroupPolicy for FirstFailure<X> {
    type Output<O> = O;
    fn names(&self) -> MemberNames {
        self.names
    }
    fn is_decided(&self) -> bool {
        self.first.is_decided()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> O {
        fields()
    }
    fn map<O, P>(output: O, f: impl FnOnce(O) -> P) -> P {
        f(output)
    }
}
impl<X> FirstFailure<X> {
    fn id(&self) -> Option<MemberId> {
        self.first.id(self.names)
    }
}
impl<E> Record<MemberError<E>> for FirstFailure<MemberError<E>> {
    fn record(&mut self, failure: MemberError<E>, id: MemberId) {
        self.first.keep_lowest(id, failure);
    }
}
impl<Q, X, E> Record<KeyedFailure<Q, X, E>> for FirstFailure<KeyedFailure<Q, X, E>> {
    fn record(&mut self, failure: KeyedFailure<Q, X, E>, id: MemberId) {
        self.first.keep_lowest(id, failure);
    }
}

/// Starts items as long as there are permits, of which there is one at least.
#[cfg_attr(not(debug_assertions), inline(always))]
fn start<B: WakeStrategy, X, N>(
    mut members: Pin<&mut Members<N, B>>,
    cx: &mut Context<'_>,
    policy: &mut FirstFailure<X>,
    limit: &mut impl Limit,
) where
    N: StartsMore<FirstFailure<X>> + Unpin,
{
    #[cfg(feature = "tracing")]
    {
        let observer = members.as_mut().observer();
        if observer.is_on() {
            let (list, policy, watched) = (members.as_mut().list(), Observed::of(policy), observer.watch());
            list.start_more(cx, policy, limit, B::POLLS_ALL, watched);
            members.observe_on(observer);
            return;
        }
    }
    members.as_mut().list().start_more(cx, policy, limit, B::POLLS_ALL, Watch::NONE);
}

/// How far the stream is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum StreamState {
    /// Items are unfinished.
    Running,
    /// No item is unfinished. Results are still to be taken, and then a failure.
    Ended,
    /// Nothing more is given. So it is after a panic, too.
    Over,
}

/// The stream of a list's results, in the order `W`.
///
/// `Q`, `X` and `R`, what is given of an item, its failure, and what the policy makes of both, are parameters for the reason given at
/// [`FutureNode`](super::FutureNode).
pub struct CompletionStream<N: Node, B: WakeStrategy, P, L, D, W, Q, X, R> {
    members: Pin<Box<Members<N, B>>>,
    /// Apart from the members, of which `size_hint` has a shared reference: that would claim a deadline that points into itself.
    deadline: Pin<Box<D>>,
    policy_state: P,
    limit: L,
    failure: FirstFailure<X>,
    progress: StreamState,
    /// How many results can be given before the items in progress are looked at again.
    before_sweep: usize,
    given: PhantomData<fn() -> (W, Q, R)>,
}

// The list is in a box, and the rest is never pinned.
impl<N: Node, B: WakeStrategy, P, L, D, W, Q, X, R> Unpin for CompletionStream<N, B, P, L, D, W, Q, X, R> {}

impl<N, B, P, L, D, W, Q, X, R> CompletionStream<N, B, P, L, D, W, Q, X, R>
where
    N: CompletingList<Failure = X> + StartsMore<FirstFailure<X>> + PollNodes<FirstFailure<X>> + Unpin,
    B: WakeStrategy,
    P: PolicyState,
    P::GroupPolicy: GroupPolicy<Output<Q> = R> + Record<X>,
    L: Limit,
    D: Deadline,
    W: CompletionOrder<N::Field, Item = Q>,
{
    pub(crate) fn new(list: N, mut state: P, limit: L, deadline: D) -> Self {
        let mut policy = state.begin_poll();
        let names = policy.names();
        state.suspend(&mut policy);
        Self {
            members: Box::pin(Members::new(list)),
            deadline: Box::pin(deadline),
            policy_state: state,
            limit,
            failure: FirstFailure { names, first: FirstError::new() },
            progress: StreamState::Running,
            before_sweep: 0,
            given: PhantomData,
        }
    }

    fn list(&mut self) -> &mut N {
        self.members.as_mut().list()
    }

    /// Polls what is due and starts what has permits, unless a result is waiting and it is too early for that.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn advance(&mut self, cx: &mut Context<'_>) {
        let list = self.members.as_mut().list();
        let waits = list.has_next();
        if waits && !self.limit.suffices_for_batch() {
            return;
        }
        let free = self.limit.permits().free;
        let mut starts = free > 0 && !self.failure.is_decided() && list.has_source();
        if waits && !starts {
            return;
        }
        // The stream stays over where this panics.
        self.progress = StreamState::Over;
        let mut ending = EndGuard(self.members.as_mut());
        let failed = self.failure.is_decided();
        let mut deadline = self.deadline.as_mut();
        let sweeps = !waits || self.before_sweep == 0;
        if sweeps {
            deadline.as_mut().arm();
            let apart = !B::POLLS_ALL && !ending.0.is_observed();
            if !apart || !ending.0.as_mut().list().poll_woken(cx, &mut self.failure) {
                ending.0.as_mut().sweep(cx, &mut self.failure, &mut self.limit);
            }
            starts &= N::STARTS_APART && !self.failure.is_decided();
        } else {
            // Results of items that started since the last sweep wait behind the others: so it is not put off for ever.
            self.before_sweep = self.before_sweep.saturating_sub(free);
        }
        if starts {
            start::<B, _, N>(ending.0.as_mut(), cx, &mut self.failure, &mut self.limit);
        }
        if D::EVER
            && sweeps
            && !self.failure.is_decided()
            && !ending.0.as_mut().list().is_over()
            && let Poll::Ready(why) = deadline.as_mut().poll(cx)
        {
            ending.0.as_mut().stop_all(why, cx, &mut self.failure, &self.limit);
        }
        if !failed && let Some(id) = self.failure.id() {
            let first = ending.0.as_mut().list().fail_at(id.item.unwrap_or(0));
            ending.0.as_mut().drop_spans_from(first);
        }
        let list = ending.0.as_mut().list();
        if sweeps {
            self.before_sweep = list.results_waiting();
        }
        if list.is_over() {
            list.let_go();
            self.progress = StreamState::Ended;
        } else {
            self.progress = StreamState::Running;
        }
        ending.pending();
    }

    /// Takes what can be given now.
    fn next(&mut self) -> Option<R> {
        if let Some((index, field)) = self.list().take_next() {
            let free = self.limit.permits().free;
            self.limit.set_free(free + 1);
            let mut policy = self.policy_state.begin_poll();
            let given = policy.output(|| W::item(index, field));
            self.policy_state.suspend(&mut policy);
            return Some(given);
        }
        let item = self.failure.id()?.item.unwrap_or(0);
        if !self.list().is_next(item) {
            return None;
        }
        let (id, failure) = self.failure.first.take(self.failure.names)?;
        self.end();
        let mut policy = self.policy_state.begin_poll();
        policy.record(failure, id);
        Some(policy.output::<Q>(|| unreachable!("it has failed")))
    }

    fn end(&mut self) {
        self.progress = StreamState::Over;
        self.members.as_mut().clear();
    }
}

impl<N, B, P, L, D, W, Q, X, R> Stream for CompletionStream<N, B, P, L, D, W, Q, X, R>
where
    N: CompletingList<Failure = X> + StartsMore<FirstFailure<X>> + PollNodes<FirstFailure<X>> + Unpin,
    B: WakeStrategy,
    P: PolicyState,
    P::GroupPolicy: GroupPolicy<Output<Q> = R> + Record<X>,
    L: Limit,
    D: Deadline,
    W: CompletionOrder<N::Field, Item = Q>,
{
    type Item = R;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<R>> {
        let this = self.get_mut();
        match this.progress {
            StreamState::Running => this.advance(cx),
            StreamState::Ended => {}
            StreamState::Over => return Poll::Ready(None),
        }
        match this.next() {
            None if this.progress == StreamState::Running => Poll::Pending,
            None => {
                this.end();
                Poll::Ready(None)
            }
            given => Poll::Ready(given),
        }
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.progress == StreamState::Over {
            return (0, Some(0));
        }
        let failed = self.failure.id().map(|id| id.item.unwrap_or(0));
        self.members.tree().left(failed, D::EVER)
    }
}
