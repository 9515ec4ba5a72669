//! The policies of spawned groups. They differ from those of in-task groups: a spawned group can be cancelled.

use crate::exception::{Exception, ExceptionKind, Exceptions, FindSource};
use crate::member::{MemberId, MemberNames};
use crate::policy::{Abort, AllErrors, GroupPolicy, KeyedFailure, PrintKey, Record};

/// A spawned group without a policy, or with `return_exceptions`: the first exception fails it.
pub struct FirstException<E> {
    names: MemberNames,
    source: Option<FindSource<E>>,
    first: Option<Exception<E>>,
}

impl<E> FirstException<E> {
    pub(crate) fn new(names: MemberNames, source: Option<FindSource<E>>) -> Self {
        Self { names, source, first: None }
    }
}
impl<E> GroupPolicy for FirstException<E> {
    type Output<O> = Result<O, Exception<E>>;
    fn names(&self) -> MemberNames {
        self.names
    }
    fn is_decided(&self) -> bool {
        self.first.is_some()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exception<E>> {
        match self.first.take() {
            Some(exception) => Err(exception),
            None => Ok(fields()),
        }
    }
    fn map<O, P>(output: Result<O, Exception<E>>, f: impl FnOnce(O) -> P) -> Result<P, Exception<E>> {
        output.map(f)
    }
}
impl<E> Record<Abort> for FirstException<E> {
    fn record(&mut self, failure: Abort, id: MemberId) {
        self.first.get_or_insert_with(|| Exception::of(id, failure.into(), self.source));
    }
}
impl<E> Record<ExceptionKind<E>> for FirstException<E> {
    fn record(&mut self, failure: ExceptionKind<E>, id: MemberId) {
        self.first.get_or_insert_with(|| Exception::of(id, failure, self.source));
    }
}
impl<E> Record<Exception<E>> for FirstException<E> {
    fn record(&mut self, failure: Exception<E>, _: MemberId) {
        self.first.get_or_insert_with(|| failure.or_source(self.source));
    }
}
impl<E, Q, X: PrintKey<Q>, F> Record<KeyedFailure<Q, X, F>> for FirstException<E>
where
    Self: Record<F>,
{
    fn record(&mut self, failure: KeyedFailure<Q, X, F>, id: MemberId) {
        if self.first.is_some() {
            return;
        }
        let (failure, add_key) = failure.into_parts();
        match failure {
            Ok(failure) => self.record(failure, id),
            Err(why) => Record::<Abort>::record(self, why, id),
        }
        add_key(self.first.as_mut().and_then(|exception| exception.member.as_mut()));
    }
}

/// The policies that a spawned group can have: it yields a `Result`, because it can be cancelled.
pub trait SpawnedPolicy: GroupPolicy {
    type Error;
    /// The error of a group that is aborted as a whole: it was cancelled, or code of the user's that belongs to no member panicked.
    fn aborted(why: Abort) -> Self::Error;
    fn result<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Self::Error>;
}
impl<E> SpawnedPolicy for FirstException<E> {
    type Error = Exception<E>;
    fn aborted(why: Abort) -> Exception<E> {
        Exception::of_group(why.into())
    }
    fn result<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exception<E>> {
        self.output(fields)
    }
}
impl<E> SpawnedPolicy for AllErrors<E> {
    type Error = Exceptions<E>;
    fn aborted(why: Abort) -> Exceptions<E> {
        Exceptions::of_group(why.into())
    }
    fn result<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, Exceptions<E>> {
        self.output(fields)
    }
}
