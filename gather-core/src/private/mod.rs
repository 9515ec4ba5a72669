//! What the expansion of `gather!` calls. Not for people: it changes with every version.

use core::future::{Future, Pending};
use core::marker::PhantomData;
/// What the ladder of the module `kinds` answered is asked for: the kind, or the error where it found none.
pub use core::ops::Not as Answer;

pub use crate::in_task::{Leaves, Nil, ON_THE_HEAP, Singles, Unlimited};
pub use crate::member::MemberNames;
pub use crate::policy::InfalliblePerPoll;
pub use crate::policy::{Caught, Plain, ReturnedAny};
pub use crate::policy::{EitherDeadline, NoDeadline};
pub use crate::typing::error_source::found;
pub use crate::typing::kinds::IntoFutureKind;
pub use crate::typing::levels::{OfAny, OfEndless, OfResult};
#[cfg(feature = "tokio")]
pub use crate::typing::levels::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};
pub use crate::typing::not_a_member::UncalledKind;
pub use crate::typing::syntax::{QueuedMember, SingleMember, queued as limited, single};
pub use group_fn::{member, no_early_return, queued, return_type, stage};

use futures_core::Stream;

use crate::exception::FindSource;
use crate::in_task::Enter;
use crate::in_task::{
    BuildOnce, FEW, FutureNode, GatherFuture, Immediately, IteratorSource, LIMIT_OF_ZERO, Limit, Limited, LimitedList,
    List, MEMBERS_OF_WORD, Nested, Node, Pair, PollAll, PollFew, PollNode, PollWoken, StreamSource, Unpolled,
    WakeStrategy, WithPermit, store,
};
use crate::policy::Deadline;
use crate::policy::{AllErrors, FirstErrorPerPoll, NamedErrorPerPoll, NeverFails, Persistent, PolicyState};
use crate::policy::{CaughtRequired, FromError, Identity, InvalidPolicy, MemberPolicy, PerMember, Required, Returned};
use crate::typing::error_source::OfErrorSource;
use crate::typing::keys::{FuturesOfLateList, FuturesOfList, KeyedKind};
use crate::typing::kinds::{Fallible, GroupError, Kind};
use crate::typing::not_a_member::{Invalid, LoneFallible};
use crate::typing::options::{LimitValue, UntilValue};
#[cfg(feature = "tokio")]
use crate::typing::options::{TimeoutDuration, TimeoutValue};
use crate::typing::syntax::{PulledItems, StreamItems, Syntax, Unpack, UnpulledItems};

/// Evaluates all member expressions as the arguments of a call, then hands the values to `f`, in which none of the
/// user's code stands.
#[inline]
pub fn with<M, R>(members: M, f: impl FnOnce(M) -> R) -> R {
    f(members)
}

/// `error = T` is not given: all `?` members have one error type.
pub fn identity<E>() -> Identity<E> {
    Identity(PhantomData)
}
/// `error = T`
pub fn from_error<T>() -> FromError<T> {
    FromError(PhantomData)
}
/// Under `return_exceptions` each member has its own.
pub fn per_member() -> PerMember {
    PerMember
}
pub fn required<C>(_: C) -> Required<C> {
    Required(PhantomData)
}
pub fn caught_required<C>(_: C) -> CaughtRequired<C> {
    CaughtRequired(PhantomData)
}
pub fn returned<C>(_: C) -> Returned<C> {
    Returned(PhantomData)
}

pub fn of_endless<W: Syntax, M>(_: &W, _: &M) -> OfEndless<W::Subject, M> {
    OfEndless::NEW
}
pub fn of_any<W: Syntax, M>(_: &W, _: &M) -> OfAny<W::Subject, M> {
    OfAny::NEW
}
pub fn of_result<W: Syntax, M>(_: &W, _: &M) -> OfResult<W::Subject, M> {
    OfResult::NEW
}
#[cfg(feature = "tokio")]
pub fn of_task<W: Syntax, M>(_: &W, _: &M) -> OfTask<W::Subject, M> {
    OfTask::NEW
}
#[cfg(not(feature = "tokio"))]
pub fn of_task<W: Syntax, M>(_: &W, _: &M) -> OfResult<W::Subject, M> {
    OfResult::NEW
}
#[cfg(feature = "tokio")]
pub fn of_task_result<W: Syntax, M>(_: &W, _: &M) -> OfTaskResult<W::Subject, M> {
    OfTaskResult::NEW
}
#[cfg(not(feature = "tokio"))]
pub fn of_task_result<W: Syntax, M>(_: &W, _: &M) -> OfResult<W::Subject, M> {
    OfResult::NEW
}

