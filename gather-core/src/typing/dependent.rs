//! The body of a dependant, as a future whose output tells which kind of member the body was.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::in_task::{Enter, Stored, pinned};
use crate::member::MemberId;
use crate::observe::Outcome;
#[cfg(feature = "tokio")]
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};

/// What the future of a dependant gives: the output of its body, tagged with the member `I` that the body was.
pub struct BodyOutput<I, O> {
    pub(crate) output: O,
    pub(crate) item: PhantomData<fn() -> I>,
}

pin_project! {
    /// The body of a dependant, as a future of its [`BodyOutput`].
    pub struct BodyFuture<F, I> {
        #[pin]
        future: Stored<F>,
        item: PhantomData<fn() -> I>,
    }
}

impl<F, I> BodyFuture<F, I> {
    pub(crate) fn new(future: Stored<F>) -> Self {
        Self { future, item: PhantomData }
    }
}

impl<F: Future, I> Future for BodyFuture<F, I> {
    type Output = BodyOutput<I, F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        pinned(self.project().future).poll(cx).map(|output| BodyOutput { output, item: PhantomData })
    }
}

/// The policy of a dependant: the output of its body is settled as if the body had been the member.
pub struct DependentPolicy<I, K, A>(PhantomData<fn() -> (I, K, A)>);

impl<F, I, O, K, A> MemberPolicy<F> for DependentPolicy<I, K, A>
where
    F: Future<Output = BodyOutput<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: MemberPolicy<K::Future>,
{
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(ended: Result<F::Output, Abort>, id: MemberId) -> Result<A::Field, A::Failure> {
        A::settle(ended.map(|body| body.output), id)
    }
    #[cfg(feature = "tokio")]
    fn stopped(body: F::Output, why: StopReason) -> Result<F::Output, Abort> {
        A::stopped(body.output, why).map(|output| BodyOutput { output, item: PhantomData })
    }
    fn outcome(settled: Result<&A::Field, &A::Failure>) -> Outcome {
        A::outcome(settled)
    }
}
