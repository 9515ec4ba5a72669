//! What the failures of members mean for the group, and what the group then yields.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::convert::Infallible;
use core::marker::PhantomData;

use super::abort::{Abort, uncaught};
use super::keyed::{KeyedFailure, PrintKey};
use super::member::MemberError;
use crate::exception::{Exception, ExceptionKind, Exceptions, FindSource};
use crate::member::{Member, MemberId, MemberNames};

/// The group's policy, and the failures that were recorded so far.
pub trait GroupPolicy {
    /// What the group yields where its members' fields are `O`.
    type Output<O>;

    /// Whether somebody observes the group: see `in_task::observed`.
    const OBSERVED: bool = false;

    fn names(&self) -> MemberNames;

    /// Whether the group is over although members are unfinished.
    fn is_decided(&self) -> bool;

    /// What the group yields, once it is over. `fields` is called only where every member has one.
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Self::Output<O>;

    /// Makes something else of the fields of a group that has succeeded.
    fn map<O, P>(output: Self::Output<O>, f: impl FnOnce(O) -> P) -> Self::Output<P>;
}

/// What an in-task group keeps of its policy between polls.
///
/// A policy that ends the group with the first error keeps nothing: the error is recorded and handed on within one poll. So the group is
/// `Send` whether or not its error is.
pub trait PolicyState {
    type GroupPolicy: GroupPolicy;
    /// Called at the start of a poll.
    fn begin_poll(&mut self) -> Self::GroupPolicy;
    /// Called at the end of a poll that leaves the group unfinished. By reference: without optimisation a value that is handed on would be
    /// on the stack of a poll twice.
    fn suspend(&mut self, policy: &mut Self::GroupPolicy);
}

pub(crate) const POLLED_AFTER_THE_END: &str = "a `gather!` group was polled after it had ended";

/// A policy whose records count in later polls, too. Each poll takes it, and puts it back unless the group ends.
pub struct Persistent<V>(pub(crate) Option<V>);

/// A policy that can be [`Persistent`].
pub trait TakePolicy: GroupPolicy {
    /// Takes what was recorded so far. What is left is not used any more.
    fn take(&mut self) -> Self;
}

impl<V: TakePolicy> PolicyState for Persistent<V> {
    type GroupPolicy = V;
    fn begin_poll(&mut self) -> V {
        self.0.take().unwrap_or_else(|| panic!("{POLLED_AFTER_THE_END}"))
    }
    fn suspend(&mut self, policy: &mut V) {
        self.0 = Some(policy.take());
    }
}

/// The state of `NeverFails` where no member is named: there is none.
pub struct InfalliblePerPoll;

impl PolicyState for InfalliblePerPoll {
    type GroupPolicy = NeverFails<NoNames>;
    #[inline(always)]
    fn begin_poll(&mut self) -> NeverFails<NoNames> {
        NeverFails(NoNames)
    }
    #[inline(always)]
    fn suspend(&mut self, _: &mut NeverFails<NoNames>) {}
}

/// The state of [`FirstError`]: there is none.
pub struct FirstErrorPerPoll<E>(pub(crate) PhantomData<fn() -> E>);

impl<E> PolicyState for FirstErrorPerPoll<E> {
    type GroupPolicy = FirstError<E>;
    fn begin_poll(&mut self) -> FirstError<E> {
        FirstError::new()
    }
    fn suspend(&mut self, _: &mut FirstError<E>) {}
}

/// The state of [`NamedError`]: what names the member.
pub struct NamedErrorPerPoll<E>(pub(crate) MemberNames, pub(crate) Option<FindSource<E>>);

impl<E> PolicyState for NamedErrorPerPoll<E> {
    type GroupPolicy = NamedError<E>;
    fn begin_poll(&mut self) -> NamedError<E> {
        NamedError::new(self.0, self.1)
    }
    fn suspend(&mut self, _: &mut NamedError<E>) {}
}

/// A policy that takes the failures `F` of members.
pub trait Record<F> {
    fn record(&mut self, failure: F, id: MemberId);
}

/// Members that cannot fail: nothing is recorded.
impl<V> Record<Infallible> for V {
    fn record(&mut self, failure: Infallible, _: MemberId) {
        match failure {}
    }
}

