//! How a fn of `#[gather_group]` is left when a member of it has failed.

use core::future::Future;
use core::marker::PhantomData;

use super::abort::{Interruption, uncaught};
use super::member::{Failed, Settle};
use crate::member::Place;

/// How a fn is left early.
pub trait Exit: Copy {
    /// What the fn returns.
    type Return;
    /// What a member fails with.
    type Error;
    /// What the fn returns when a member has failed.
    fn leave(error: Self::Error) -> Self::Return;
}

/// A member of a fn that is left by `X`.
pub trait Stays<X: Exit>: Future {
    type Value;
    fn split(output: Self::Output) -> Result<Self::Value, X::Error>;
}

/// A member fails as its fn is left by `X`.
pub struct Leaving<X>(PhantomData<fn() -> X>);
impl<X: Exit, F: Stays<X>> Settle<F> for Leaving<X> {
    type Field = F::Value;
    type Failure = Failed<X::Error>;
    const CATCHES: bool = false;
    fn settle(output: F::Output, _: Place) -> Result<F::Value, Self::Failure> {
        F::split(output).map_err(Failed)
    }
    fn interrupted(why: Interruption, _: Place) -> Result<F::Value, Self::Failure> {
        uncaught(why)
    }
}
