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
use super::not_a_member::Invalid;
use super::syntax::SingleMember;
use crate::in_task::{FutureNode, Immediately, IntoNode, Stored, into_inner, store};
use crate::policy::{ConvertError, InvalidPolicy, MemberPolicy, Plain, Required};

/// A single member whose output is settled by `A`.
pub struct Entered<F, A>(Stored<F>, PhantomData<fn() -> A>);

impl<F: Future, A: MemberPolicy<F>> IntoNode for Entered<F, A> {
    type Node = FutureNode<F, A, Immediately>;
    #[inline]
    fn into_node(self) -> Self::Node {
        FutureNode::new(self.0, Immediately)
    }
}

impl<F, A> Not for Entered<F, A> {
    type Output = Self;
    #[inline]
    fn not(self) -> Self {
        self
    }
}

impl<R> IntoNode for Invalid<R> {
    type Node = FutureNode<Pending<R>, InvalidPolicy, Immediately>;
    fn into_node(self) -> Self::Node {
        FutureNode::new(store!(pending()), Immediately)
    }
}

// What most members are has ladders of its own, which begin with the member itself: rustc looks at all rungs of a ladder
// before it takes the first. A future stays where it is; what becomes one is found by a trait, which rustc asks after that.

impl<F: Future> SingleMember<F> {
    #[inline]
    pub fn __kind(self) -> Entered<F, Plain> {
        Entered(self.0, PhantomData)
    }
}
impl<M: IntoFuture> IntoFutureKind for SingleMember<M> {
    type Kind = Entered<M::IntoFuture, Plain>;
    fn __kind(self) -> Self::Kind {
        Entered(store!(into_inner(self.0).into_future()), PhantomData)
    }
}
impl<M> Deref for SingleMember<M> {
    type Target = AlmostFuture<Self, Plain>;
    fn deref(&self) -> &Self::Target {
        &AlmostFuture::NEW
    }
}

/// A member with `?`.
pub struct Needed<M, C>(Stored<M>, PhantomData<fn() -> C>);

#[inline]
pub fn needed<M, C>(SingleMember(member): SingleMember<M>, _: &Required<C>) -> Needed<M, C> {
    Needed(member, PhantomData)
}

impl<F: Future<Output = Result<T, E>>, T, E, C: ConvertError<E>> Needed<F, C> {
    #[inline]
    pub fn __kind(self) -> Entered<F, Required<C>> {
        Entered(self.0, PhantomData)
    }
}
impl<M: IntoFuture<Output = Result<T, E>>, T, E, C: ConvertError<E>> IntoFutureKind for Needed<M, C> {
    type Kind = Entered<M::IntoFuture, Required<C>>;
    fn __kind(self) -> Self::Kind {
        Entered(store!(into_inner(self.0).into_future()), PhantomData)
    }
}
impl<M, C> Deref for Needed<M, C> {
    type Target = OtherError<SingleMember<M>, Required<C>>;
    fn deref(&self) -> &Self::Target {
        &OtherError::NEW
    }
}
