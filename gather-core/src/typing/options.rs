//! Values of options: what an option takes, and what is of another type.

use core::future::{IntoFuture, Ready};
use core::ops::Deref;
#[cfg(feature = "tokio")]
use core::time::Duration;

use super::levels::answers;
use super::not_a_member::mistakes;
use crate::in_task::{Limited, Stored, into_inner, store};
use crate::policy::Until;

/// Says of the value `$given` of an option, which its own method `$method` takes where its type is right: where it is of another type, it
/// derefs to the mistake `$mistake`.
macro_rules! or_else {
    ($given:ident.$method:ident() -> $right:ident$(<$param:ident>)?, $mistake:ident) => {
        answers!($right$(<$param>)?);
        impl<N> Deref for $given<N> {
            type Target = $mistake<N>;
            fn deref(&self) -> &$mistake<N> {
                &$mistake::NEW
            }
        }
        impl<N> $mistake<N> {
            pub fn $method(&self) -> Self {
                Self::NEW
            }
        }
    };
}

/// The value of `limit`.
pub struct LimitValue<N>(pub(crate) N);

impl LimitValue<usize> {
    pub fn __limit(self) -> Limited {
        Limited::new(self.0)
    }
}
or_else!(LimitValue.__limit() -> Limited, IsNoLimit);

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
#[cfg(feature = "tokio")]
or_else!(TimeoutValue.__after() -> TimeoutDuration, IsNoDuration);

/// The value of `until`.
pub struct UntilValue<F>(pub(crate) Stored<F>);

impl<F: IntoFuture> UntilValue<F> {
    pub fn __deadline(self) -> Until<Stored<F::IntoFuture>> {
        Until::new(store!(into_inner(self.0).into_future()))
    }
}
or_else!(UntilValue.__deadline() -> Until<F>, IsNoUntil);

mistakes! {
    /// `limit` is given something else than a `usize`.
    IsNoLimit<N> LimitIsUsize -> Limited;
    /// `until` is given something else than a future.
    IsNoUntil<F> UntilIsFuture -> Until<Ready<()>>;
}
#[cfg(feature = "tokio")]
mistakes! {
    /// `timeout` is given something else than a `Duration`.
    IsNoDuration<D> TimeoutIsDuration -> TimeoutDuration;
}
