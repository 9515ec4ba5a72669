//! Who observes the task of a member. A task that nobody observes has a type without any of it: it is as large, and does as much, as
//! without the feature.

use std::future::Future;

use super::Outcome;
#[cfg(feature = "tracing")]
use super::TaskSpan;

/// Part of a task's type.
pub trait TaskObserver {
    /// The member's span is current until this is dropped.
    type Entered;
    /// The task is polled.
    fn poll(&mut self) -> Self::Entered;
    /// The task is dropped.
    fn enter(&mut self) -> Self::Entered;
    fn end(&mut self, outcome: impl FnOnce() -> Outcome);
}

/// Nobody.
pub struct Unobserved;

/// It is dropped like a span, but does nothing then.
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

/// A task that nobody observes, and that has not started.
pub trait Observable: Future<Output: Send + 'static> + Send + 'static {
    /// The same task with a span.
    #[cfg(feature = "tracing")]
    fn observed(self, span: TaskSpan) -> impl Future<Output = Self::Output> + Send + 'static;
}
