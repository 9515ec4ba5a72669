//! How a fn of `#[gather_group]` is left when a member of it has failed.

use core::future::Future;
use core::marker::PhantomData;

use super::abort::{Abort, uncaught};
use super::group::{FirstError, GroupPolicy, PolicyState, Record};
use super::member::{MemberError, MemberPolicy};
use crate::member::{MemberId, MemberNames};
use crate::observe::Outcome;

/// How a fn is left early.
pub trait EarlyReturn: Copy {
    /// What the fn returns.
    type Return;
    /// What a member fails with.
    type Error;
    /// What the fn returns when a member has failed.
    fn return_error(error: Self::Error) -> Self::Return;
}

/// A member of a fn that is left by `X`.
pub trait TryOutput<X: EarlyReturn>: Future {
    type Value;
    fn split(output: Self::Output) -> Result<Self::Value, X::Error>;
}

/// The policy of a member of such a fn: what leaves the fn by `X` is the member's failure.
pub struct ReturnOnError<X>(PhantomData<fn() -> X>);
impl<X: EarlyReturn, F: TryOutput<X>> MemberPolicy<F> for ReturnOnError<X> {
    type Field = F::Value;
    type Failure = MemberError<X::Error>;
    const CATCHES: bool = false;
    fn settle(ended: Result<F::Output, Abort>, _: MemberId) -> Result<F::Value, Self::Failure> {
        F::split(ended.unwrap_or_else(|why| uncaught(why))).map_err(MemberError)
    }
    fn outcome(settled: Result<&F::Value, &Self::Failure>) -> Outcome {
        if settled.is_ok() { Outcome::Ok } else { Outcome::Error }
    }
}

/// The policy of one stage: its fn is left with the first error.
///
/// The error is recorded and handed on within one poll and is never kept, so that a fn whose error is not [`Send`] stays what it is
/// without the attribute.
pub struct ReturnPerPoll<X>(pub(crate) PhantomData<fn() -> X>);

impl<X: EarlyReturn> PolicyState for ReturnPerPoll<X> {
    type GroupPolicy = FirstReturn<X>;
    fn begin_poll(&mut self) -> FirstReturn<X> {
        FirstReturn(FirstError::new())
    }
    fn suspend(&mut self, _: FirstReturn<X>) {}
}

/// What was recorded in a stage: the values of its members, or what its fn returns.
pub struct FirstReturn<X: EarlyReturn>(FirstError<X::Error>);

impl<X: EarlyReturn> GroupPolicy for FirstReturn<X> {
    type Output<O> = Result<O, X::Return>;
    fn names(&self) -> MemberNames {
        self.0.names()
    }
    fn is_decided(&self) -> bool {
        self.0.is_decided()
    }
    fn output<O>(&mut self, fields: impl FnOnce() -> O) -> Result<O, X::Return> {
        self.0.output(fields).map_err(X::return_error)
    }
    fn map<O, P>(output: Result<O, X::Return>, f: impl FnOnce(O) -> P) -> Result<P, X::Return> {
        output.map(f)
    }
}

impl<X: EarlyReturn> Record<MemberError<X::Error>> for FirstReturn<X> {
    fn record(&mut self, failure: MemberError<X::Error>, id: MemberId) {
        self.0.record(failure, id);
    }
}