/// `*expr`
#[inline(always)]
pub fn unpack<L>(list: L) -> Unpack<L> {
    Unpack::new(list)
}

/// Whether a list has keys.
pub fn keys<W>(_: &W) -> FuturesOfList<W> {
    FuturesOfList::NEW
}
/// The same of a dependent list whose field holds what goes wrong.
pub fn dependent_keys<W>(_: &W) -> FuturesOfLateList<W> {
    FuturesOfLateList::NEW
}
/// The kind of a list's items, of that of their futures.
pub fn keyed<W: KeyedKind<K>, K>(_: &W, kind: K) -> W::Kind {
    W::keyed(kind)
}

/// Makes a member of kind `Self` out of what was written.
pub trait MakeNode<S> {
    type Node: Node;
    fn make(source: S) -> Self::Node;
}

#[inline]
pub fn node<K: MakeNode<S>, S>(_: K, source: S) -> Unpolled<K::Node> {
    Unpolled::new(K::make(source))
}

impl<M, K: Enter<M>, A: MemberPolicy<K::Future>> MakeNode<SingleMember<M>> for Kind<K, A> {
    type Node = FutureNode<K::Future, A, Immediately>;
    fn make(source: SingleMember<M>) -> Self::Node {
        FutureNode::new(K::enter_stored(source.0), Immediately)
    }
}
impl<M, K: Enter<M>, A: MemberPolicy<K::Future>> MakeNode<QueuedMember<M>> for Kind<K, A> {
    type Node = FutureNode<K::Future, A, WithPermit>;
    fn make(source: QueuedMember<M>) -> Self::Node {
        FutureNode::new(K::enter_stored(source.0), WithPermit { started: false })
    }
}
impl<T, K: Enter<T>, A: MemberPolicy<K::Future>> MakeNode<PulledItems<T>> for Kind<K, A> {
    type Node = List<K::Future, A>;
    fn make(source: PulledItems<T>) -> Self::Node {
        List::new(source.0, K::enter)
    }
}
impl<I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future>> MakeNode<UnpulledItems<I>> for Kind<K, A> {
    type Node = LimitedList<IteratorSource<I, true>, K, A>;
    fn make(source: UnpulledItems<I>) -> Self::Node {
        LimitedList::new(IteratorSource(source.0))
    }
}
impl<S: Stream, K: Enter<S::Item>, A: MemberPolicy<K::Future>, const LIMITED: bool> MakeNode<StreamItems<S, LIMITED>>
    for Kind<K, A>
{
    type Node = LimitedList<StreamSource<S, LIMITED>, K, A>;
    fn make(source: StreamItems<S, LIMITED>) -> Self::Node {
        LimitedList::new(StreamSource(source.0))
    }
}
impl<R, S> MakeNode<S> for Invalid<R> {
    type Node = FutureNode<Pending<R>, InvalidPolicy, Immediately>;
    fn make(_: S) -> Self::Node {
        IntoNode::into_node(Self::NEW)
    }
}

/// Asked about the part of the one `?` member, before the group is made of it.
pub fn lone_fallible<P>(_: &P) -> LoneFallible<P> {
    LoneFallible::NEW
}

pub fn pair_of_tasks<A, B>(a: A, b: B) -> Pair<A, B> {
    Pair::new(a, b)
}
pub fn seed<A: Node>(a: A) -> Unpolled<A> {
    Unpolled::new(a)
}

/// How the members of a group are told apart.
pub struct Strategy<S>(PhantomData<S>);
/// There are few, and all are polled in every sweep.
pub const POLL_FEW: Strategy<PollFew> = Strategy(PhantomData);
/// Those that were woken are polled.
pub const POLL_WOKEN: Strategy<PollWoken> = Strategy(PhantomData);

/// `poll_all`: all are polled in every sweep, whatever their number.
pub const POLL_ALL: Strategy<PollAll> = Strategy(PhantomData);

/// As many members as [`POLL_FEW`] is for, and as [`POLL_WOKEN`] is. The macro counts by these numbers, as a test of it says.
pub const MOST_MEMBERS: (usize, usize) = (FEW, MEMBERS_OF_WORD);

/// Members with seats of their own, in a group that has more than seats.
pub fn nested<S: WakeStrategy, M: IntoNode>(_: Strategy<S>, members: M) -> Unpolled<Nested<M::Node, S>> {
    Unpolled::new(Nested::new(members.into_node()))
}

