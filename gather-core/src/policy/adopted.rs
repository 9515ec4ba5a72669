//! Members that run already: a `JoinHandle<T>` as a member that gives `T`, and a spawned group as one that gives its outcome.

use std::future::{Future, IntoFuture, Ready};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use tokio::task::{AbortHandle, JoinHandle, unconstrained};

use crate::policy::StopReason;
use crate::exception::{Exception, Panic, SourceFinder};
use crate::member::{Member, MemberId};
use crate::policy::{ConvertError, NeedsFinder, Abort, Infallible, MemberPolicy, FinderUnknown, add_key};
use crate::spawn::{Canceller, Group, GroupFuture};

/// It belongs to the group: it ends when its member is dropped, and can be told to.
pub trait Adopted: Future<Output = Result<Self::Value, Abort>> + Sized {
    type Value;
    /// Tells it to stop, unless it has ended: what it gave then, which nobody had asked for so far.
    fn stop(self: Pin<&mut Self>) -> Option<Self::Output>;
    /// Leaves nothing behind.
    fn detach(self: Pin<&mut Self>) -> Self;
    /// For a group that stops its members otherwise than by dropping them.
    fn stopper(&self) -> AbortAdopted;
}

/// How an adopted member is told to stop.
pub enum AbortAdopted {
    Task(AbortHandle),
    Group(Arc<AbortGroup>),
}

impl AbortAdopted {
    pub(crate) fn stop(&self) {
        match self {
            Self::Task(task) => task.abort(),
            Self::Group(group) => group.stop(),
        }
    }
}

/// A task, aborted when this is dropped.
pub struct AdoptedTask<T> {
    /// Empty once it was detached.
    handle: Option<JoinHandle<T>>,
}

impl<T> AdoptedTask<T> {
    pub(crate) fn new(handle: JoinHandle<T>) -> Self {
        Self { handle: Some(handle) }
    }
}

impl<T> Future for AdoptedTask<T> {
    type Output = Result<T, Abort>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(handle) = &mut self.handle else { return Poll::Pending };
        Pin::new(handle).poll(cx).map_err(|e| match e.try_into_panic() {
            Ok(payload) => Abort::Panicked(Panic::from_payload(payload)),
            Err(_) => Abort::Cancelled,
        })
    }
}

/// Polls what may have ended, outside tokio's budget and for nobody.
fn output_of<F: Future>(future: Pin<&mut F>) -> Option<F::Output> {
    let polled = pin!(unconstrained(future)).poll(&mut Context::from_waker(Waker::noop()));
    match polled {
        Poll::Ready(output) => Some(output),
        Poll::Pending => None,
    }
}

impl<T> Adopted for AdoptedTask<T> {
    type Value = T;
    fn stop(mut self: Pin<&mut Self>) -> Option<Self::Output> {
        let handle = self.handle.as_ref()?;
        // A task that has ended keeps its result, also where tokio's budget has kept it from the group so far.
        if handle.is_finished() {
            return output_of(self.as_mut());
        }
        handle.abort();
        None
    }
    fn detach(mut self: Pin<&mut Self>) -> Self {
        Self { handle: self.handle.take() }
    }
    fn stopper(&self) -> AbortAdopted {
        match &self.handle {
            Some(handle) => AbortAdopted::Task(handle.abort_handle()),
            None => unreachable!("it is asked before it starts"),
        }
    }
}

impl<T> Drop for AdoptedTask<T> {
    fn drop(&mut self) {
        if let Some(handle) = &self.handle {
            handle.abort();
        }
    }
}

/// A spawned group, cancelled when this is dropped.
pub struct AdoptedGroup<T, X> {
    future: GroupFuture<T, X>,
    stopper: Arc<AbortGroup>,
}

/// Cancels an adopted group, and remembers it: its `Cancelled` is then the owner's.
pub struct AbortGroup {
    group: Canceller,
    told: AtomicBool,
}

impl AbortGroup {
    pub(crate) fn stop(&self) {
        self.told.store(true, Ordering::Relaxed);
        self.group.cancel();
    }

    fn has_stopped(&self) -> bool {
        self.told.load(Ordering::Relaxed) && self.group.is_cancelled()
    }
}

impl<T: Send + 'static, X: Send + 'static> AdoptedGroup<T, X> {
    pub(crate) fn new(group: Group<T, X>) -> Self {
        let stopper = AbortGroup { group: group.canceller(), told: AtomicBool::new(false) };
        Self { future: group.into_future(), stopper: Arc::new(stopper) }
    }
}

