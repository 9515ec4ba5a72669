//! The future of one stage of a `#[gather_group]` fn.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::members::{EndGuard, Members};
use super::permits::Limit;
use super::sweep::{Node, PollNode};
use super::wakers::WakeStrategy;
use crate::policy::EarlyReturn;
use crate::policy::{FirstError, GroupPolicy};

pin_project! {
    /// Polls the members of one stage: their values, or what the fn returns because one of them failed.
    ///
    /// An error is heard and handed on within one poll and is never kept here, so that a fn whose error is not [`Send`] stays
    /// what it is without the attribute.
    #[must_use]
    pub struct Stage<N: Node, S: WakeStrategy, X, L, Z> {
        #[pin]
        members: Members<N, S>,
        limit: L,
        exit: PhantomData<fn() -> (X, Z)>,
    }
}

impl<N: Node, S: WakeStrategy, X, L, Z> Stage<N, S, X, L, Z> {
    pub(crate) fn new(tree: N, limit: L) -> Self {
        Self { members: Members::new(tree), limit, exit: PhantomData }
    }
}

impl<N, S, X, L, Z> Future for Stage<N, S, X, L, Z>
where
    X: EarlyReturn,
    S: WakeStrategy,
    N: PollNode<FirstError<X::Error>>,
    L: Limit,
{
    type Output = Result<N::Output, X::Return>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut ending = EndGuard(this.members);
        let mut policy = FirstError::new();
        let unfinished = ending.0.as_mut().sweep(cx, &mut policy, this.limit);
        if unfinished && !policy.is_decided() {
            ending.pending();
            return Poll::Pending;
        }
        let output = policy.output(|| ending.0.as_mut().take()).map_err(X::return_error);
        // As in `GatherFuture`.
        drop(ending);
        Poll::Ready(output)
    }
}
