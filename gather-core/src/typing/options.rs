//! Values of options that are of another type than the option takes.

use core::marker::PhantomData;
use core::ops::{Deref, Not};

use crate::policy::{NoDeadline, Until};
use crate::typing::messages::{self as say, Gather};
use crate::in_task::Limited;
#[cfg(feature = "tokio")]
use crate::typing::syntax::{TimeoutDuration, TimeoutValue};
use crate::typing::syntax::{LimitValue, UntilValue};

/// `limit` is given something else than a `usize`.
pub struct IsNoLimit<N>(PhantomData<fn() -> N>);
impl<N> Not for IsNoLimit<N>
where
    Gather: say::LimitIsUsize<N>,
{
    type Output = Limited;
    fn not(self) -> Limited {
        unreachable!("it does not compile")
    }
}
impl<N> Deref for LimitValue<N> {
    type Target = IsNoLimit<N>;
    fn deref(&self) -> &IsNoLimit<N> {
        const { &IsNoLimit(PhantomData) }
    }
}
impl<N> IsNoLimit<N> {
    pub fn __limit(&self) -> Self {
        Self(PhantomData)
    }
}
impl Not for Limited {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}

/// `timeout` is given something else than a `Duration`.
#[cfg(feature = "tokio")]
pub struct IsNoDuration<D>(PhantomData<fn() -> D>);
#[cfg(feature = "tokio")]
impl<D> Not for IsNoDuration<D>
where
    Gather: say::TimeoutIsDuration<D>,
{
    type Output = TimeoutDuration;
    fn not(self) -> TimeoutDuration {
        unreachable!("it does not compile")
    }
}
#[cfg(feature = "tokio")]
impl<D> Deref for TimeoutValue<D> {
    type Target = IsNoDuration<D>;
    fn deref(&self) -> &IsNoDuration<D> {
        const { &IsNoDuration(PhantomData) }
    }
}
#[cfg(feature = "tokio")]
impl<D> IsNoDuration<D> {
    pub fn __after(&self) -> Self {
        Self(PhantomData)
    }
}
#[cfg(feature = "tokio")]
impl Not for TimeoutDuration {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}

/// `until` is given something else than a future.
pub struct IsNoUntil<F>(PhantomData<fn() -> F>);
impl<F> Not for IsNoUntil<F>
where
    Gather: say::UntilIsFuture<F>,
{
    type Output = NoDeadline;
    fn not(self) -> NoDeadline {
        NoDeadline
    }
}
impl<F> Deref for UntilValue<F> {
    type Target = IsNoUntil<F>;
    fn deref(&self) -> &IsNoUntil<F> {
        const { &IsNoUntil(PhantomData) }
    }
}
impl<F> IsNoUntil<F> {
    pub fn __deadline(&self) -> Self {
        Self(PhantomData)
    }
}
impl<F> Not for Until<F> {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}
