//! `as_completed` and `in_order`.

use alloc::boxed::Box;
use alloc::vec;
use core::future::{Future, Pending};
use core::iter;
use core::marker::PhantomData;
use core::pin::Pin;

use futures_core::Stream;

use super::{Invalid, Kind, Strategy};
use crate::completions::Completions;
use crate::in_task::{
    AsEnded, CompletingList, CompletionOrder, CompletionStream, FirstFailure, InOrder, ItemSource, IteratorSource,
    Limit, LimitedList, Untaken, WakeStrategy, WithIndex, enter_all,
};
use crate::in_task::{AsItself, Enter, PollNodes, StartsMore};
use crate::policy::{Deadline, GroupPolicy, MemberPolicy, Plain, PolicyState, Record};
pub use crate::typing::keys::InvalidKeys;
use crate::typing::keys::{KeyedList, Unkeyed};
use crate::typing::syntax::PulledItems;

/// What is given for an item, besides its field: its index, unless it has a key.
pub trait Completed {
    type CompletionOrder;
}
impl<W> Completed for Unkeyed<W> {
    type CompletionOrder = WithIndex;
}
impl<W, X> Completed for KeyedList<W, X> {
    type CompletionOrder = AsEnded;
}
impl Completed for InvalidKeys {
    type CompletionOrder = AsEnded;
}
/// `as_completed`
pub fn as_completed<W: Completed>(_: &W) -> PhantomData<W::CompletionOrder> {
    PhantomData
}
/// `in_order`
pub fn in_order<W>(_: &W) -> PhantomData<InOrder> {
    PhantomData
}

/// Makes a list whose results are given in the order `W`.
pub trait MakeCompleting<S, W> {
    type Node: CompletingList;
    fn make(source: S) -> Self::Node;
}
/// A list whose results are given in the order `W`.
type CompletingListOf<S, K, A, F, O, W> =
    LimitedList<S, K, A, F, O, Untaken<<W as CompletionOrder<O>>::WaitingResults>>;

impl<T, K, A, F, O, W> MakeCompleting<PulledItems<T>, W> for Kind<K, A>
where
    K: Enter<T, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    W: CompletionOrder<O>,
{
    // They enter where the list stands, so that tasks among them are told to stop when it is dropped before its first poll.
    type Node = CompletingListOf<IteratorSource<vec::IntoIter<F>, false>, AsItself, A, F, O, W>;
    fn make(source: PulledItems<T>) -> Self::Node {
        let futures = enter_all(source.0, K::enter).into_vec();
        LimitedList::with(IteratorSource(futures.into_iter()), Untaken::new())
    }
}
impl<S, K, A, F, O, W> MakeCompleting<S, W> for Kind<K, A>
where
    S: ItemSource,
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: MemberPolicy<F, Field = O>,
    W: CompletionOrder<O>,
{
    type Node = CompletingListOf<S, K, A, F, O, W>;
    fn make(source: S) -> Self::Node {
        LimitedList::with(source, Untaken::new())
    }
}
impl<R, S, W: CompletionOrder<R>> MakeCompleting<S, W> for Invalid<R> {
    type Node = CompletingListOf<IteratorSource<iter::Empty<Pending<R>>, false>, AsItself, Plain, Pending<R>, R, W>;
    fn make(_: S) -> Self::Node {
        LimitedList::with(IteratorSource(iter::empty()), Untaken::new())
    }
}

pub fn completing_node<W, K: MakeCompleting<S, W>, S>(
    order: &PhantomData<W>,
    _: K,
    source: S,
) -> (PhantomData<W>, K::Node) {
    (*order, K::make(source))
}

pub fn completing<B: WakeStrategy, W, N, P, L, D, Q, X, R>(
    _: Strategy<B>,
    (_, list): (PhantomData<W>, N),
    policy: P,
    limit: L,
    deadline: D,
) -> CompletionStream<N, B, P, L, D, W, Q, X, R>
where
    W: CompletionOrder<N::Field, Item = Q>,
    N: CompletingList<Failure = X> + StartsMore<FirstFailure<X>> + PollNodes<FirstFailure<X>> + Unpin,
    P: PolicyState,
    P::GroupPolicy: GroupPolicy<Output<Q> = R> + Record<X>,
    L: Limit,
    D: Deadline,
{
    CompletionStream::new(list, policy, limit, deadline)
}

/// Hides the type of the stream but for what it gives; it is `Send` where the list is. This is not done by [`completing`], for the reason
/// given at [`opaque`](super::opaque).
pub fn completions<S: Stream<Item = T> + Unpin, T>(results: S) -> Completions<impl Stream<Item = T> + Unpin> {
    Completions::new(results)
}

/// Stands for the results where a mistake was reported.
pub fn no_completions<G, T>(_: G) -> Completions<Pin<Box<dyn Stream<Item = T>>>> {
    unreachable!("it does not compile")
}
