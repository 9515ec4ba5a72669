//! Values of options: what an option takes, and what is of another type.

use core::future::{IntoFuture, Ready};
use core::ops::Deref;
#[cfg(feature = "tokio")]
use core::time::Duration;

use super::levels::answers;
use super::messages as say;
use crate::in_task::{Limited, Stored, into_inner, store};
use crate::policy::Until;

/// Has a value of another type than `$method` takes deref to the mistake, whose `$method` gives itself.
macro_rules! or_else {
    ($given:ident.$method:ident(), $mistake:ident -> $right:ty) => {
        impl<T> Deref for $given<T> {
            type Target = say::$mistake<T, $right>;
            fn deref(&self) -> &Self::Target {
                &say::$mistake::NEW
            }
        }
        impl<T> say::$mistake<T, $right> {
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
or_else!(LimitValue.__limit(), IsNoLimit -> Limited);
answers!(Limited);

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
or_else!(TimeoutValue.__after(), IsNoDuration -> TimeoutDuration);
#[cfg(feature = "tokio")]
answers!(TimeoutDuration);

/// The value of `until`.
pub struct UntilValue<F>(pub(crate) Stored<F>);

impl<F: IntoFuture> UntilValue<F> {
    pub fn __deadline(self) -> Until<Stored<F::IntoFuture>> {
        Until::new(store!(into_inner(self.0).into_future()))
    }
}
or_else!(UntilValue.__deadline(), IsNoUntil -> Until<Ready<()>>);
answers!(Until<F>);
