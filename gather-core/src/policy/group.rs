//! What the failures of members mean for the group, and what the group then yields.

use alloc::vec::Vec;
use core::marker::PhantomData;

use super::abort::{Interruption, uncaught};
use super::keyed::{KeyText, OfKey};
use super::member::{Failed, Never, Rejection};
use crate::exception::{Exception, ExceptionKind, Exceptions, FindSource};
use crate::member::{Member, Names, Place};

/// The group's policy, and what it has heard so far.
pub trait Verdict {
    /// What the group yields where its members' fields are `O`.
    type Output<O>;

    fn names(&self) -> Names;

    /// The group is over although members are unfinished.
    fn is_decided(&self) -> bool;

    /// Once the group is over. `fields` is asked only where every member has one.
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Self::Output<O>;

    /// The fields of a group that succeeded, made into something else.
    fn map<O, P>(output: Self::Output<O>, f: impl FnOnce(O) -> P) -> Self::Output<P>;
}

/// The policy of an in-task group, kept between polls.
///
/// The first error is heard and handed on within one poll. So it is not kept, and a group is `Send` whether or not its error is.
pub trait Policy {
    type Verdict: Verdict;
    /// At the start of a poll.
    fn open(&mut self) -> Self::Verdict;
    /// At the end of a poll that leaves the group undecided.
    fn close(&mut self, verdict: Self::Verdict);
}

pub(crate) const POLLED_AFTER_THE_END: &str = "a `gather!` group was polled after it had ended";

/// What was heard counts in later polls too. Every poll that opens it closes it, or ends the group.
pub struct Lasting<V>(pub(crate) Option<V>);

impl<V: Verdict> Policy for Lasting<V> {
    type Verdict = V;
    fn open(&mut self) -> V {
        self.0.take().unwrap_or_else(|| panic!("{POLLED_AFTER_THE_END}"))
    }
    fn close(&mut self, verdict: V) {
        self.0 = Some(verdict);
    }
}

/// Nothing fails the group, and no member is named.
pub struct ForNothing;

impl Policy for ForNothing {
    type Verdict = Infallibly<Unnamed>;
    #[inline(always)]
    fn open(&mut self) -> Infallibly<Unnamed> {
        Infallibly(Unnamed)
    }
    #[inline(always)]
    fn close(&mut self, _: Infallibly<Unnamed>) {}
}

/// The first error ends the group.
pub struct ForFirstError<E>(pub(crate) PhantomData<fn() -> E>);

impl<E> Policy for ForFirstError<E> {
    type Verdict = FirstError<E>;
    fn open(&mut self) -> FirstError<E> {
        FirstError::new()
    }
    fn close(&mut self, _: FirstError<E>) {}
}

/// The same, and its member is named.
pub struct ForNamedError<E>(pub(crate) Names, pub(crate) Option<FindSource<E>>);

impl<E> Policy for ForNamedError<E> {
    type Verdict = NamedError<E>;
    fn open(&mut self) -> NamedError<E> {
        NamedError::new(self.0, self.1)
    }
    fn close(&mut self, _: NamedError<E>) {}
}

/// Hears the failures of a kind of member.
pub trait Hear<F> {
    fn hear(&mut self, failure: F, place: Place);
}

impl<V> Hear<Rejection> for V {
    fn hear(&mut self, failure: Rejection, _: Place) {
        match failure {}
    }
}

/// Nothing fails the group, whose members are called `N`.
pub struct Infallibly<N = Names>(pub(crate) N);

/// Nobody asks for a member's name.
#[derive(Clone, Copy)]
pub struct Unnamed;

impl From<Unnamed> for Names {
    fn from(Unnamed: Unnamed) -> Self {
        Self::Positions
    }
}

