//! The body of a dependant, which is a future of whatever the body was as a member.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::in_task::{Enter, Stored, pinned};
use crate::member::Place;
#[cfg(feature = "tokio")]
use crate::policy::Stop;
use crate::policy::{Interruption, Settle};

/// What the future of a dependant gives: the output of what stands in its body, which was a member `I`.
pub struct Ended<I, O> {
    pub(crate) output: O,
    pub(crate) item: PhantomData<fn() -> I>,
}

pin_project! {
    /// What stands in the body of a dependant: it gives its [`Ended`].
    pub struct Ending<F, I> {
        #[pin]
        future: Stored<F>,
        item: PhantomData<fn() -> I>,
    }
}

impl<F, I> Ending<F, I> {
    pub(crate) fn new(future: Stored<F>) -> Self {
        Self { future, item: PhantomData }
    }
}

impl<F: Future, I> Future for Ending<F, I> {
    type Output = Ended<I, F::Output>;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        pinned(self.project().future).poll(cx).map(|output| Ended { output, item: PhantomData })
    }
}

/// The output of a dependant's body, treated as if the body had been the member.
pub struct LateBy<I, K, A>(PhantomData<fn() -> (I, K, A)>);

impl<F, I, O, K, A> Settle<F> for LateBy<I, K, A>
where
    F: Future<Output = Ended<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: Settle<K::Future>,
{
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(ended: Ended<I, O>, place: Place) -> Result<A::Field, A::Failure> {
        A::settle(ended.output, place)
    }
    #[cfg(feature = "tokio")]
    fn settle_stopped(ended: Ended<I, O>, place: Place, why: Stop) -> Result<A::Field, A::Failure> {
        A::settle_stopped(ended.output, place, why)
    }
    fn interrupted(why: Interruption, place: Place) -> Result<A::Field, A::Failure> {
        A::interrupted(why, place)
    }
}
