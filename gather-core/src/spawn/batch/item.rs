//! The future of one item's task.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::Batch;
use crate::exception::Panic;
use crate::observe::TaskSpan;
use crate::policy::{Abort, MemberPolicy};
use crate::spawn::task::{drop_inside, leave_behind, settle};

pin_project! {
    /// Runs the item, drops it, then leaves its batch: also when the task is aborted, or dropped with its runtime.
    pub(super) struct Item<F, A>
    where
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
        A::Field: Send,
        A::Field: 'static,
        A::Failure: 'static,
    {
        #[pin]
        future: Option<F>,
        batch: Option<Arc<Batch<A::Field, A::Failure>>>,
        // Small, as all of it: tokio rounds the size of a task up, to 128 bytes on most machines.
        item: u32,
        span: TaskSpan,
    }

    impl<F, A> PinnedDrop for Item<F, A>
    where
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
        A::Field: Send,
        A::Field: 'static,
        A::Failure: 'static,
    {
        fn drop(mut this: Pin<&mut Self>) {
            let _entered = this.as_mut().project().span.enter();
            let Some(batch) = &this.batch else { return };
            batch.hub.abandoned();
            let hub = Arc::clone(&batch.hub);
            let output = leave_behind::<F, A>(this.as_mut().project().future.as_pin_mut(), &hub);
            drop(this.end(output.ok_or(Abort::Cancelled), false));
        }
    }
}

impl<F, A> Item<F, A>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
    A::Field: Send + 'static,
    A::Failure: 'static,
{
    pub(super) fn new(future: F, batch: Arc<Batch<A::Field, A::Failure>>, item: u32, span: TaskSpan) -> Self {
        Self { future: Some(future), batch: Some(batch), item, span }
    }

    /// The item's field, where that is to be the output of the task.
    fn end(self: Pin<&mut Self>, output: Result<F::Output, Abort>, outputs: bool) -> Option<A::Field> {
        let mut this = self.project();
        let batch = this.batch.take()?;
        let output = drop_inside::<F, A>(this.future.as_mut(), output);
        let place = batch.place(*this.item as usize);
        let settled = settle::<F, A>(this.future, output, batch.hub.stopping(), place);
        this.span.end(|| batch.hub.observed(A::outcome(settled.as_ref())));
        batch.settled(*this.item as usize, settled, outputs)
    }
}

impl<F, A> Future for Item<F, A>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
    A::Field: Send + 'static,
    A::Failure: 'static,
{
    type Output = Option<A::Field>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let _entered = self.as_mut().project().span.poll();
        let Some(future) = self.as_mut().project().future.as_pin_mut() else {
            return Poll::Ready(None);
        };
        let output = match catch_unwind(AssertUnwindSafe(|| future.poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(Abort::Panicked(Panic::from_payload(payload))),
        };
        Poll::Ready(self.end(output, true))
    }
}
