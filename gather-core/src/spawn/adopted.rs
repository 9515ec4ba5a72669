//! Tasks and spawned groups that are members of another group, as futures.

use std::future::{Future, IntoFuture};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use tokio::task::{JoinHandle, unconstrained};

use super::group::{Group, GroupFuture};
use crate::exception::Panic;
use crate::in_task::Enter;
use crate::policy::{Abort, AbortAdopted, AbortGroup, Adopted};

/// A task, aborted when this is dropped.
pub struct AdoptedTask<T> {
    /// Empty once it was detached.
    handle: Option<JoinHandle<T>>,
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

/// The output of a future that may have ended. It is polled outside tokio's budget, and wakes nobody.
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
    abort: Arc<AbortGroup>,
}

impl<T, X> Future for AdoptedGroup<T, X> {
    type Output = Result<Result<T, X>, Abort>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.future)
            .poll(cx)
            .map(|outcome| if self.abort.has_aborted() { Err(Abort::Cancelled) } else { Ok(outcome) })
    }
}

impl<T: Send + 'static, X: Send + 'static> Adopted for AdoptedGroup<T, X> {
    type Value = Result<T, X>;
    fn stop(mut self: Pin<&mut Self>) -> Option<Self::Output> {
        // A group that has ended keeps its outcome.
        let output = output_of(self.as_mut());
        if output.is_none() {
            self.abort.abort();
        }
        output
    }
    fn detach(mut self: Pin<&mut Self>) -> Self {
        Self { future: self.future.detach(), abort: Arc::clone(&self.abort) }
    }
}

/// Enters by adoption: the task or group ends with its member.
pub struct AsAdopted;

impl<T> Enter<JoinHandle<T>> for AsAdopted {
    type Future = AdoptedTask<T>;
    type Item = JoinHandle<T>;
    fn enter(member: JoinHandle<T>) -> AdoptedTask<T> {
        AdoptedTask { handle: Some(member) }
    }
    fn abort_handle(future: &AdoptedTask<T>) -> Option<AbortAdopted> {
        future.handle.as_ref().map(|handle| AbortAdopted::Task(handle.abort_handle()))
    }
}

impl<T: Send + 'static, X: Send + 'static> Enter<Group<T, X>> for AsAdopted {
    type Future = AdoptedGroup<T, X>;
    type Item = Group<T, X>;
    fn enter(member: Group<T, X>) -> AdoptedGroup<T, X> {
        let abort = Arc::new(AbortGroup::new(member.canceller().into_inner()));
        AdoptedGroup { future: member.into_future(), abort }
    }
    fn abort_handle(future: &AdoptedGroup<T, X>) -> Option<AbortAdopted> {
        Some(AbortAdopted::Group(Arc::clone(&future.abort)))
    }
}
