//! What the expansion of `gather!` calls. Not for people: it changes with every version.

use core::future::Future;
use core::marker::PhantomData;
/// `Answer::not` of what a ladder gave is the kind; or it does not compile, with the message of the mistake that the ladder found.
pub use core::ops::Not as Answer;

pub use crate::in_task::{Immediately, Leaves, Nil, ON_THE_HEAP, Singles, Unlimited};
pub use crate::member::MemberNames;
pub use crate::policy::{Caught, EitherDeadline, InfalliblePerPoll, NoDeadline, Plain, ReturnedAny};
pub use crate::typing::error_source::found;
pub use crate::typing::kinds::IntoFutureKind;
pub use crate::typing::levels::{OfAny, OfEndless, OfEndlessTask, OfGroup, OfResult, OfTask, OfTaskResult};
pub use crate::typing::not_a_member::UncalledKind;
pub use crate::typing::syntax::{SingleMember, single};
pub use group_fn::{member, no_early_return, return_type, stage};

use crate::exception::FindSource;
use crate::in_task::{
    BuildOnce, Enter, EnteredList, EnteredMember, FEW, GatherFuture, ItemSource, LIMIT_OF_ZERO, Limit, Limited,
    LimitedList, MEMBERS_OF_WORD, Nested, Node, Pair, PollAll, PollFew, PollNode, PollWoken, StartCondition,
    WakeStrategy, WithPermit, enter_all, store,
};
use crate::policy::{
    AllErrors, CaughtRequired, Deadline, FirstErrorPerPoll, FromError, Identity, MemberPolicy, NamedErrorPerPoll,
    NeverFails, PerMember, Persistent, PolicyState, Required, Returned,
};
use crate::typing::error_source::OfErrorSource;
use crate::typing::invalid::{Invalid, LoneFallible};
use crate::typing::keys::{FuturesOfDependentList, FuturesOfList, KeyedKind};
use crate::typing::kinds::{Fallible, GroupError, Kind};
use crate::typing::options::{LimitValue, UntilValue};
#[cfg(feature = "tokio")]
use crate::typing::options::{TimeoutDuration, TimeoutValue};
use crate::typing::syntax::{PulledItems, Syntax, Unpack};

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
/// Each member has an error type of its own, under `return_exceptions`.
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
pub fn of_task<W: Syntax, M>(_: &W, _: &M) -> OfTask<W::Subject, M> {
    OfTask::NEW
}
pub fn of_task_result<W: Syntax, M>(_: &W, _: &M) -> OfTaskResult<W::Subject, M> {
    OfTaskResult::NEW
}

/// `*expr`
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn unpack<L>(list: L) -> Unpack<L> {
    Unpack::new(list)
}

/// Whether a list has keys.
pub fn keys<W>(_: &W) -> FuturesOfList<W> {
    FuturesOfList::NEW
}
/// Whether a dependent list has keys whose field holds what goes wrong.
pub fn dependent_keys<W>(_: &W) -> FuturesOfDependentList<W> {
    FuturesOfDependentList::NEW
}
/// The kind of a list's items, made out of the kind of their futures.
pub fn keyed<W: KeyedKind<K>, K>(_: &W, kind: K) -> W::Kind {
    W::keyed(kind)
}

/// Makes a member of kind `Self` out of what was written. A single one starts on the condition `C`.
pub trait MakeNode<S, C> {
    type Made: IntoNode;
    fn make(source: S, condition: C) -> Self::Made;
}

#[inline]
pub fn node<K: MakeNode<S, C>, S, C>(_: K, source: S, condition: C) -> K::Made {
    K::make(source, condition)
}

