//! What a spawned group and its tasks carry: a pointer each, which is null unless somebody listens.

use std::boxed::Box;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::in_task::Entered;
use super::observer::{Observable, TaskObserver};
use super::rare::{Rare, rarely};
use super::spans::{GroupSpans, MemberSpan};
use super::{KeyText, Labels, Outcome};
#[cfg(tokio_unstable)]
use crate::member::Member;
use crate::member::MemberId;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// The spans of a group, held by whatever starts members.
#[derive(Clone)]
pub struct TaskSpans(Rare<Arc<GroupSpans>>);

impl TaskSpans {
    pub const NONE: Self = Self(Rare(None));

    /// Where the group is made.
    #[inline(always)]
    pub fn ask(labels: impl FnOnce() -> Labels, members: impl FnOnce() -> usize) -> Self {
        let enabled = tracing::level_enabled!(tracing::Level::DEBUG);
        Self(Rare(if enabled { GroupSpans::spawned(labels(), members()) } else { None }))
    }

    /// `waits`: it may have to wait before it starts.
    #[inline(always)]
    pub fn member(&self, place: &MemberId, waits: bool) -> TaskSpan {
        TaskSpan(Rare(
            self.0.0.as_ref().map(|group| rarely(|| Box::new(group.member(place.position, place.item, waits)))),
        ))
    }
}

/// The span of one member, which it has from the start: if this is dropped, so was the member.
pub struct TaskSpan(Rare<Box<MemberSpan>>);

impl TaskSpan {
    /// What has it now has it no more.
    #[inline(always)]
    pub fn take(&mut self) -> Self {
        Self(Rare(self.0.0.take()))
    }

    /// It becomes a task.
    #[inline(always)]
    pub fn start(&mut self, key: impl FnOnce() -> KeyText) {
        if let Some(member) = &mut self.0.0 {
            rarely(|| {
                member.open(key);
            });
        }
    }

    #[inline(always)]
    pub fn end(&mut self, outcome: impl FnOnce() -> Outcome) {
        if let Some(member) = self.0.0.take() {
            rarely(|| member.end(outcome()));
        }
    }

    /// It was never a member: the list in whose place it stood is there.
    #[inline(always)]
    pub fn forget(&mut self) {
        if let Some(member) = self.0.0.take() {
            rarely(|| member.forget());
        }
    }
}

/// The task of a member that somebody observes.
impl TaskObserver for TaskSpan {
    type Entered = Entered;

    fn poll(&mut self) -> Entered {
        if let Some(member) = &mut self.0.0 {
            member.polled();
        }
        self.enter()
    }

    fn enter(&mut self) -> Entered {
        Entered(Rare(self.0.0.as_mut().map(|member| Box::new(member.enter(|| None)))))
    }

    fn end(&mut self, outcome: impl FnOnce() -> Outcome) {
        TaskSpan::end(self, outcome);
    }
}

/// What a task is called, for tokio-console: with `--cfg tokio_unstable` only, and where somebody may listen to what tokio says.
pub struct TaskName(#[cfg(tokio_unstable)] Option<Member>);

#[inline(always)]
#[cfg_attr(not(tokio_unstable), allow(unused_variables, reason = "there is no name"))]
pub fn task_name(place: MemberId, key: impl FnOnce() -> KeyText) -> TaskName {
    TaskName(
        #[cfg(tokio_unstable)]
        tracing::level_enabled!(tracing::Level::TRACE).then(|| place.member_of_key(key())),
    )
}

/// Starts the task of a member. If nobody observes it, that is what `unobserved` makes of it, and it knows nothing of spans.
#[inline(always)]
pub fn spawn<M, F>(
    runtime: &Handle,
    name: TaskName,
    span: TaskSpan,
    member: M,
    unobserved: impl FnOnce(M) -> F,
) -> JoinHandle<M::Output>
where
    M: Observable,
    F: Future<Output = M::Output> + Send + 'static,
{
    if span.0.0.is_some() {
        // Here and not out of line: the compiler keeps in memory whatever has its address handed out, also where nobody observes.
        return spawn_observed(runtime, name, Box::pin(member.observed(span)));
    }
    start(runtime, name, unobserved(member))
}

/// The type of the task is erased: else all that tokio has for a type of task would be compiled a second time.
#[cold]
#[inline(never)]
fn spawn_observed<T: Send + 'static>(
    runtime: &Handle,
    name: TaskName,
    task: Pin<Box<dyn Future<Output = T> + Send>>,
) -> JoinHandle<T> {
    start(runtime, name, task)
}

#[inline(always)]
#[cfg_attr(not(tokio_unstable), allow(unused_variables, clippy::needless_pass_by_value, reason = "there is no name"))]
fn start<F>(runtime: &Handle, name: TaskName, future: F) -> JoinHandle<F::Output>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    #[cfg(tokio_unstable)]
    if let Some(member) = name.0 {
        let task = tokio::task::Builder::new().name(&member.to_string()).spawn_on(future, runtime);
        return task.unwrap_or_else(|error| panic!("the task of member `{member}` does not start: {error}"));
    }
    runtime.spawn(future)
}
