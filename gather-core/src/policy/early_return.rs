//! How a fn of `#[gather_group]` is left when a member of it has failed.

use core::future::Future;
use core::marker::PhantomData;

use super::abort::{Abort, uncaught};
use super::member::{MemberError, MemberPolicy};
use crate::member::MemberId;
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

/// A member fails as its fn is left by `X`.
pub struct ReturnOnError<X>(PhantomData<fn() -> X>);
impl<X: EarlyReturn, F: TryOutput<X>> MemberPolicy<F> for ReturnOnError<X> {
    type Field = F::Value;
    type Failure = MemberError<X::Error>;
    const CATCHES: bool = false;
    fn settle(output: F::Output, _: MemberId) -> Result<F::Value, Self::Failure> {
        F::split(output).map_err(MemberError)
    }
    fn interrupted(why: Abort, _: MemberId) -> Result<F::Value, Self::Failure> {
        uncaught(why)
    }
    fn outcome(settled: Result<&F::Value, &Self::Failure>) -> Outcome {
        if settled.is_ok() { Outcome::Ok } else { Outcome::Error }
    }
}