pub fn never_fails(names: MemberNames) -> Persistent<NeverFails> {
    Persistent(Some(NeverFails(names)))
}
pub fn first_error<C: GroupError>(_: &Required<C>) -> FirstErrorPerPoll<C::Error> {
    FirstErrorPerPoll(PhantomData)
}
pub fn named_error<E>(source: Option<FindSource<E>>, names: MemberNames) -> NamedErrorPerPoll<E> {
    NamedErrorPerPoll(names, source)
}
pub fn all_errors<E>(source: Option<FindSource<E>>, names: MemberNames) -> Persistent<AllErrors<E>> {
    Persistent(Some(AllErrors::new(names, source)))
}
/// Asked where the source of the group's error is found.
pub fn group_source<M: Fallible<ConvertError: GroupError>>(
    _: &M,
) -> OfErrorSource<<M::ConvertError as GroupError>::Error> {
    OfErrorSource::NEW
}

/// `limit = n`
pub fn at_most<N>(n: N) -> LimitValue<N> {
    LimitValue(n)
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
pub fn until<F>(future: F) -> UntilValue<F> {
    UntilValue(store!(future))
}

/// `timeout = duration`
#[cfg(feature = "tokio")]
pub fn after<D>(duration: D) -> TimeoutValue<D> {
    TimeoutValue(duration)
}
#[cfg(feature = "tokio")]
pub fn timeout(TimeoutDuration(after): TimeoutDuration) -> crate::policy::Timeout {
    crate::policy::Timeout::new(after)
}

pub fn either<A: Deadline, B: Deadline>(a: A, b: B) -> EitherDeadline<A, B> {
    EitherDeadline::new(a, b)
}

/// As the future of an async fn: of a group that was not awaited rustc then says what it would give, and to await it.
///
/// `docs/decisions/opaque_group.md` says more.
///
/// Not done by [`gather_future`]: rustc asks whether an opaque future is `Send` with all lifetimes in its parameters forgotten, and would
/// then not find the parts that its members become.
#[inline]
pub fn opaque<F: Future<Output = G>, G>(group: F) -> impl Future<Output = G> {
    group
}

#[inline]
pub fn gather_future<S, Z, M, P, L, D, B, O>(
    _: Strategy<S>,
    _: Z,
    members: M,
    policy: P,
    limit: L,
    deadline: D,
    build: B,
) -> GatherFuture<M::Node, S, P, L, D, B, Z>
where
    S: WakeStrategy,
    M: IntoNode<Node: PollNode<P::GroupPolicy>>,
    P: PolicyState,
    L: Limit,
    D: Deadline,
    B: Fn(<M::Node as Node>::Output) -> O,
{
    GatherFuture::new(members.into_node(), policy, limit, deadline, build)
}

/// The same where what is built holds a base.
pub fn gather_future_onto_base<S, Z, M, P, L, D, B, O>(
    _: Strategy<S>,
    _: Z,
    members: M,
    policy: P,
    limit: L,
    deadline: D,
    build: B,
) -> GatherFuture<M::Node, S, P, L, D, BuildOnce<B>, Z>
where
    S: WakeStrategy,
    M: IntoNode<Node: PollNode<P::GroupPolicy>>,
    P: PolicyState,
    L: Limit,
    D: Deadline,
    B: FnOnce(<M::Node as Node>::Output) -> O,
{
    GatherFuture::new(members.into_node(), policy, limit, deadline, BuildOnce(Some(build)))
}

/// What a `_` member gave, where it may be something that must be used. In a tuple: of a lone value rustc would say to write
/// `let _ =` before it, where no statement stands.
pub fn ignored<T>(value: T) -> (T,) {
    (value,)
}

/// The field of a struct.
pub struct FieldValue<T>(pub T);

/// What a member such as `todo!()` gives where it is to be a `Result`: in types that rustc chooses if nobody else does.
pub fn unwritten_result<T, E>(value: T, _: fn() -> E) -> Result<T, E> {
    Ok(value)
}

/// The kind of a member in which a mistake was reported already.
pub fn invalid<R>() -> Invalid<R> {
    Invalid::NEW
}

#[cfg(feature = "tokio")]
pub use spawned::*;

#[cfg(feature = "tokio")]
mod spawned;

pub use completions::*;

mod completions;

pub use dependencies::*;

mod dependencies;

#[cfg(feature = "tokio")]
pub use observed::labelled_tasks;
pub use observed::{Labels, labelled, labels};

mod observed;

pub use crate::in_task::IntoNode;
pub use crate::typing::plain::needed;

mod group_fn;
