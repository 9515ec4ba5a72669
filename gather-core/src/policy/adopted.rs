//! Members that run already: a `JoinHandle<T>` as a member that gives `T`, and a spawned group as one that gives its outcome.

use std::convert::identity;
use std::future::{Future, Ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::AbortHandle;

use super::abort::{Abort, StopReason};
use super::member::{ConvertError, IntoException, MemberPolicy, NeedsFinder};
use crate::exception::{Exception, FindSource};
use crate::member::{Member, MemberId};
use crate::observe::Outcome;

/// A task or a group that ran before it became a member. It belongs to the group from then on: it ends when the member is dropped, or is told to stop.
pub trait Adopted: Future<Output = Result<Self::Value, Abort>> + Sized {
    type Value;
    /// Tells it to stop. Where it has ended already and nobody has asked for its output, that is given.
    fn stop(self: Pin<&mut Self>) -> Option<Self::Output>;
    /// Moves it out. What is left here is empty.
    fn detach(self: Pin<&mut Self>) -> Self;
}

/// Aborts an adopted member.
pub enum AbortAdopted {
    Task(AbortHandle),
    Group(Arc<AbortGroup>),
}

impl AbortAdopted {
    pub(crate) fn abort(&self) {
        match self {
            Self::Task(task) => task.abort(),
            Self::Group(group) => group.abort(),
        }
    }
}

/// Cancels an adopted group, and remembers that: the group's `Cancelled` is then due to its owner.
pub struct AbortGroup {
    group: Arc<dyn Cancel>,
    told: AtomicBool,
}

/// A spawned group without its types.
pub trait Cancel: Send + Sync {
    fn cancel(&self) -> bool;
    fn is_done(&self) -> bool;
    fn is_cancelled(&self) -> bool;
}

impl AbortGroup {
    pub(crate) fn new(group: Arc<dyn Cancel>) -> Self {
        Self { group, told: AtomicBool::new(false) }
    }

    pub(crate) fn abort(&self) {
        self.told.store(true, Ordering::Relaxed);
        self.group.cancel();
    }

    pub(crate) fn has_aborted(&self) -> bool {
        self.told.load(Ordering::Relaxed) && self.group.is_cancelled()
    }
}

/// The policy of an adopted member, whose own output is settled by `A`.
pub struct AdoptedPolicy<A>(PhantomData<A>);

impl<F: Adopted, A: MemberPolicy<Ready<F::Value>>> MemberPolicy<F> for AdoptedPolicy<A> {
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(ended: Result<F::Output, Abort>, id: MemberId) -> Result<A::Field, A::Failure> {
        A::settle(ended.and_then(identity), id)
    }
    fn stopped(output: F::Output, why: StopReason) -> Result<F::Output, Abort> {
        match output {
            Err(Abort::Cancelled) => Err(why.into()),
            output => Ok(output),
        }
    }
    fn outcome(settled: Result<&A::Field, &A::Failure>) -> Outcome {
        A::outcome(settled)
    }
    const RETURNS_EXCEPTIONS: bool = A::RETURNS_EXCEPTIONS;
    const FILLS_UNSTARTED: bool = A::FILLS_UNSTARTED;
    const MAY_FAIL: bool = A::MAY_FAIL;
    fn is_group_outcome(output: &F::Output) -> bool {
        output.as_ref().is_ok_and(A::is_group_outcome)
    }
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

/// The policy of a `?` member that is a spawned group: the group's exception becomes the outer group's, with the member that it names.
pub struct GroupMember<C>(PhantomData<C>);
impl<F: Future<Output = Result<T, Exception<E>>>, T, E, C: ConvertError<E>> MemberPolicy<F> for GroupMember<C> {
    type Field = T;
    type Failure = Exception<C::Error>;
    const CATCHES: bool = true;
    fn settle(ended: Result<F::Output, Abort>, id: MemberId) -> Result<T, Self::Failure> {
        let outcome = ended.map_err(|why| Exception::of(id, why.into(), None))?;
        outcome.map_err(|exception| exception.map_error(C::convert, C::source))
    }
    fn outcome(settled: Result<&T, &Self::Failure>) -> Outcome {
        settled.map_or_else(|exception| Outcome::from(&exception.kind), |_| Outcome::Ok)
    }
    fn is_group_outcome(_: &F::Output) -> bool {
        true
    }
}

impl<A: NeedsFinder> NeedsFinder for AdoptedPolicy<A> {
    type Error = A::Error;
    type By<S> = AdoptedPolicy<A::By<S>>;
}

/// The exception of a group has its member already.
impl<E> IntoException for Exception<E> {
    type Error = E;
    fn into_exception(self, _: MemberId, source: Option<FindSource<E>>) -> Self {
        self.or_source(source)
    }
}
