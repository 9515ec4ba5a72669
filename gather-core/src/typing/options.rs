//! Values of options: what an option takes, and what is of another type.

use core::future::IntoFuture;
use core::marker::PhantomData;
use core::ops::{Deref, Not};
#[cfg(feature = "tokio")]
use core::time::Duration;

use super::messages::{self as say, Gather};
use crate::in_task::{Limited, Stored, into_inner, store};
use crate::policy::Until;

/// The value of `limit`.
pub struct LimitValue<N>(pub(crate) N);

impl LimitValue<usize> {
    pub fn __limit(self) -> Limited {
        Limited::new(self.0)
    }
}

/// The value of `timeout`.
#[cfg(feature = "tokio")]
pub struct TimeoutValue<D>(pub(crate) D);

/// The value of `timeout`, once it is known to be a duration.
#[cfg(feature = "tokio")]
pub struct TimeoutDuration(pub(crate) Duration);

#[cfg(feature = "tokio")]
impl TimeoutValue<Duration> {
    pub fn __after(self) -> TimeoutDuration {
        TimeoutDuration(self.0)
    }
}

/// The value of `until`.
pub struct UntilValue<F>(pub(crate) Stored<F>);

impl<F: IntoFuture> UntilValue<F> {
    pub fn __deadline(self) -> Until<Stored<F::IntoFuture>> {
        Until::new(store!(into_inner(self.0).into_future()))
    }
}

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
    type Output = Until<core::future::Ready<()>>;
    fn not(self) -> Self::Output {
        unreachable!("it does not compile")
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