impl<M, K: Enter<M>, A: MemberPolicy<K::Future>, C: StartCondition> MakeNode<SingleMember<M>, C> for Kind<K, A> {
    type Made = EnteredMember<K::Future, A, C>;
    fn make(source: SingleMember<M>, condition: C) -> Self::Made {
        EnteredMember::new(K::enter_stored(source.0), condition)
    }
}
impl<T, K: Enter<T>, A: MemberPolicy<K::Future>, C> MakeNode<PulledItems<T>, C> for Kind<K, A> {
    type Made = EnteredList<K::Future, A>;
    fn make(source: PulledItems<T>, _: C) -> Self::Made {
        EnteredList::new(enter_all(source.0, K::enter))
    }
}
impl<S: ItemSource, K: Enter<S::Item>, A: MemberPolicy<K::Future>, C> MakeNode<S, C> for Kind<K, A> {
    type Made = LimitedList<S, K, A>;
    fn make(source: S, _: C) -> Self::Made {
        LimitedList::new(source)
    }
}
impl<R, S, C> MakeNode<S, C> for Invalid<R> {
    type Made = Self;
    fn make(_: S, _: C) -> Self {
        Self::NEW
    }
}

/// A member starts once there is a permit of the group's limit.
pub const WITH_PERMIT: WithPermit = WithPermit::NEW;

/// Asks whether the only `?` member of a group is valid, before the group is made of it.
pub fn lone_fallible<P>(_: &P) -> LoneFallible<P> {
    LoneFallible::NEW
}

pub fn pair_of_tasks<A, B>(a: A, b: B) -> Pair<A, B> {
    Pair::new(a, b)
}

/// How the members of a group are polled: a type without a value.
pub struct Strategy<S>(PhantomData<S>);
/// For up to 8 members: all are polled in every sweep.
pub const POLL_FEW: Strategy<PollFew> = Strategy(PhantomData);
/// For up to 64 members: those that were woken are polled.
pub const POLL_WOKEN: Strategy<PollWoken> = Strategy(PhantomData);

/// `poll_all`: all are polled in every sweep, whatever their number.
pub const POLL_ALL: Strategy<PollAll> = Strategy(PhantomData);

/// As many members as [`POLL_FEW`] is for, and as [`POLL_WOKEN`] is. The macro counts by these numbers, as a test of it says.
pub const MOST_MEMBERS: (usize, usize) = (FEW, MEMBERS_OF_WORD);

/// Members with slots of their own, in a group of more members than one ready set has bits.
pub fn nested<S: WakeStrategy, M: IntoNode>(_: Strategy<S>, members: M) -> Nested<M::Node, S> {
    Nested::new(members.into_node())
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
/// Asks how the source of the group's error is found.
pub fn group_source<M: Fallible<ConvertError: GroupError>>(
    _: &M,
) -> OfErrorSource<<M::ConvertError as GroupError>::Error> {
    OfErrorSource::NEW
}

/// `limit = n`
pub fn at_most<N>(n: N) -> LimitValue<N> {
    LimitValue(n)
}
/// The limit of `#[gather_group]`.
///
/// # Panics
///
/// If it is 0.
#[track_caller]
pub fn limit(n: usize) -> Limited {
    limit_of_members(Limited::new(n))
}
/// The limit of a group that has a single member. A group of lists only may have nothing to start, and so is checked when an item starts.
///
/// # Panics
///
/// If it is 0.
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

/// Hides the type of a group's future, as that of an async fn's is. Of a group that was not awaited rustc then says what it would give, and
/// to await it.
///
/// `docs/decisions/opaque_group.md` says more.
///
/// This is not done by [`gather_future`]: rustc asks whether an opaque future is `Send` with all lifetimes in its parameters forgotten, and would
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

/// [`gather_future`] where what is built holds the base of a struct.
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

/// The output of a `_` member, which may be something that must be used. It is put into a tuple: of a lone value rustc would say to write
/// `let _ =` before it, where no statement stands.
pub fn ignored<T>(value: T) -> (T,) {
    (value,)
}

/// A value as the field of a struct, so that an access to it has the span of the user's code.
pub struct FieldValue<T>(pub T);

/// The output of a `?` member such as `todo!()`: a `Result` of types that rustc chooses if nothing else tells them.
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
pub use crate::typing::plain::required_member;

mod group_fn;
