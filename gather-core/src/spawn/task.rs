//! The task of a member, or of one item of a list.

use std::future::Future;
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::shared::{ErasedGroup, TypedGroup};
use super::storage::{FieldStorage, StoragePath};
use crate::in_task::{Storage, task};
use crate::member::MemberId;
#[cfg(feature = "tracing")]
use crate::observe::KeyText;
use crate::observe::{Observable, TaskObserver, Unobserved};
use crate::policy::{Abort, MemberPolicy, Record, StopReason, caught};
use crate::unwind::quietly;

/// Reports the output `T` or the failure `X` of a task, when its future has ended and is dropped.
pub trait Report<T, X> {
    /// The output of the task, which the runtime keeps.
    type Output: Default;
    fn group(&self) -> &Arc<dyn ErasedGroup>;
    fn id(&self) -> MemberId;
    /// `returns`: what this gives is the output of the task. Otherwise the task was aborted, and it is dropped.
    fn report(self, output: Result<T, X>, returns: bool) -> Self::Output;
}

/// The report of a single member, or of an item that was started on its own.
///
/// The types of its group are erased: else the type of each task would name all members, and compile time and code would grow by
/// the square of their number.
pub struct MemberReport<T, X> {
    group: Arc<dyn ErasedGroup>,
    report: fn(&dyn ErasedGroup, usize, Result<T, X>, MemberId),
    task: usize,
    position: usize,
    item: Option<usize>,
}

impl<T, X> MemberReport<T, X> {
    /// Adds a task for a member of `group`, whose storage is at `P`.
    pub(super) fn new<G, P>(group: &Arc<G>, position: usize, item: Option<usize>) -> Self
    where
        G: TypedGroup<GroupPolicy: Record<X>>,
        P: StoragePath<G::Storage, Storage: FieldStorage<Item = T>>,
    {
        let task = group.add_task();
        let group = Arc::clone(group) as Arc<dyn ErasedGroup>;
        Self { group, report: report_to::<G, P, T, X>, task, position, item }
    }

    /// The number of the task in its group.
    pub(super) fn task(&self) -> usize {
        self.task
    }
}

/// Finds the types of the group again.
fn report_to<G, P, T, X>(group: &dyn ErasedGroup, task: usize, output: Result<T, X>, id: MemberId)
where
    G: TypedGroup<GroupPolicy: Record<X>>,
    P: StoragePath<G::Storage, Storage: FieldStorage<Item = T>>,
{
    let Some(group) = group.as_any().downcast_ref::<G>() else { unreachable!("a task reports to its own group") };
    let item = id.item.unwrap_or(0);
    group.report(|| Some(task), output, id, |all, output| P::storage(all).put(item, output));
}

impl<T, X> Report<T, X> for MemberReport<T, X> {
    type Output = ();

    fn group(&self) -> &Arc<dyn ErasedGroup> {
        &self.group
    }

    fn id(&self) -> MemberId {
        MemberId { names: self.group.names(), position: self.position, item: self.item }
    }

    // The tasks of a member that is observed and of one that is not call it; either would have it in line if it were the only one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn report(self, output: Result<T, X>, _: bool) {
        let id = Report::<T, X>::id(&self);
        (self.report)(&*self.group, self.task, output, id);
        self.group.release_permit();
    }
}

pin_project! {
    /// Runs the future `F`, which is stored as an `S`, drops it, then reports: also when the task is aborted, or dropped with its
    /// runtime.
    pub struct MemberTask<S, F, A, R, O = Unobserved>
    where
        S: Storage<F>,
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
        R: Report<A::Field, A::Failure>,
        O: TaskObserver,
    {
        #[pin]
        future: Option<S>,
        // Empty once it has reported.
        report: Option<R>,
        observer: O,
        kind: PhantomData<fn() -> (F, A)>,
    }

    impl<S, F, A, R, O> PinnedDrop for MemberTask<S, F, A, R, O>
    where
        S: Storage<F>,
        F: Future,
        F: Send,
        F: 'static,
        A: MemberPolicy<F>,
        R: Report<A::Field, A::Failure>,
        O: TaskObserver,
    {
        fn drop(mut this: Pin<&mut Self>) {
            if this.report.is_none() {
                return;
            }
            let _entered = this.as_mut().project().observer.enter();
            let Some(report) = &this.report else { return };
            let group = Arc::clone(report.group());
            group.task_dropped();
            let future = this.as_mut().project().future.as_pin_mut().map(Storage::future);
            let output = leave_behind::<F, A>(future, &group);
            drop(this.end(output.ok_or(Abort::Cancelled), false));
        }
    }
}

/// A member that has no task yet.
pub struct NewTask<S, F, A, R> {
    future: S,
    report: R,
    kind: PhantomData<fn() -> (F, A)>,
}

impl<S, F, A, R> NewTask<S, F, A, R> {
    pub(super) fn new(future: S, report: R) -> Self {
        Self { future, report, kind: PhantomData }
    }
}