impl<T, X> Future for AdoptedGroup<T, X> {
    type Output = Result<Result<T, X>, Abort>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.future)
            .poll(cx)
            .map(|outcome| if self.stopper.has_stopped() { Err(Abort::Cancelled) } else { Ok(outcome) })
    }
}

impl<T: Send + 'static, X: Send + 'static> Adopted for AdoptedGroup<T, X> {
    type Value = Result<T, X>;
    fn stop(mut self: Pin<&mut Self>) -> Option<Self::Output> {
        // A group that has ended keeps its outcome.
        let output = output_of(self.as_mut());
        if output.is_none() {
            self.stopper.stop();
        }
        output
    }
    fn detach(mut self: Pin<&mut Self>) -> Self {
        Self { future: self.future.detach(), stopper: Arc::clone(&self.stopper) }
    }
    fn stopper(&self) -> AbortAdopted {
        AbortAdopted::Group(Arc::clone(&self.stopper))
    }
}

/// An adopted member, its own output treated as `A` treats one.
pub struct AdoptedPolicy<A>(PhantomData<A>);

impl<F: Adopted, A: MemberPolicy<Ready<F::Value>>> MemberPolicy<F> for AdoptedPolicy<A> {
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(output: Result<F::Value, Abort>, id: MemberId) -> Result<A::Field, A::Failure> {
        match output {
            Ok(output) => A::settle(output, id),
            Err(why) => A::interrupted(why, id),
        }
    }
    fn settle_stopped(output: F::Output, id: MemberId, why: StopReason) -> Result<A::Field, A::Failure> {
        match output {
            Err(Abort::Cancelled) => A::interrupted(why.into(), id),
            output => <Self as MemberPolicy<F>>::settle(output, id),
        }
    }
    fn interrupted(why: Abort, id: MemberId) -> Result<A::Field, A::Failure> {
        A::interrupted(why, id)
    }
    const RETURNS_EXCEPTIONS: bool = A::RETURNS_EXCEPTIONS;
    const FILLS_UNSTARTED: bool = A::FILLS_UNSTARTED;
    const IS_GROUP: bool = A::IS_GROUP;
    fn add_key(field: &mut A::Field, key: impl FnOnce(&mut Member)) {
        A::add_key(field, key);
    }
    fn stop(future: Pin<&mut F>) -> Option<F::Output> {
        Adopted::stop(future)
    }
    fn detach(future: Pin<&mut F>) -> Option<F> {
        Some(Adopted::detach(future))
    }
}

/// A `?` member that is a spawned group: its exception is handed on as it is.
pub struct GroupMember<C>(PhantomData<C>);
impl<F: Future<Output = Result<T, Exception<E>>>, T, E, C: ConvertError<E>> MemberPolicy<F> for GroupMember<C> {
    type Field = T;
    type Failure = Exception<C::Error>;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: MemberId) -> Result<T, Self::Failure> {
        output.map_err(Exception::convert::<C>)
    }
    fn interrupted(why: Abort, id: MemberId) -> Result<T, Self::Failure> {
        Err(Exception::of(id, why.into(), None))
    }
    const IS_GROUP: bool = true;
}

/// The same under `return_exceptions`.
pub struct ReturnedGroup<C, S = ()>(PhantomData<(C, S)>);
impl<C: ConvertError<E>, E> NeedsFinder for ReturnedGroup<C, FinderUnknown<E>> {
    type Error = C::Error;
    type By<S> = ReturnedGroup<C, S>;
}
impl<A: NeedsFinder> NeedsFinder for AdoptedPolicy<A> {
    type Error = A::Error;
    type By<S> = AdoptedPolicy<A::By<S>>;
}
impl<F: Future<Output = Result<T, Exception<E>>>, T, E, C: ConvertError<E>, S: SourceFinder<C::Error>> MemberPolicy<F>
    for ReturnedGroup<C, S>
{
    type Field = Result<T, Exception<C::Error>>;
    type Failure = Infallible;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: MemberId) -> Result<Self::Field, Infallible> {
        Ok(output.map_err(|exception| exception.convert::<C>().or_source(S::FIND)))
    }
    fn interrupted(why: Abort, id: MemberId) -> Result<Self::Field, Infallible> {
        Ok(Err(Exception::of(id, why.into(), S::FIND)))
    }
    const RETURNS_EXCEPTIONS: bool = true;
    const IS_GROUP: bool = true;
    fn add_key(field: &mut Self::Field, key: impl FnOnce(&mut Member)) {
        add_key(field, key);
    }
}
