//! The future of one stage of a `#[gather_group]` fn.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::gathering::{Limit, Members, next_first};
use super::sweep::{Branch, Sweep};
use crate::group_fn::Exit;
use crate::verdict::{FirstError, Verdict};

pin_project! {
    /// Polls the members of one stage: their values, or what the fn returns because one of them failed.
    ///
    /// An error is heard and handed on within one poll and is never kept here, so that a fn whose error is not [`Send`] stays
    /// what it is without the attribute.
    #[must_use]
    pub struct Stage<N, X, L> {
        // Empty once the stage is over.
        #[pin]
        tree: Option<N>,
        limit: L,
        // The member that the next sweep begins with.
        first: usize,
        exit: PhantomData<fn() -> X>,
    }
}

impl<N, X, L> Stage<N, X, L> {
    pub(crate) fn new(tree: N, limit: L) -> Self {
        Self { tree: Some(tree), limit, first: 0, exit: PhantomData }
    }
}

impl<N, X, L> Future for Stage<N, X, L>
where
    X: Exit,
    N: Branch<FirstError<X::Error>>,
    L: Limit,
{
    type Output = Result<N::Output, X::Return>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        let mut members = Members { tree: this.tree, over: true };
        let mut verdict = FirstError::new();
        let mut sweep = Sweep::new(cx, &mut verdict, this.limit.free());
        let seen = sweep.run_all(*this.first, members.get());
        *this.first = next_first(*this.first, seen);
        this.limit.set_free(sweep.places.free);
        if sweep.unfinished > 0 && !verdict.is_decided() {
            members.over = false;
            return Poll::Pending;
        }
        Poll::Ready(verdict.output(|| members.get().take()).map_err(X::leave))
    }
}
