//! One member that becomes a task.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use super::{At, Crew, CrewOf, Put};
use crate::dependency::{Dependencies, Readiness};
use crate::in_task::{Stored, stored};
use crate::member::MemberId;
use crate::observe::{self, Outcome, TaskSpan};
use crate::policy::AbortAdopted;
use crate::policy::Record;
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};
use crate::spawn::data::{Home, StopMember};
use crate::spawn::queue::{Next, Queue};
use crate::spawn::task::{Member, Seat};
use crate::unwind::quietly;

/// Its future, how it is stopped where that is not by dropping it, and what it waits for.
pub struct Task<F, A, G> {
    pub(super) future: Stored<F>,
    pub(super) adopted: Option<AbortAdopted>,
    pub(super) gate: G,
    kind: PhantomData<fn() -> A>,
}

impl<F, A, G> Task<F, A, G> {
    pub(crate) fn new(future: Stored<F>, adopted: Option<AbortAdopted>, gate: G) -> Self {
        Self { future, adopted, gate, kind: PhantomData }
    }
}

/// The slot of a member.
pub struct One<L>(PhantomData<L>);

impl<S, T, L: At<S, Slots = Option<T>>> Put<S> for One<L> {
    type Field = T;
    fn put(slots: &mut S, _: usize, field: Option<T>) -> bool {
        *L::at(slots) = field;
        false
    }
}

impl<F: Future, A: MemberPolicy<F>, G> Crew for Task<F, A, G>
where
    A::Field: Send + 'static,
{
    type Slots = Option<A::Field>;
    type Fields = A::Field;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Self::Slots {
        None
    }
    fn fields(slots: Self::Slots) -> A::Field {
        slots.unwrap_or_else(|| unreachable!("every member has reported"))
    }
}

impl<F, A, G, D, L> CrewOf<D, L> for Task<F, A, G>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    A::Field: Send + 'static,
    G: Dependencies + Send + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = Option<A::Field>> + 'static,
{
    const WAITS: bool = !G::ALWAYS_OPEN;
    type Queue = QueuedTask<F, A, G, D, One<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        start(self, data, position)
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        queue(self, data, position, true)
    }
}

/// Starts it unless it waits for others.
pub(super) fn start<F, A, G, D, P>(
    task: Task<F, A, G>,
    data: &Arc<D>,
    position: &mut usize,
) -> QueuedTask<F, A, G, D, P>
where
    QueuedTask<F, A, G, D, P>: Queue,
    G: Dependencies,
    D: Home,
{
    let mut queued = queue(task, data, position, !G::ALWAYS_OPEN);
    if G::ALWAYS_OPEN {
        queued.start_next();
    }
    queued
}

/// `waits`: it may have to wait.
pub(super) fn queue<F, A, G, D: Home, P>(
    task: Task<F, A, G>,
    data: &Arc<D>,
    position: &mut usize,
    waits: bool,
) -> QueuedTask<F, A, G, D, P> {
    let place = MemberId { names: data.names(), position: *position, item: None };
    let span = data.spans().member(&place, waits);
    let queued = QueuedTask { task: Some(task), span, data: Arc::clone(data), position: *position, put: PhantomData };
    *position += 1;
    queued
}

/// A queue of one.
pub struct QueuedTask<F, A, G, D, P> {
    /// Empty once it has started.
    task: Option<Task<F, A, G>>,
    /// Goes with it.
    span: TaskSpan,
    data: Arc<D>,
    position: usize,
    put: PhantomData<fn() -> P>,
}

impl<F, A, G, D, P> QueuedTask<F, A, G, D, P>
where
    F: Future,
    A: MemberPolicy<F>,
    D: Home,
    P: Put<D::Slots, Field = A::Field>,
    D::GroupPolicy: Record<A::Failure>,
{
    /// It does not start.
    fn interrupt(&mut self, why: Abort) {
        let task = self.task.take();
        quietly(|| drop(task));
        self.span.end(|| Outcome::from(&why));
        let place = MemberId { names: self.data.names(), position: self.position, item: None };
        self.data.report(|| None, A::interrupted(why, place), place, |slots, field| P::put(slots, 0, field));
    }
}

impl<F, A, G, D, P> Queue for QueuedTask<F, A, G, D, P>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    G: Dependencies + Send,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    D::GroupPolicy: Record<A::Failure>,
{
    fn start_next(&mut self) -> Next {
        let Some(task) = &self.task else { return Next::None };
        match task.gate.readiness() {
            Readiness::Waiting => Next::Waiting,
            Readiness::Failed => {
                self.interrupt(Abort::Skipped);
                Next::Skipped
            }
            Readiness::Ready => {
                if let Some(Task { future, adopted, .. }) = self.task.take() {
                    let span = self.span.take();
                    spawn::<F, A, D, P>(future, adopted, span, &self.data, self.position, None);
                }
                Next::Started
            }
        }
    }

    fn stop(&mut self, why: StopReason) {
        if self.task.is_some() {
            self.interrupt(why.into());
        }
    }

    fn discard(&mut self, outcome: Outcome) {
        self.span.end(|| outcome);
    }
}

/// Spawns one member.
pub(super) fn spawn<F, A, D, P>(
    future: Stored<F>,
    adopted: Option<AbortAdopted>,
    mut span: TaskSpan,
    data: &Arc<D>,
    position: usize,
    item: Option<usize>,
) where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    D::GroupPolicy: Record<A::Failure>,
{
    let seat = Seat::<A::Field, A::Failure>::take::<D, P>(data, position, item);
    let number = seat.number();
    let place = MemberId { names: data.names(), position, item };
    span.start(|| A::key_of_new(stored(&future)));
    let name = observe::task_name(place, || A::key_of_new(stored(&future)));
    let task = observe::spawn(data.runtime(), name, Member::<F, A>::new(future, span, seat));
    data.register(number, StopMember::of(task.abort_handle(), adopted));
}
