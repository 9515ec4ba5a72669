//! What the expansion of `gather!` calls. Not for people: it changes with every version.

use core::future::{Future, Pending};
use core::marker::PhantomData;
/// What the ladder of the module `kinds` answered is asked for: the kind, or the error where it found none.
pub use core::ops::Not as Answer;

pub use crate::in_task::{Leaves, Nil, ON_THE_HEAP, Singles, Unlimited};
pub use crate::member::Names;
pub use crate::policy::ForNothing;
pub use crate::policy::{Either, NoDeadline};
pub use crate::policy::{Guard, KeepAny, Pass};
pub use crate::typing::error_source::found;
pub use crate::typing::kinds::IntoFutureKind;
pub use crate::typing::levels::{OfAny, OfEndless, OfResult};
#[cfg(feature = "tokio")]
pub use crate::typing::levels::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};
pub use crate::typing::not_a_member::UncalledKind;
pub use crate::typing::syntax::{One, Queued, one, queued as limited};
pub use group_fn::{beside, no_exit, queued, returns, stage};

use futures_core::Stream;

use crate::exception::FindSource;
use crate::in_task::Enter;
use crate::in_task::{
    All, Always, Branch, Few, FromIterator, FromStream, Gathering, InLine, Knot, LIMIT_OF_ZERO, Limit, Limited,
    LimitedList, List, Many, Once, Pair, Part, Seats, Seed, Single, store,
};
use crate::policy::Deadline;
use crate::policy::{AllErrors, ForFirstError, ForNamedError, Infallibly, Lasting, Policy};
use crate::policy::{As, GuardNeed, Keep, Need, Own, Refused, Same, Settle};
use crate::typing::error_source::OfErrorSource;
use crate::typing::keys::{FuturesOfLateList, FuturesOfList, Keyed};
use crate::typing::kinds::{Demand, GroupError, Kind};
use crate::typing::not_a_member::{Demanding, Rejected};
#[cfg(feature = "tokio")]
use crate::typing::options::{After, AfterSource};
use crate::typing::options::{LimitSource, UntilSource};
use crate::typing::syntax::{Eager, Lazy, Star, Streaming, Written};

/// Evaluates all member expressions as the arguments of a call, then hands the values to `f`, in which none of the
/// user's code stands.
#[inline]
pub fn with<M, R>(members: M, f: impl FnOnce(M) -> R) -> R {
    f(members)
}

/// `error = T` is not given: all `?` members have one error type.
pub fn same<E>() -> Same<E> {
    Same(PhantomData)
}
/// `error = T`
pub fn convert<T>() -> As<T> {
    As(PhantomData)
}
/// Under `return_exceptions` each member has its own.
pub fn own() -> Own {
    Own
}
pub fn need<C>(_: C) -> Need<C> {
    Need(PhantomData)
}
pub fn guard_need<C>(_: C) -> GuardNeed<C> {
    GuardNeed(PhantomData)
}
pub fn keep<C>(_: C) -> Keep<C> {
    Keep(PhantomData)
}

pub fn of_endless<W: Written, M>(_: &W, _: &M) -> OfEndless<W::Source, M> {
    OfEndless::NEW
}
pub fn of_any<W: Written, M>(_: &W, _: &M) -> OfAny<W::Source, M> {
    OfAny::NEW
}
pub fn of_result<W: Written, M>(_: &W, _: &M) -> OfResult<W::Source, M> {
    OfResult::NEW
}
#[cfg(feature = "tokio")]
pub fn of_task<W: Written, M>(_: &W, _: &M) -> OfTask<W::Source, M> {
    OfTask::NEW
}
#[cfg(not(feature = "tokio"))]
pub fn of_task<W: Written, M>(_: &W, _: &M) -> OfResult<W::Source, M> {
    OfResult::NEW
}
#[cfg(feature = "tokio")]
pub fn of_task_result<W: Written, M>(_: &W, _: &M) -> OfTaskResult<W::Source, M> {
    OfTaskResult::NEW
}
#[cfg(not(feature = "tokio"))]
pub fn of_task_result<W: Written, M>(_: &W, _: &M) -> OfResult<W::Source, M> {
    OfResult::NEW
}

