//! The kinds of most members: futures in a group that catches nothing.
//!
//! They have ladders of their own with few levels, which begin with the member itself: rustc lists all levels of a ladder before it takes
//! the first.

use core::future::{Future, IntoFuture, Pending, pending};
use core::marker::PhantomData;
use core::ops::Deref;

use super::invalid::Invalid;
use super::kinds::IntoFutureKind;
use super::levels::{AlmostFuture, OtherError, answers};
use super::syntax::SingleMember;
use crate::in_task::{EnteredMember, FutureNode, Immediately, IntoNode, Stored, into_inner, store};
use crate::policy::{ConvertError, Plain, Required};

answers!(EnteredMember<F, A, C>);

impl<R> IntoNode for Invalid<R> {
    type Node = FutureNode<Pending<R>, Plain, Immediately>;
    fn into_node(self) -> Self::Node {
        FutureNode::new(store!(pending()), Immediately)
    }
}

// A future stays where it is. A member that becomes one is found by a trait, which rustc asks after the method of the type itself.

impl<F: Future> SingleMember<F> {
    #[inline]
    pub fn __kind(self) -> EnteredMember<F, Plain, Immediately> {
        EnteredMember::new(self.0, Immediately)
    }
}
impl<M: IntoFuture> IntoFutureKind for SingleMember<M> {
    type Kind = EnteredMember<M::IntoFuture, Plain, Immediately>;
    fn __kind(self) -> Self::Kind {
        EnteredMember::new(store!(into_inner(self.0).into_future()), Immediately)
    }
}
impl<M> Deref for SingleMember<M> {
    type Target = AlmostFuture<Self, Plain>;
    fn deref(&self) -> &Self::Target {
        &AlmostFuture::NEW
    }
}

/// A member with `?`.
pub struct RequiredMember<M, C>(Stored<M>, PhantomData<fn() -> C>);

#[inline]
pub fn required_member<M, C>(SingleMember(member): SingleMember<M>, _: &Required<C>) -> RequiredMember<M, C> {
    RequiredMember(member, PhantomData)
}

impl<F: Future<Output = Result<T, E>>, T, E, C: ConvertError<E>> RequiredMember<F, C> {
    #[inline]
    pub fn __kind(self) -> EnteredMember<F, Required<C>, Immediately> {
        EnteredMember::new(self.0, Immediately)
    }
}
impl<M: IntoFuture<Output = Result<T, E>>, T, E, C: ConvertError<E>> IntoFutureKind for RequiredMember<M, C> {
    type Kind = EnteredMember<M::IntoFuture, Required<C>, Immediately>;
    fn __kind(self) -> Self::Kind {
        EnteredMember::new(store!(into_inner(self.0).into_future()), Immediately)
    }
}
impl<M, C> Deref for RequiredMember<M, C> {
    type Target = OtherError<SingleMember<M>, Required<C>>;
    fn deref(&self) -> &Self::Target {
        &OtherError::NEW
    }
}