/// Nothing fails the group. Its members are called `N`.
pub struct NeverFails<N = MemberNames>(pub(crate) N);

/// Stands for the names of members that are never named.
#[derive(Clone, Copy)]
pub struct NoNames;

impl From<NoNames> for MemberNames {
    fn from(NoNames: NoNames) -> Self {
        Self::Positions
    }
}

impl<N: Copy + Into<MemberNames>> GroupPolicy for NeverFails<N> {
    type Output<O> = O;
    fn names(&self) -> MemberNames {
        self.0.into()
    }
    fn is_decided(&self) -> bool {
        false
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> O {
        fields()
    }
    fn map<O, P>(output: O, f: impl FnOnce(O) -> P) -> P {
        f(output)
    }
}
impl TakePolicy for NeverFails {
    fn take(&mut self) -> Self {
        Self(self.0)
    }
}
impl<N, Q, X> Record<KeyedFailure<Q, X, Infallible>> for NeverFails<N> {
    fn record(&mut self, failure: KeyedFailure<Q, X, Infallible>, _: MemberId) {
        match failure.failure {
            Ok(never) => match never {},
            Err(why) => uncaught(why),
        }
    }
}

/// The first error fails the group. Of several in one sweep it is that of the first member in the order of writing.
pub struct FirstError<E> {
    /// The error, and what the position and the item of its [`MemberId`] are. The names are left out: a value like this is on the stack
    /// during a poll.
    first: Option<(usize, Option<usize>, E)>,
}

impl<E> FirstError<E> {
    pub(crate) fn new() -> Self {
        Self { first: None }
    }
    /// The member whose error is kept, in a group of these names.
    pub(crate) fn id(&self, names: MemberNames) -> Option<MemberId> {
        self.first.as_ref().map(|(position, item, _)| MemberId { names, position: *position, item: *item })
    }
    /// Takes the error, with the member in a group of these names.
    pub(crate) fn take(&mut self, names: MemberNames) -> Option<(MemberId, E)> {
        self.first.take().map(|(position, item, error)| (MemberId { names, position, item }, error))
    }
    /// Keeps an error unless one of an earlier member is kept. `true`: it is kept now.
    pub(crate) fn keep_lowest(&mut self, id: MemberId, error: E) -> bool {
        let lowest = self.id(id.names).is_none_or(|lowest| id.rank() < lowest.rank());
        if lowest {
            self.first = Some((id.position, id.item, error));
        }
        lowest
    }
}
impl<E> GroupPolicy for FirstError<E> {
    type Output<O> = Result<O, E>;
    fn names(&self) -> MemberNames {
        MemberNames::Positions
    }
    fn is_decided(&self) -> bool {
        self.first.is_some()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, E> {
        match self.first.take() {
            Some((_, _, error)) => Err(error),
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, E>, f: impl FnOnce(O) -> P) -> Result<P, E> {
        output.map(f)
    }
}
impl<E> Record<MemberError<E>> for FirstError<E> {
    fn record(&mut self, failure: MemberError<E>, id: MemberId) {
        self.keep_lowest(id, failure.0);
    }
}
impl<E, Q, X, F> Record<KeyedFailure<Q, X, F>> for FirstError<E>
where
    Self: Record<F>,
{
    fn record(&mut self, failure: KeyedFailure<Q, X, F>, id: MemberId) {
        match failure.failure {
            Ok(failure) => self.record(failure, id),
            Err(why) => uncaught(why),
        }
    }
}

/// `name_errors`: the first error fails the group, and names its member.
pub struct NamedError<E> {
    names: MemberNames,
    source: Option<FindSource<E>>,
    first: FirstError<E>,
    /// The name of the member, where it is an item with a key.
    member: Option<Box<Member>>,
}

impl<E> NamedError<E> {
    pub(crate) fn new(names: MemberNames, source: Option<FindSource<E>>) -> Self {
        Self { names, source, first: FirstError::new(), member: None }
    }
}
impl<E> GroupPolicy for NamedError<E> {
    type Output<O> = Result<O, Exception<E>>;
    fn names(&self) -> MemberNames {
        self.names
    }
    fn is_decided(&self) -> bool {
        self.first.is_decided()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exception<E>> {
        match self.first.take(self.names) {
            Some((id, error)) => {
                let mut exception = Exception::of(id, ExceptionKind::Error(error), self.source);
                if let Some(member) = self.member.take() {
                    exception.member = Some(*member);
                }
                Err(exception)
            }
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, Exception<E>>, f: impl FnOnce(O) -> P) -> Result<P, Exception<E>> {
        output.map(f)
    }
}
impl<E> Record<MemberError<E>> for NamedError<E> {
    fn record(&mut self, failure: MemberError<E>, id: MemberId) {
        if self.first.keep_lowest(id, failure.0) {
            self.member = None;
        }
    }
}
impl<E, Q, X> Record<KeyedFailure<Q, X, Infallible>> for NamedError<E> {
    fn record(&mut self, failure: KeyedFailure<Q, X, Infallible>, _: MemberId) {
        match failure.failure {
            Ok(never) => match never {},
            Err(why) => uncaught(why),
        }
    }
}
impl<E, Q, X: PrintKey<Q>> Record<KeyedFailure<Q, X, MemberError<E>>> for NamedError<E> {
    fn record(&mut self, failure: KeyedFailure<Q, X, MemberError<E>>, id: MemberId) {
        let (failure, add_key) = failure.into_parts();
        let failure = failure.unwrap_or_else(|why| uncaught(why));
        if self.first.keep_lowest(id, failure.0) {
            let mut member = id.member();
            add_key(Some(&mut member));
            self.member = Some(Box::new(member));
        }
    }
}

/// `all_errors`: every member runs to its end. The group fails with all that went wrong.
pub struct AllErrors<E> {
    names: MemberNames,
    source: Option<FindSource<E>>,
    recorded: Vec<(MemberId, Exception<E>)>,
}

impl<E> AllErrors<E> {
    pub(crate) fn new(names: MemberNames, source: Option<FindSource<E>>) -> Self {
        Self { names, source, recorded: Vec::new() }
    }
}
impl<E> GroupPolicy for AllErrors<E> {
    type Output<O> = Result<O, Exceptions<E>>;
    fn names(&self) -> MemberNames {
        self.names
    }
    fn is_decided(&self) -> bool {
        false
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exceptions<E>> {
        let mut recorded = core::mem::take(&mut self.recorded);
        recorded.sort_by_key(|(id, _)| id.rank());
        match Exceptions::new(recorded.into_iter().map(|(_, exception)| exception).collect()) {
            Some(all) => Err(all),
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, Exceptions<E>>, f: impl FnOnce(O) -> P) -> Result<P, Exceptions<E>> {
        output.map(f)
    }
}
impl<E> TakePolicy for AllErrors<E> {
    fn take(&mut self) -> Self {
        Self { names: self.names, source: self.source, recorded: core::mem::take(&mut self.recorded) }
    }
}
impl<E> Record<Abort> for AllErrors<E> {
    fn record(&mut self, failure: Abort, id: MemberId) {
        self.record(ExceptionKind::from(failure), id);
    }
}
impl<E> Record<ExceptionKind<E>> for AllErrors<E> {
    fn record(&mut self, failure: ExceptionKind<E>, id: MemberId) {
        // The failure of the dependency is listed.
        if !matches!(failure, ExceptionKind::Skipped) {
            self.record(Exception::of(id, failure, self.source), id);
        }
    }
}
impl<E> Record<Exception<E>> for AllErrors<E> {
    fn record(&mut self, failure: Exception<E>, id: MemberId) {
        self.recorded.push((id, failure.or_source(self.source)));
    }
}
impl<E, Q, X: PrintKey<Q>, F> Record<KeyedFailure<Q, X, F>> for AllErrors<E>
where
    Self: Record<F>,
{
    fn record(&mut self, failure: KeyedFailure<Q, X, F>, id: MemberId) {
        let (failure, add_key) = failure.into_parts();
        let before = self.recorded.len();
        match failure {
            Ok(failure) => self.record(failure, id),
            Err(why) => Record::<Abort>::record(self, why, id),
        }
        add_key(self.recorded.get_mut(before).and_then(|(_, exception)| exception.member.as_mut()));
    }
}