/// `*expr`
#[inline(always)]
pub fn star<L>(list: L) -> Star<L> {
    Star::new(list)
}

/// Whether a list has keys.
pub fn keys<W>(_: &W) -> FuturesOfList<W> {
    FuturesOfList::NEW
}
/// The same of a dependent list whose field holds what goes wrong.
pub fn late_keys<W>(_: &W) -> FuturesOfLateList<W> {
    FuturesOfLateList::NEW
}
/// The kind of a list's items, of that of their futures.
pub fn keyed<W: Keyed<K>, K>(_: &W, kind: K) -> W::Kind {
    W::keyed(kind)
}

/// Makes a member of kind `Self` out of what was written.
pub trait Make<S> {
    type Part: Part;
    fn make(source: S) -> Self::Part;
}

#[inline]
pub fn part<K: Make<S>, S>(_: K, source: S) -> Seed<K::Part> {
    Seed::new(K::make(source))
}

impl<M, K: Enter<M>, A: Settle<K::Future>> Make<One<M>> for Kind<K, A> {
    type Part = Single<K::Future, A, Always>;
    fn make(source: One<M>) -> Self::Part {
        Single::new(K::enter_stored(source.0), Always)
    }
}
impl<M, K: Enter<M>, A: Settle<K::Future>> Make<Queued<M>> for Kind<K, A> {
    type Part = Single<K::Future, A, InLine>;
    fn make(source: Queued<M>) -> Self::Part {
        Single::new(K::enter_stored(source.0), InLine { started: false })
    }
}
impl<T, K: Enter<T>, A: Settle<K::Future>> Make<Eager<T>> for Kind<K, A> {
    type Part = List<K::Future, A>;
    fn make(source: Eager<T>) -> Self::Part {
        List::new(source.0, K::enter)
    }
}
impl<I: Iterator, K: Enter<I::Item>, A: Settle<K::Future>> Make<Lazy<I>> for Kind<K, A> {
    type Part = LimitedList<FromIterator<I, true>, K, A>;
    fn make(source: Lazy<I>) -> Self::Part {
        LimitedList::new(FromIterator(source.0))
    }
}
impl<S: Stream, K: Enter<S::Item>, A: Settle<K::Future>, const LIMITED: bool> Make<Streaming<S, LIMITED>>
    for Kind<K, A>
{
    type Part = LimitedList<FromStream<S, LIMITED>, K, A>;
    fn make(source: Streaming<S, LIMITED>) -> Self::Part {
        LimitedList::new(FromStream(source.0))
    }
}
impl<R, S> Make<S> for Rejected<R> {
    type Part = Single<Pending<R>, Refused, Always>;
    fn make(_: S) -> Self::Part {
        Sown::plant(Self::NEW)
    }
}

/// Asked about the part of the one `?` member, before the group is made of it.
pub fn demanding<P>(_: &P) -> Demanding<P> {
    Demanding::NEW
}

pub fn pair_of_tasks<A, B>(a: A, b: B) -> Pair<A, B> {
    Pair::new(a, b)
}
pub fn seed<A: Part>(a: A) -> Seed<A> {
    Seed::new(a)
}

/// How the members of a group are told apart.
pub struct Seated<S>(PhantomData<S>);
/// There are few, and all are polled in every sweep.
pub const FEW: Seated<Few> = Seated(PhantomData);
/// Those that were woken are polled.
pub const MANY: Seated<Many> = Seated(PhantomData);

/// `poll_all`: all are polled in every sweep, whatever their number.
pub const ALL: Seated<All> = Seated(PhantomData);

/// Members with seats of their own, in a group that has more than seats.
pub fn knot<S: Seats, M: Sown>(_: Seated<S>, members: M) -> Seed<Knot<M::Part, S>> {
    Seed::new(Knot::new(members.plant()))
}

