//! How a member becomes a future.

use core::future::{Future, IntoFuture};

use super::storage::{Stored, into_inner, store};

/// How a member becomes a future.
pub trait Enter<M> {
    type Future: Future;
    /// A member that enters in the same way, and mentions no lifetime of `M`. It stands for the body of a dependant, whose future is known by
    /// its output only.
    type Item;
    fn enter(member: M) -> Self::Future;

    #[inline]
    fn enter_stored(member: Stored<M>) -> Stored<Self::Future> {
        store!(Self::enter(into_inner(member)))
    }

    /// How a spawned group stops a member that does not end by being dropped.
    #[cfg(feature = "tokio")]
    fn abort_handle(_future: &Self::Future) -> Option<crate::policy::AbortAdopted> {
        None
    }
}

/// The member becomes a future by `IntoFuture`.
pub struct AsFuture;

impl<M: IntoFuture> Enter<M> for AsFuture {
    type Future = M::IntoFuture;
    type Item = core::future::Ready<M::Output>;
    fn enter(member: M) -> M::IntoFuture {
        member.into_future()
    }
}

/// The member is a future. Where it is stored already, it stays there.
pub struct AsItself;

impl<F: Future> Enter<F> for AsItself {
    type Future = F;
    type Item = core::future::Ready<F::Output>;
    fn enter(member: F) -> F {
        member
    }
    #[inline]
    fn enter_stored(member: Stored<F>) -> Stored<F> {
        member
    }
}