impl<N: Copy + Into<Names>> Verdict for Infallibly<N> {
    type Output<O> = O;
    fn names(&self) -> Names {
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
impl<N> Hear<Never> for Infallibly<N> {
    fn hear(&mut self, failure: Never, _: Place) {
        match failure {}
    }
}
impl<N, Q, X> Hear<OfKey<Q, X, Never>> for Infallibly<N> {
    fn hear(&mut self, failure: OfKey<Q, X, Never>, _: Place) {
        match failure.failure {
            Ok(never) => match never {},
            Err(why) => uncaught(why),
        }
    }
}

/// The first error fails the group; of several in one sweep, the lowest member's.
pub struct FirstError<E> {
    first: Option<(Place, E)>,
}

impl<E> FirstError<E> {
    pub(crate) fn new() -> Self {
        Self { first: None }
    }
    /// Whether it is.
    fn keep_lowest(&mut self, place: Place, error: E) -> bool {
        let lowest = self.first.as_ref().is_none_or(|(lowest, _)| place.rank() < lowest.rank());
        if lowest {
            self.first = Some((place, error));
        }
        lowest
    }
}
impl<E> Verdict for FirstError<E> {
    type Output<O> = Result<O, E>;
    fn names(&self) -> Names {
        Names::Positions
    }
    fn is_decided(&self) -> bool {
        self.first.is_some()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, E> {
        match self.first.take() {
            Some((_, error)) => Err(error),
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, E>, f: impl FnOnce(O) -> P) -> Result<P, E> {
        output.map(f)
    }
}
impl<E> Hear<Never> for FirstError<E> {
    fn hear(&mut self, failure: Never, _: Place) {
        match failure {}
    }
}
impl<E> Hear<Failed<E>> for FirstError<E> {
    fn hear(&mut self, failure: Failed<E>, place: Place) {
        self.keep_lowest(place, failure.0);
    }
}
impl<E, Q, X, F> Hear<OfKey<Q, X, F>> for FirstError<E>
where
    Self: Hear<F>,
{
    fn hear(&mut self, failure: OfKey<Q, X, F>, place: Place) {
        match failure.failure {
            Ok(failure) => self.hear(failure, place),
            Err(why) => uncaught(why),
        }
    }
}

/// `name_errors`: the same, and the error says which member.
pub struct NamedError<E> {
    names: Names,
    source: Option<FindSource<E>>,
    first: FirstError<E>,
    /// Where it has a key.
    member: Option<Member>,
}

impl<E> NamedError<E> {
    pub(crate) fn new(names: Names, source: Option<FindSource<E>>) -> Self {
        Self { names, source, first: FirstError::new(), member: None }
    }
}
impl<E> Verdict for NamedError<E> {
    type Output<O> = Result<O, Exception<E>>;
    fn names(&self) -> Names {
        self.names
    }
    fn is_decided(&self) -> bool {
        self.first.is_decided()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exception<E>> {
        match self.first.first.take() {
            Some((place, error)) => {
                let mut exception = Exception::of(place, ExceptionKind::Error(error), self.source);
                if let Some(member) = self.member.take() {
                    exception.member = Some(member);
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
impl<E> Hear<Never> for NamedError<E> {
    fn hear(&mut self, failure: Never, _: Place) {
        match failure {}
    }
}
impl<E> Hear<Failed<E>> for NamedError<E> {
    fn hear(&mut self, failure: Failed<E>, place: Place) {
        if self.first.keep_lowest(place, failure.0) {
            self.member = None;
        }
    }
}
impl<E, Q, X> Hear<OfKey<Q, X, Never>> for NamedError<E> {
    fn hear(&mut self, failure: OfKey<Q, X, Never>, _: Place) {
        match failure.failure {
            Ok(never) => match never {},
            Err(why) => uncaught(why),
        }
    }
}
impl<E, Q, X: KeyText<Q>> Hear<OfKey<Q, X, Failed<E>>> for NamedError<E> {
    fn hear(&mut self, failure: OfKey<Q, X, Failed<E>>, place: Place) {
        let (failure, tell) = failure.into_parts();
        let failure = failure.unwrap_or_else(|why| uncaught(why));
        if self.first.keep_lowest(place, failure.0) {
            let mut member = place.member();
            tell(Some(&mut member));
            self.member = Some(member);
        }
    }
}

/// `all_errors`: every member runs to its end, then all that went wrong together.
pub struct AllErrors<E> {
    names: Names,
    source: Option<FindSource<E>>,
    heard: Vec<(Place, Exception<E>)>,
}

impl<E> AllErrors<E> {
    pub(crate) fn new(names: Names, source: Option<FindSource<E>>) -> Self {
        Self { names, source, heard: Vec::new() }
    }
}
impl<E> Verdict for AllErrors<E> {
    type Output<O> = Result<O, Exceptions<E>>;
    fn names(&self) -> Names {
        self.names
    }
    fn is_decided(&self) -> bool {
        false
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exceptions<E>> {
        let mut heard = core::mem::take(&mut self.heard);
        heard.sort_by_key(|(place, _)| place.rank());
        match Exceptions::new(heard.into_iter().map(|(_, exception)| exception).collect()) {
            Some(all) => Err(all),
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, Exceptions<E>>, f: impl FnOnce(O) -> P) -> Result<P, Exceptions<E>> {
        output.map(f)
    }
}
impl<E> Hear<Interruption> for AllErrors<E> {
    fn hear(&mut self, failure: Interruption, place: Place) {
        self.hear(ExceptionKind::from(failure), place);
    }
}
impl<E> Hear<ExceptionKind<E>> for AllErrors<E> {
    fn hear(&mut self, failure: ExceptionKind<E>, place: Place) {
        // What it waited for is listed.
        if !matches!(failure, ExceptionKind::Skipped) {
            self.hear(Exception::of(place, failure, self.source), place);
        }
    }
}
impl<E> Hear<Exception<E>> for AllErrors<E> {
    fn hear(&mut self, failure: Exception<E>, place: Place) {
        self.heard.push((place, failure.or_source(self.source)));
    }
}
impl<E, Q, X: KeyText<Q>, F> Hear<OfKey<Q, X, F>> for AllErrors<E>
where
    Self: Hear<F>,
{
    fn hear(&mut self, failure: OfKey<Q, X, F>, place: Place) {
        let (failure, tell) = failure.into_parts();
        let before = self.heard.len();
        match failure {
            Ok(failure) => self.hear(failure, place),
            Err(why) => Hear::<Interruption>::hear(self, why, place),
        }
        tell(self.heard.get_mut(before).and_then(|(_, exception)| exception.member.as_mut()));
    }
}
