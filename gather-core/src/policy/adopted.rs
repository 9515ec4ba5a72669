//! Members that run already: a `JoinHandle<T>` as a member that gives `T`, and a spawned group as one that gives its outcome.

use std::future::{Future, Ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::AbortHandle;

use super::abort::{Interruption, Stop};
use super::member::{Convert, FindSources, Never, Settle, Unfound, convert_exception, tell};
use crate::exception::{Exception, Source};
use crate::member::{Member, Place};

/// It belongs to the group: it ends when its member is dropped, and can be told to.
pub trait Adopted: Future<Output = Result<Self::Value, Interruption>> + Sized {
    type Value;
    /// Tells it to stop, unless it has ended: what it gave then, which nobody had asked for so far.
    fn stop(self: Pin<&mut Self>) -> Option<Self::Output>;
    /// Leaves nothing behind.
    fn detach(self: Pin<&mut Self>) -> Self;
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

/// Cancels an adopted group, and remembers it: its `Cancelled` is then the owner's.
pub struct StopGroup {
    group: Arc<dyn Cancel>,
    told: AtomicBool,
}

/// A spawned group without its types.
pub trait Cancel: Send + Sync {
    fn cancel(&self) -> bool;
    fn is_done(&self) -> bool;
    fn is_cancelled(&self) -> bool;
}

impl StopGroup {
    pub(crate) fn new(group: Arc<dyn Cancel>) -> Self {
        Self { group, told: AtomicBool::new(false) }
    }

    pub(crate) fn stop(&self) {
        self.told.store(true, Ordering::Relaxed);
        self.group.cancel();
    }

    pub(crate) fn has_stopped(&self) -> bool {
        self.told.load(Ordering::Relaxed) && self.group.is_cancelled()
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
        output.map_err(convert_exception::<C, E>)
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
        Ok(output.map_err(|exception| convert_exception::<C, E>(exception).or_source(S::FIND)))
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
