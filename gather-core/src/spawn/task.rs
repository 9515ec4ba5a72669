//! The future of one member's task.

use std::future::Future;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::crew::Put;
use super::data::{Home, Hub};
use crate::exception::Panic;
use crate::in_task::{Storage, Stored, pinned};
use crate::member::MemberId;
use crate::observe::TaskSpan;
use crate::policy::Record;
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};
use crate::unwind::quietly;

/// A member's place in its group, to report from: its field is a `T`, its failure an `X`.
///
/// What the group is made of is not in its type: else the type of each task would name all members, and a group of many would
/// cost compile time and code by the square of their number.
pub struct Seat<T, X> {
    hub: Arc<dyn Hub>,
    report: fn(&dyn Hub, usize, Result<T, X>, MemberId),
    seat: usize,
    position: usize,
    item: Option<usize>,
}

impl<T, X> Seat<T, X> {
    pub(super) fn take<D, P>(data: &Arc<D>, position: usize, item: Option<usize>) -> Self
    where
        D: Home,
        P: Put<D::Slots, Field = T>,
        D::GroupPolicy: Record<X>,
    {
        let seat = data.enter();
        Self { hub: Arc::clone(data) as Arc<dyn Hub>, report: report::<D, P, T, X>, seat, position, item }
    }

    pub(super) fn number(&self) -> usize {
        self.seat
    }

    /// The member has ended, and what it held is dropped.
    fn report<F, A>(
        self,
        future: Pin<&mut Option<impl Storage<F>>>,
        output: Result<F::Output, Abort>,
        span: &mut TaskSpan,
    ) where
        F: Future,
        A: MemberPolicy<F, Field = T, Failure = X>,
    {
        let place = MemberId { names: self.hub.names(), position: self.position, item: self.item };
        let settled = settle::<F, A>(future, output, self.hub.stopping(), place);
        span.end(|| self.hub.observed(A::outcome(settled.as_ref())));
        (self.report)(&*self.hub, self.seat, settled, place);
        self.hub.make_way();
    }
}

/// Drops the future, but for what [`settle`] needs. Its panic is the member's.
pub(super) fn drop_inside<F: Future, A: MemberPolicy<F>>(
    mut future: Pin<&mut Option<impl Storage<F>>>,
    output: Result<F::Output, Abort>,
) -> Result<F::Output, Abort> {
    let drop_it = AssertUnwindSafe(|| {
        if !future.as_mut().as_pin_mut().is_some_and(|future| A::drop_inside(future.future())) {
            future.set(None);
        }
    });
    match catch_unwind(drop_it) {
        Ok(()) => output,
        Err(payload) => {
            quietly(|| drop(output));
            Err(Abort::Panicked(Panic::from_payload(payload)))
        }
    }
}

/// What a member gave, if nothing interrupted it, or `stopping` did.
pub(super) fn settle<F, A>(
    future: Pin<&mut Option<impl Storage<F>>>,
    output: Result<F::Output, Abort>,
    stopping: Option<StopReason>,
    place: MemberId,
) -> Result<A::Field, A::Failure>
where
    F: Future,
    A: MemberPolicy<F>,
{
    let interrupted = |why| match future.as_pin_mut() {
        Some(future) => A::interrupted_in(future.future(), why, place),
        None => A::interrupted(why, place),
    };
    // Converting an error is user code.
    catch_unwind(AssertUnwindSafe(|| match (output, stopping) {
        (Ok(output), None) => A::settle(output, place),
        (Ok(output), Some(why)) => A::settle_stopped(output, place, why),
        (Err(Abort::Cancelled), Some(why)) => interrupted(why.into()),
        (Err(why), _) => interrupted(why),
    }))
    .unwrap_or_else(|payload| A::interrupted(Abort::Panicked(Panic::from_payload(payload)), place))
}

/// The task of a member is dropped before the member has ended. If a deadline does that, what does not end by being dropped is
/// told to stop, and left behind. What it gave, if it had ended.
pub(super) fn leave_behind<F, A>(future: Option<Pin<&mut F>>, hub: &Arc<dyn Hub>) -> Option<F::Output>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
{
    let mut future = future?;
    hub.stopping()?;
    let output = A::stop(future.as_mut());
    if output.is_none()
        && let Some(rest) = A::detach(future)
    {
        hub.runtime().spawn(linger(rest, Lingering::new(hub)));
    }
    output
}

async fn linger<F: Future>(rest: F, lingering: Lingering) {
    let output = rest.await;
    // Nobody will see it.
    quietly(|| drop(output));
    drop(lingering);
}

/// Counts as somebody who lingers, also where the runtime does not run its task.
struct Lingering(Arc<dyn Hub>);

impl Lingering {
    fn new(hub: &Arc<dyn Hub>) -> Self {
        hub.linger();
        Self(Arc::clone(hub))
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        self.0.lingers_no_more();
    }
}

/// Back to what the group is made of.
fn report<D, P, T, X>(hub: &dyn Hub, seat: usize, settled: Result<T, X>, place: MemberId)
where
    D: Home,
    P: Put<D::Slots, Field = T>,
    D::GroupPolicy: Record<X>,
{
    let Some(data) = hub.as_any().downcast_ref::<D>() else { unreachable!("a seat is taken in its own group") };
    data.report(|| Some(seat), settled, place, |slots, field| P::put(slots, place.item.unwrap_or(0), field));
}

pin_project! {
    /// Runs the member, drops it, then reports: also when the task is aborted, or dropped with its runtime.
    pub struct Member<F, A>
    where
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
    {
        #[pin]
        future: Option<Stored<F>>,
        seat: Option<Seat<A::Field, A::Failure>>,
        span: TaskSpan,
    }

    impl<F, A> PinnedDrop for Member<F, A>
    where
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
    {
        fn drop(mut this: Pin<&mut Self>) {
            let _entered = this.as_mut().project().span.enter();
            let Some(seat) = &this.seat else { return };
            seat.hub.abandoned();
            let hub = Arc::clone(&seat.hub);
            let output = leave_behind::<F, A>(this.as_mut().project().future.as_pin_mut().map(pinned), &hub);
            this.end(output.ok_or(Abort::Cancelled));
        }
    }
}

impl<F: Future + Send + 'static, A: MemberPolicy<F>> Member<F, A> {
    pub(super) fn new(future: Stored<F>, span: TaskSpan, seat: Seat<A::Field, A::Failure>) -> Self {
        Self { future: Some(future), seat: Some(seat), span }
    }

    fn end(self: Pin<&mut Self>, output: Result<F::Output, Abort>) {
        let mut this = self.project();
        let Some(seat) = this.seat.take() else { return };
        let output = drop_inside::<F, A>(this.future.as_mut(), output);
        seat.report::<F, A>(this.future, output, this.span);
    }
}

impl<F: Future + Send + 'static, A: MemberPolicy<F>> Future for Member<F, A> {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let _entered = self.as_mut().project().span.poll();
        let Some(future) = self.as_mut().project().future.as_pin_mut() else {
            return Poll::Ready(());
        };
        let output = match catch_unwind(AssertUnwindSafe(|| pinned(future).poll(cx))) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(payload) => Err(Abort::Panicked(Panic::from_payload(payload))),
        };
        self.end(output);
        Poll::Ready(())
    }
}
