//! Who observes the task of a member. A task that nobody observes has a type without any of it: it is as large, and does as much, as
//! without the feature.

use std::future::Future;

use tokio::runtime::Handle;
use tokio::task::JoinHandle;

#[cfg(feature = "tracing")]
use super::KeyText;
use super::Outcome;
#[cfg(all(feature = "tracing", tokio_unstable))]
use crate::member::MemberId;

/// Who observes a task. It is part of the task's type.
pub trait TaskObserver {
    /// The member's span is current until this is dropped.
    type Entered;
    /// The task is polled.
    fn poll(&mut self) -> Self::Entered;
    /// The task is dropped.
    fn enter(&mut self) -> Self::Entered;
    fn end(&mut self, outcome: impl FnOnce() -> Outcome);
}

/// Nobody observes the task.
pub struct Unobserved;

/// Stands for the current span of a task that nobody observes. Dropping it does nothing.
pub struct NotEntered;

impl TaskObserver for Unobserved {
    type Entered = NotEntered;
    #[inline(always)]
    fn poll(&mut self) -> NotEntered {
        NotEntered
    }
    #[inline(always)]
    fn enter(&mut self) -> NotEntered {
        NotEntered
    }
    #[inline(always)]
    fn end(&mut self, _: impl FnOnce() -> Outcome) {}
}

/// A member that becomes a task.
pub trait Observable: Sized {
    type Output: Send + 'static;
    type Task<O: TaskObserver + Send + 'static>: Future<Output = Self::Output> + Send + 'static;
    #[cfg(all(feature = "tracing", tokio_unstable))]
    fn id(&self) -> MemberId;
    #[cfg(feature = "tracing")]
    fn key(&self) -> KeyText;
    fn task<O: TaskObserver + Send + 'static>(self, observer: O) -> Self::Task<O>;
}

/// The span of a member, or none, with which its task is started.
pub trait SpawnWith {
    /// Where nobody observes the member, its task is what `unobserved` makes of it, and knows nothing of spans.
    fn spawn<M, F>(
        self,
        runtime: &Handle,
        member: M,
        unobserved: impl FnOnce(M::Task<Unobserved>) -> F,
    ) -> JoinHandle<M::Output>
    where
        M: Observable,
        F: Future<Output = M::Output> + Send + 'static;
}
