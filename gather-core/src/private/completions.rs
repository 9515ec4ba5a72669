//! `as_completed` and `in_order`.

use alloc::boxed::Box;
use alloc::vec;
use core::future::{Future, Pending};
use core::iter;
use core::marker::PhantomData;
use core::pin::Pin;

use futures_core::Stream;

use super::{Kind, Rejected, Seated};
use crate::completions::Completions;
use crate::in_task::{
    AsEnded, Branch, Completes, Completing, First, FromIterator, FromStream, InOrder, Limit, LimitedList, Order, Seats,
    Seed, Waiting, WithIndex,
};
use crate::in_task::{AsItself, Enter};
use crate::policy::Deadline;
use crate::policy::{Hear, Policy, Verdict};
use crate::policy::{Refused, Settle};
pub use crate::typing::keys::NoKeys;
use crate::typing::keys::{AsItIs, Split};
use crate::typing::syntax::{Eager, Lazy, Streaming};

/// What is given for an item, besides its field: its index, unless it has a key.
pub trait Completed {
    type Order;
    const ORDER: Self::Order;
}
impl<W> Completed for AsItIs<W> {
    type Order = WithIndex;
    const ORDER: WithIndex = WithIndex;
}
impl<W, X> Completed for Split<W, X> {
    type Order = AsEnded;
    const ORDER: AsEnded = AsEnded;
}
impl Completed for NoKeys {
    type Order = AsEnded;
    const ORDER: AsEnded = AsEnded;
}
/// `as_completed`
pub fn as_completed<W: Completed>(_: &W) -> W::Order {
    W::ORDER
}
/// `in_order`
pub fn in_order<W>(_: &W) -> InOrder {
    InOrder
}

/// Makes a list whose results are given in the order `W`.
pub trait MakeCompleting<S, W> {
    type Part: Completes;
    fn make(source: S) -> Self::Part;
}
/// A list of which `W` gives results.
type List<S, K, A, F, O, W> = LimitedList<S, K, A, F, O, <W as Order<O>>::Waiting>;

impl<T, K, A, F, O, W> MakeCompleting<Eager<T>, W> for Kind<K, A>
where
    K: Enter<T, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    W: Order<O>,
{
    type Part = List<FromIterator<vec::IntoIter<T>, false>, K, A, F, O, W>;
    fn make(source: Eager<T>) -> Self::Part {
        LimitedList::with(FromIterator(source.0.into_iter()), W::Waiting::new())
    }
}
impl<I: Iterator, K, A, F, O, W> MakeCompleting<Lazy<I>, W> for Kind<K, A>
where
    K: Enter<I::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    W: Order<O>,
{
    type Part = List<FromIterator<I, true>, K, A, F, O, W>;
    fn make(source: Lazy<I>) -> Self::Part {
        LimitedList::with(FromIterator(source.0), W::Waiting::new())
    }
}
impl<S: Stream, K, A, F, O, W, const LIMITED: bool> MakeCompleting<Streaming<S, LIMITED>, W> for Kind<K, A>
where
    K: Enter<S::Item, Future = F>,
    F: Future,
    A: Settle<F, Field = O>,
    W: Order<O>,
{
    type Part = List<FromStream<S, LIMITED>, K, A, F, O, W>;
    fn make(source: Streaming<S, LIMITED>) -> Self::Part {
        LimitedList::with(FromStream(source.0), W::Waiting::new())
    }
}
impl<R, S, W: Order<R>> MakeCompleting<S, W> for Rejected<R> {
    type Part = List<FromIterator<iter::Empty<Pending<R>>, false>, AsItself, Refused, Pending<R>, R, W>;
    fn make(_: S) -> Self::Part {
        LimitedList::with(FromIterator(iter::empty()), W::Waiting::new())
    }
}

pub fn completing_part<W, K: MakeCompleting<S, W>, S>(_: &W, _: K, source: S) -> (PhantomData<W>, Seed<K::Part>) {
    (PhantomData, Seed::new(K::make(source)))
}

pub fn completing<B: Seats, W, N, P, L, D, Q, X, R>(
    _: Seated<B>,
    (_, list): (PhantomData<W>, Seed<N>),
    policy: P,
    limit: L,
    deadline: D,
) -> Completing<N, B, P, L, D, W, Q, X, R>
where
    W: Order<N::Field, Item = Q>,
    N: Completes<Failure = X> + Branch<First<X>> + Unpin,
    P: Policy,
    P::Verdict: Verdict<Output<Q> = R> + Hear<X>,
    L: Limit,
    D: Deadline,
{
    Completing::new(list.plant(), policy, limit, deadline)
}

/// Its type says what is given, and is `Send` where the list is. Not done by [`completing`]: see [`opaque`](super::opaque).
pub fn completions<S: Stream<Item = T> + Unpin, T>(results: S) -> Completions<impl Stream<Item = T> + Unpin> {
    Completions::new(results)
}

/// Where a mistake was reported.
pub fn no_completions<G, T>(_: G) -> Completions<Pin<Box<dyn Stream<Item = T>>>> {
    unreachable!("it does not compile")
}
