//! What a spawned group and its tasks carry: a pointer each, which is null unless somebody listens.

use std::boxed::Box;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use super::in_task::Entered;
use super::observer::{Observable, SpawnWith, TaskObserver, Unobserved};
use super::rare::{Rare, rarely};
use super::spans::{GroupSpans, MemberSpan};
use super::{Labels, Outcome};
#[cfg(tokio_unstable)]
use crate::member::Member;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

/// The spans of a group, held by whatever starts members.
#[derive(Clone)]
pub struct TaskSpans(Rare<Arc<GroupSpans>>);

impl TaskSpans {
    /// Where the group is made.
    #[inline(always)]
    pub fn ask(labels: impl FnOnce() -> Labels, members: impl FnOnce() -> usize) -> Self {
        let enabled = tracing::level_enabled!(tracing::Level::DEBUG);
        Self(Rare(if enabled { GroupSpans::spawned(labels(), members()) } else { None }))
    }

    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.0.0.is_some()
    }

    /// `waits`: it may have to wait before it starts.
    #[inline(always)]
    pub fn member(&self, position: usize, item: Option<usize>, waits: bool) -> TaskSpan {
        TaskSpan(Rare(self.0.0.as_ref().map(|group| rarely(move || Box::new(group.member(position, item, waits))))))
    }
}

/// The span of one member, which it has from the start: if this is dropped, so was the member.
pub struct TaskSpan(Rare<Box<MemberSpan>>);

impl TaskSpan {
    #[inline(always)]
    pub fn is_on(&self) -> bool {
        self.0.0.is_some()
    }

    /// Moves the span out: none is left here.
    #[inline(always)]
    pub fn take(&mut self) -> Self {
        Self(Rare(self.0.0.take()))
    }

    #[inline(always)]
    pub fn end(&mut self, outcome: impl FnOnce() -> Outcome) {
        if let Some(member) = self.0.0.take() {
            rarely(|| member.end(outcome()));
        }
    }

    /// The span, if there is one.
    #[inline(always)]
    pub fn observed(mut self) -> Option<ObservedSpan> {
        self.0.0.take().map(ObservedSpan)
    }

    /// Ends the span without an outcome. It stood for a list that is there now, and was never a member itself.
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

impl SpawnWith for TaskSpan {
    #[inline(always)]
    fn spawn<M, F>(
        mut self,
        runtime: &Handle,
        member: M,
        unobserved: impl FnOnce(M::Task<Unobserved>) -> F,
    ) -> JoinHandle<M::Output>
    where
        M: Observable,
        F: Future<Output = M::Output> + Send + 'static,
    {
        match self.0.0.take() {
            Some(span) => spawn_observed(runtime, span, member),
            None => NoSpan.spawn(runtime, member, unobserved),
        }
    }
}

/// Of a member that nobody observes. What is handed this is compiled without spans.
pub struct NoSpan;

impl SpawnWith for NoSpan {
    #[inline(always)]
    fn spawn<M, F>(
        self,
        runtime: &Handle,
        member: M,
        unobserved: impl FnOnce(M::Task<Unobserved>) -> F,
    ) -> JoinHandle<M::Output>
    where
        M: Observable,
        F: Future<Output = M::Output> + Send + 'static,
    {
        start(runtime, TaskName::of(&member), unobserved(member.task(Unobserved)))
    }
}

/// Of a member that somebody observes. What is handed this is compiled with spans only.
pub struct ObservedSpan(Box<MemberSpan>);

impl SpawnWith for ObservedSpan {
    fn spawn<M, F>(self, runtime: &Handle, member: M, _: impl FnOnce(M::Task<Unobserved>) -> F) -> JoinHandle<M::Output>
    where
        M: Observable,
        F: Future<Output = M::Output> + Send + 'static,
    {
        spawn_observed(runtime, self.0, member)
    }
}

/// The span is handed over by value: the compiler keeps in memory whatever has its address handed out, also where nobody observes.
#[cold]
#[inline(never)]
fn spawn_observed<M: Observable>(runtime: &Handle, mut span: Box<MemberSpan>, member: M) -> JoinHandle<M::Output> {
    span.open(|| member.key());
    let name = TaskName::of(&member);
    // The type of the task is erased: else all that tokio has for a type of task would be compiled a second time.
    let task: Pin<Box<dyn Future<Output = M::Output> + Send>> = Box::pin(member.task(TaskSpan(Rare(Some(span)))));
    start(runtime, name, task)
}

/// The name of a task, for tokio-console: with `--cfg tokio_unstable` only, and where somebody may listen to what tokio says.
struct TaskName(#[cfg(tokio_unstable)] Option<Member>);

impl TaskName {
    #[inline(always)]
    #[cfg_attr(not(tokio_unstable), allow(unused_variables, reason = "there is no name"))]
    fn of(member: &impl Observable) -> Self {
        Self(
            #[cfg(tokio_unstable)]
            tracing::level_enabled!(tracing::Level::TRACE).then(|| member.id().member_of_key(member.key())),
        )
    }
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