pub fn infallibly(names: Names) -> Lasting<Infallibly> {
    Lasting(Some(Infallibly(names)))
}
pub fn first_error<C: GroupError>(_: &Need<C>) -> ForFirstError<C::Error> {
    ForFirstError(PhantomData)
}
pub fn named_error<E>(source: Option<FindSource<E>>, names: Names) -> ForNamedError<E> {
    ForNamedError(names, source)
}
pub fn all_errors<E>(source: Option<FindSource<E>>, names: Names) -> Lasting<AllErrors<E>> {
    Lasting(Some(AllErrors::new(names, source)))
}
/// Asked where the source of the group's error is found.
pub fn group_source<M: Demand<Convert: GroupError>>(_: &M) -> OfErrorSource<<M::Convert as GroupError>::Error> {
    OfErrorSource::NEW
}

/// `limit = n`
pub fn at_most<N>(n: N) -> LimitSource<N> {
    LimitSource(n)
}
/// Of `#[gather_group]`.
///
/// # Panics
///
/// Where it is 0.
#[track_caller]
pub fn limit(n: usize) -> Limited {
    limit_of_members(Limited::new(n))
}
/// Of a group that has a single member. One of lists only may have nothing to start.
///
/// # Panics
///
/// Where it is 0.
#[track_caller]
pub fn limit_of_members(limit: Limited) -> Limited {
    assert!(limit.limit > 0, "{LIMIT_OF_ZERO}");
    limit
}

/// `until = future`
pub fn until<F>(future: F) -> UntilSource<F> {
    UntilSource(store!(future))
}

/// `timeout = duration`
#[cfg(feature = "tokio")]
pub fn after<D>(duration: D) -> AfterSource<D> {
    AfterSource(duration)
}
#[cfg(feature = "tokio")]
pub fn timeout(After(after): After) -> crate::policy::Timeout {
    crate::policy::Timeout::new(after)
}

pub fn either<A: Deadline, B: Deadline>(a: A, b: B) -> Either<A, B> {
    Either::new(a, b)
}

/// As the future of an async fn: of a group that was not awaited rustc then says what it would give, and to await it.
///
/// Not done by [`gathering`]: rustc asks whether an opaque future is `Send` with all lifetimes in its parameters forgotten, and would
/// then not find the parts that its members become.
#[inline]
pub fn opaque<F: Future<Output = G>, G>(group: F) -> impl Future<Output = G> {
    group
}

#[inline]
pub fn gathering<S, Z, M, P, L, D, B, O>(
    _: Seated<S>,
    _: Z,
    members: M,
    policy: P,
    limit: L,
    deadline: D,
    build: B,
) -> Gathering<M::Part, S, P, L, D, B, Z>
where
    S: Seats,
    M: Sown<Part: Branch<P::Verdict>>,
    P: Policy,
    L: Limit,
    D: Deadline,
    B: Fn(<M::Part as Part>::Output) -> O,
{
    Gathering::new(members.plant(), policy, limit, deadline, build)
}

/// The same where what is built holds a base.
pub fn gathering_onto_base<S, Z, M, P, L, D, B, O>(
    _: Seated<S>,
    _: Z,
    members: M,
    policy: P,
    limit: L,
    deadline: D,
    build: B,
) -> Gathering<M::Part, S, P, L, D, Once<B>, Z>
where
    S: Seats,
    M: Sown<Part: Branch<P::Verdict>>,
    P: Policy,
    L: Limit,
    D: Deadline,
    B: FnOnce(<M::Part as Part>::Output) -> O,
{
    Gathering::new(members.plant(), policy, limit, deadline, Once(Some(build)))
}

/// What a `_` member gave, where it may be something that must be used. In a tuple: of a lone value rustc would say to write
/// `let _ =` before it, where no statement stands.
pub fn ignored<T>(value: T) -> (T,) {
    (value,)
}

/// The field of a struct.
pub struct Whole<T>(pub T);

/// What a member such as `todo!()` gives where it is to be a `Result`: in types that rustc chooses if nobody else does.
pub fn unwritten_result<T, E>(value: T, _: fn() -> E) -> Result<T, E> {
    Ok(value)
}

/// The kind of a member in which a mistake was reported already.
pub fn rejected<R>() -> Rejected<R> {
    Rejected::NEW
}

#[cfg(feature = "tokio")]
pub use spawned::*;

#[cfg(feature = "tokio")]
mod spawned;

pub use completions::*;

mod completions;

pub use dependencies::*;

mod dependencies;

pub use crate::in_task::Sown;
pub use crate::typing::plain::needed;

mod group_fn;
