//! How a fn of `#[gather_group]` is left when a member of it has failed.

use core::future::Future;
use core::marker::PhantomData;

use super::abort::{Abort, uncaught};
use super::member::{MemberError, MemberPolicy};
use crate::member::MemberId;
use crate::observe::Outcome;

/// How a fn is left early.
pub trait EarlyReturn: Copy {
    /// What a member fails with, of which the fn returns something.
    type Error;
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
