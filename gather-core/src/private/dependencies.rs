//! Members that wait for others.

use core::future::{Future, Pending, Ready};
use core::marker::PhantomData;

use futures_core::Stream;

use super::{Kind, Rejected};
use crate::depend::{Ended, Ending, Gate, KeptValue, LateBy, Store, Value};
use crate::exception::Exception;
use crate::kinds::Enter;
use crate::poll::{
    After, Depended, FromIterator, FromStream, InLine, Late, LimitedList, List, OnceOpen, Part, Seed, Single, Stored,
    store,
};
use crate::settle::Settle;
use crate::sources::{Eager, LateOne, LateQueued, LateStar, Lazy, One, Streaming};
pub use crate::sources::{late_one, late_queued};
use crate::verdict::{Policy, Verdict};

use super::Make;

/// Where the field of a member goes that others depend on.
pub fn value<T>() -> Value<T> {
    Value::new()
}
/// The same for a single member under `return_exceptions`.
pub fn kept_value<T, E>() -> KeptValue<T, E> {
    KeptValue::new()
}
/// `part`, whose field goes there.
pub fn lend<N: Part>(part: Seed<N>, store: &Value<N::Output>) -> Seed<Depended<'_, N, Value<N::Output>>> {
    Seed::new(Depended::new(part.plant(), store))
}
pub fn lend_kept<N: Part<Output = Result<T, Exception<E>>>, T, E>(
    part: Seed<N>,
    store: &KeptValue<T, E>,
) -> Seed<Depended<'_, N, KeptValue<T, E>>> {
    Seed::new(Depended::new(part.plant(), store))
}

/// What a dependant sees: by name, since a trait of the user's may give every type a method.
pub fn seen<S: Store>(value: &S) -> &S::Seen {
    value.seen()
}

/// What the value of a member that others saw has become, once the group has ended.
pub fn field_of<S: Store>(value: S) -> S::Field {
    value.into_field()
}

/// The body of a dependant as a future, of the kind that the ladder found.
pub trait Run<M> {
    type Item;
    type Future: Future;
    fn run(member: Stored<M>) -> Stored<Self::Future>;
}
impl<M, K: Enter<M>, A> Run<M> for Kind<K, A> {
    type Item = K::Item;
    type Future = K::Future;
    fn run(member: Stored<M>) -> Stored<K::Future> {
        K::enter_stored(member)
    }
}
impl<M, R> Run<M> for Rejected<R> {
    type Item = Ready<R>;
    type Future = Pending<R>;
    fn run(_: Stored<M>) -> Stored<Pending<R>> {
        store!(core::future::pending())
    }
}
pub fn run<K: Run<M>, M>(_: K, member: One<M>) -> Ending<K::Future, K::Item> {
    Ending::new(K::run(member.0))
}

pub fn late_star<D: Gate, C: FnOnce() -> S, S>(gate: D, create: C) -> LateStar<D, C, S> {
    LateStar(gate, create, PhantomData)
}

impl<F, D, I, O, K, A> Make<LateOne<F, D>> for Kind<K, A>
where
    D: Gate,
    F: Future<Output = Ended<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: Settle<K::Future>,
{
    type Part = Single<F, LateBy<I, K, A>, After<D, OnceOpen>>;
    fn make(LateOne(future, gate): LateOne<F, D>) -> Self::Part {
        Single::new(future, After { gate, open: false, turn: OnceOpen { started: false } })
    }
}
impl<F, D, I, O, K, A> Make<LateQueued<F, D>> for Kind<K, A>
where
    D: Gate,
    F: Future<Output = Ended<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: Settle<K::Future>,
{
    type Part = Single<F, LateBy<I, K, A>, After<D, InLine>>;
    fn make(LateQueued(future, gate): LateQueued<F, D>) -> Self::Part {
        Single::new(future, After { gate, open: false, turn: InLine { started: false } })
    }
}
impl<D, C: FnOnce() -> Eager<T>, T, K: Enter<T>, A: Settle<K::Future>> Make<LateStar<D, C, Eager<T>>> for Kind<K, A> {
    type Part = Late<D, C, Eager<T>, List<K::Future, A>>;
    fn make(LateStar(gate, create, _): LateStar<D, C, Eager<T>>) -> Self::Part {
        Late::new(gate, create, |list| List::new(list.0, K::enter))
    }
}
impl<D, C: FnOnce() -> Lazy<I>, I: Iterator, K: Enter<I::Item>, A: Settle<K::Future>> Make<LateStar<D, C, Lazy<I>>>
    for Kind<K, A>
{
    type Part = Late<D, C, Lazy<I>, LimitedList<FromIterator<I, true>, K, A>>;
    fn make(LateStar(gate, create, _): LateStar<D, C, Lazy<I>>) -> Self::Part {
        Late::new(gate, create, |list| LimitedList::new(FromIterator(list.0)))
    }
}

impl<D, C, S: Stream, K: Enter<S::Item>, A: Settle<K::Future>, const LIMITED: bool>
    Make<LateStar<D, C, Streaming<S, LIMITED>>> for Kind<K, A>
where
    C: FnOnce() -> Streaming<S, LIMITED>,
{
    type Part = Late<D, C, Streaming<S, LIMITED>, LimitedList<FromStream<S, LIMITED>, K, A>>;
    fn make(LateStar(gate, create, _): LateStar<D, C, Streaming<S, LIMITED>>) -> Self::Part {
        Late::new(gate, create, |list| LimitedList::new(FromStream(list.0)))
    }
}

/// Names the policy of a group after the policy itself has gone into it.
pub fn policy<P: Policy>(_: &P) -> PhantomData<fn() -> P::Verdict> {
    PhantomData
}
/// The result: what `f` makes of the fields of the members, and of the values that others saw.
pub fn finish<V: Verdict, O, S, P>(
    _: PhantomData<fn() -> V>,
    output: V::Output<O>,
    values: S,
    f: impl FnOnce(O, S) -> P,
) -> V::Output<P> {
    let mut left = Some((f, values));
    let output = V::map(output, |fields| match left.take() {
        Some((f, values)) => f(fields, values),
        None => unreachable!("a group ends once"),
    });
    // Here, not on the way out: these are values of a group that has failed, and where the destructor of one panics, what is being
    // returned would be leaked.
    drop(left);
    output
}