impl<S, F, A, R> Observable for NewTask<S, F, A, R>
where
    S: Storage<F> + Send + 'static,
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    R: Report<A::Field, A::Failure, Output: Send + 'static> + Send + 'static,
{
    type Output = R::Output;
    type Task<O: TaskObserver + Send + 'static> = MemberTask<S, F, A, R, O>;
    #[cfg(all(feature = "tracing", tokio_unstable))]
    fn id(&self) -> MemberId {
        self.report.id()
    }
    #[cfg(feature = "tracing")]
    fn key(&self) -> KeyText {
        A::key_of_new(self.future.get())
    }
    #[inline(always)]
    fn task<O: TaskObserver + Send + 'static>(self, observer: O) -> Self::Task<O> {
        MemberTask { future: Some(self.future), report: Some(self.report), observer, kind: PhantomData }
    }
}

impl<S, F, A, R, O> MemberTask<S, F, A, R, O>
where
    S: Storage<F>,
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
    R: Report<A::Field, A::Failure>,
    O: TaskObserver,
{
    fn end(self: Pin<&mut Self>, output: Result<F::Output, Abort>, returns: bool) -> R::Output {
        let mut this = self.project();
        let Some(report) = this.report.take() else { return R::Output::default() };
        let output = drop_inside::<S, F, A>(this.future.as_mut(), output);
        let settled = settle::<S, F, A>(this.future, output, report.group().stopping(), report.id());
        // Before the group may be decided by it.
        this.observer.end(|| report.group().observed(A::outcome(settled.as_ref())));
        report.report(settled, returns)
    }
}

impl<S, F, A, R, O> Future for MemberTask<S, F, A, R, O>
where
    S: Storage<F>,
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
    R: Report<A::Field, A::Failure>,
    O: TaskObserver,
{
    type Output = R::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<R::Output> {
        let _entered = self.as_mut().project().observer.poll();
        let Some(future) = self.as_mut().project().future.as_pin_mut() else {
            return Poll::Ready(R::Output::default());
        };
        let output = match caught(|| future.future().poll(cx)) {
            Ok(Poll::Pending) => return Poll::Pending,
            Ok(Poll::Ready(output)) => Ok(output),
            Err(why) => Err(why),
        };
        Poll::Ready(self.end(output, true))
    }
}

/// Drops the future, but for what [`settle`] needs. A panic of its destructor is the member's.
#[cfg_attr(not(debug_assertions), inline(always))]
fn drop_inside<S: Storage<F>, F: Future, A: MemberPolicy<F>>(
    mut future: Pin<&mut Option<S>>,
    output: Result<F::Output, Abort>,
) -> Result<F::Output, Abort> {
    let dropped = caught(|| {
        if !future.as_mut().as_pin_mut().is_some_and(|future| A::drop_inside(future.future())) {
            future.set(None);
        }
    });
    match dropped {
        Ok(()) => output,
        Err(why) => {
            quietly(|| drop(output));
            Err(why)
        }
    }
}

/// Settles the member by its policy. `stopping`: a deadline ends the group.
fn settle<S: Storage<F>, F: Future, A: MemberPolicy<F>>(
    future: Pin<&mut Option<S>>,
    output: Result<F::Output, Abort>,
    stopping: Option<StopReason>,
    id: MemberId,
) -> Result<A::Field, A::Failure> {
    let ended = match (output, stopping) {
        (Ok(output), Some(why)) => A::stopped(output, why),
        (Err(Abort::Cancelled), Some(why)) => Err(why.into()),
        (output, _) => output,
    };
    // To convert an error is user code.
    caught(|| match (ended, future.as_pin_mut()) {
        (Err(why), Some(future)) => A::settle_aborted(future.future(), why, id),
        (ended, _) => A::settle(ended, id),
    })
    .unwrap_or_else(|why| A::settle(Err(why), id))
}

/// The task of a member is dropped before its future has ended. If a deadline does that, an adopted task or group is told to
/// stop, and left behind. Gives its output if it had ended already.
fn leave_behind<F, A>(future: Option<Pin<&mut F>>, group: &Arc<dyn ErasedGroup>) -> Option<F::Output>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F>,
{
    let mut future = future?;
    group.stopping()?;
    let output = A::stop(future.as_mut());
    if output.is_none()
        && let Some(rest) = A::detach(future)
    {
        group.runtime().spawn(task(linger(rest, Lingering::new(group))));
    }
    output
}

async fn linger<F: Future>(rest: F, lingering: Lingering) {
    let output = rest.await;
    // Nobody will see the output.
    quietly(|| drop(output));
    drop(lingering);
}

/// Counts what was left behind, also where the runtime drops the task that waits for it.
struct Lingering(Arc<dyn ErasedGroup>);

impl Lingering {
    fn new(group: &Arc<dyn ErasedGroup>) -> Self {
        group.linger();
        Self(Arc::clone(group))
    }
}

impl Drop for Lingering {
    fn drop(&mut self) {
        self.0.lingers_no_more();
    }
}
