//! Members that run already: a `JoinHandle<T>` as a member that gives `T`, and a spawned group as one that gives its outcome.

use std::future::{Future, IntoFuture, Ready};
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use tokio::task::{AbortHandle, JoinHandle, unconstrained};

use crate::policy::Stop;
use crate::exception::{Exception, Panic, Source};
use crate::member::{Member, Place};
use crate::policy::{Convert, FindSources, Interruption, Never, Settle, Unfound, tell};
use crate::spawn::{Canceller, Group, GroupFuture};

/// It belongs to the group: it ends when its member is dropped, and can be told to.
pub trait Adopted: Future<Output = Result<Self::Value, Interruption>> + Sized {
    type Value;
    /// Tells it to stop, unless it has ended: what it gave then, which nobody had asked for so far.
    fn stop(self: Pin<&mut Self>) -> Option<Self::Output>;
    /// Leaves nothing behind.
    fn detach(self: Pin<&mut Self>) -> Self;
    /// For a group that stops its members otherwise than by dropping them.
    fn stopper(&self) -> StopAdopted;
}

/// How an adopted member is told to stop.
pub enum StopAdopted {
    Task(AbortHandle),
    Group(Arc<StopGroup>),
}

impl StopAdopted {
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
    type Output = Result<T, Interruption>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let Some(handle) = &mut self.handle else { return Poll::Pending };
        Pin::new(handle).poll(cx).map_err(|e| match e.try_into_panic() {
            Ok(payload) => Interruption::Panicked(Panic::from_payload(payload)),
            Err(_) => Interruption::Cancelled,
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
    fn stopper(&self) -> StopAdopted {
        match &self.handle {
            Some(handle) => StopAdopted::Task(handle.abort_handle()),
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
    stopper: Arc<StopGroup>,
}

/// Cancels an adopted group, and remembers it: its `Cancelled` is then the owner's.
pub struct StopGroup {
    group: Canceller,
    told: AtomicBool,
}

impl StopGroup {
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
        let stopper = StopGroup { group: group.canceller(), told: AtomicBool::new(false) };
        Self { future: group.into_future(), stopper: Arc::new(stopper) }
    }
}

impl<T, X> Future for AdoptedGroup<T, X> {
    type Output = Result<Result<T, X>, Interruption>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.future)
            .poll(cx)
            .map(|outcome| if self.stopper.has_stopped() { Err(Interruption::Cancelled) } else { Ok(outcome) })
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
    fn stopper(&self) -> StopAdopted {
        StopAdopted::Group(Arc::clone(&self.stopper))
    }
}

/// An adopted member, its own output treated as `A` treats one.
pub struct Adopt<A>(PhantomData<A>);

impl<F: Adopted, A: Settle<Ready<F::Value>>> Settle<F> for Adopt<A> {
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(output: Result<F::Value, Interruption>, place: Place) -> Result<A::Field, A::Failure> {
        match output {
            Ok(output) => A::settle(output, place),
            Err(why) => A::interrupted(why, place),
        }
    }
    fn settle_stopped(output: F::Output, place: Place, why: Stop) -> Result<A::Field, A::Failure> {
        match output {
            Err(Interruption::Cancelled) => A::interrupted(why.into(), place),
            output => <Self as Settle<F>>::settle(output, place),
        }
    }
    fn interrupted(why: Interruption, place: Place) -> Result<A::Field, A::Failure> {
        A::interrupted(why, place)
    }
    const KEEPS: bool = A::KEEPS;
    const HAS_ABSENT: bool = A::HAS_ABSENT;
    const HANDS_ON: bool = A::HANDS_ON;
    fn tell(field: &mut A::Field, key: impl FnOnce(&mut Member)) {
        A::tell(field, key);
    }
    fn stop(future: Pin<&mut F>) -> Option<F::Output> {
        Adopted::stop(future)
    }
    fn detach(future: Pin<&mut F>) -> Option<F> {
        Some(Adopted::detach(future))
    }
}

/// A `?` member that is a spawned group: its exception is handed on as it is.
pub struct HandOn<C>(PhantomData<C>);
impl<F: Future<Output = Result<T, Exception<E>>>, T, E, C: Convert<E>> Settle<F> for HandOn<C> {
    type Field = T;
    type Failure = Exception<C::Error>;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: Place) -> Result<T, Self::Failure> {
        output.map_err(Exception::convert::<C>)
    }
    fn interrupted(why: Interruption, place: Place) -> Result<T, Self::Failure> {
        Err(Exception::of(place, why.into(), None))
    }
    const HANDS_ON: bool = true;
}

/// The same under `return_exceptions`.
pub struct KeepHanded<C, S = ()>(PhantomData<(C, S)>);
impl<C: Convert<E>, E> FindSources for KeepHanded<C, Unfound<E>> {
    type Error = C::Error;
    type By<S> = KeepHanded<C, S>;
}
impl<A: FindSources> FindSources for Adopt<A> {
    type Error = A::Error;
    type By<S> = Adopt<A::By<S>>;
}
impl<F: Future<Output = Result<T, Exception<E>>>, T, E, C: Convert<E>, S: Source<C::Error>> Settle<F>
    for KeepHanded<C, S>
{
    type Field = Result<T, Exception<C::Error>>;
    type Failure = Never;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: Place) -> Result<Self::Field, Never> {
        Ok(output.map_err(|exception| exception.convert::<C>().or_source(S::FIND)))
    }
    fn interrupted(why: Interruption, place: Place) -> Result<Self::Field, Never> {
        Ok(Err(Exception::of(place, why.into(), S::FIND)))
    }
    const KEEPS: bool = true;
    const HANDS_ON: bool = true;
    fn tell(field: &mut Self::Field, key: impl FnOnce(&mut Member)) {
        tell(field, key);
    }
}
