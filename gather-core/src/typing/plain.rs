//! The members of an in-task group on their way into it.
//!
//! They become futures in the order of writing, and each drops what it holds where a later one panics on that way. All that is
//! left then is to put them together, once, in [`gathering`](crate::private::gathering): what a call asks of rustc grows with its types, and a
//! group in the making, member by member, would be asked about as often as it has members.

use core::future::{Future, IntoFuture, Pending, pending};
use core::marker::PhantomData;
use core::ops::{Deref, Not};

use super::kinds::IntoFutureKind;
use super::levels::{AlmostFuture, OtherError};
use super::not_a_member::Rejected;
use super::syntax::One;
use crate::in_task::{Always, Single, Sown, Stored, into_inner, store};
use crate::policy::{Convert, Need, Pass, Refused, Settle};

/// A single member whose output is settled by `A`.
pub struct Entered<F, A>(Stored<F>, PhantomData<fn() -> A>);

impl<F: Future, A: Settle<F>> Sown for Entered<F, A> {
    type Part = Single<F, A, Always>;
    #[inline]
    fn plant(self) -> Self::Part {
        Single::new(self.0, Always)
    }
}

impl<F, A> Not for Entered<F, A> {
    type Output = Self;
    #[inline]
    fn not(self) -> Self {
        self
    }
}

impl<R> Sown for Rejected<R> {
    type Part = Single<Pending<R>, Refused, Always>;
    fn plant(self) -> Self::Part {
        Single::new(store!(pending()), Always)
    }
}

// What most members are has ladders of its own, which begin with the member itself: rustc looks at all rungs of a ladder
// before it takes the first. A future stays where it is; what becomes one is found by a trait, which rustc asks after that.

impl<F: Future> One<F> {
    #[inline]
    pub fn __kind(self) -> Entered<F, Pass> {
        Entered(self.0, PhantomData)
    }
}
impl<M: IntoFuture> IntoFutureKind for One<M> {
    type Kind = Entered<M::IntoFuture, Pass>;
    fn __kind(self) -> Self::Kind {
        Entered(store!(into_inner(self.0).into_future()), PhantomData)
    }
}
impl<M> Deref for One<M> {
    type Target = AlmostFuture<Self, Pass>;
    fn deref(&self) -> &Self::Target {
        &AlmostFuture::NEW
    }
}

/// A member with `?`.
pub struct Needed<M, C>(Stored<M>, PhantomData<fn() -> C>);

#[inline]
pub fn needed<M, C>(One(member): One<M>, _: &Need<C>) -> Needed<M, C> {
    Needed(member, PhantomData)
}

impl<F: Future<Output = Result<T, E>>, T, E, C: Convert<E>> Needed<F, C> {
    #[inline]
    pub fn __kind(self) -> Entered<F, Need<C>> {
        Entered(self.0, PhantomData)
    }
}
impl<M: IntoFuture<Output = Result<T, E>>, T, E, C: Convert<E>> IntoFutureKind for Needed<M, C> {
    type Kind = Entered<M::IntoFuture, Need<C>>;
    fn __kind(self) -> Self::Kind {
        Entered(store!(into_inner(self.0).into_future()), PhantomData)
    }
}
impl<M, C> Deref for Needed<M, C> {
    type Target = OtherError<One<M>, Need<C>>;
    fn deref(&self) -> &Self::Target {
        &OtherError::NEW
    }
}
