//! The items of a list, each of which becomes a task.

use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::vec;

use super::one::spawn;
use super::{At, Crew, CrewOf, Put};
use crate::dependency::{Dependencies, Readiness};
use crate::exception::Panic;
use crate::in_task::Enter;
use crate::in_task::{LIMIT_OF_ZERO, store};
use crate::member::MemberId;
use crate::observe::{Outcome, TaskSpan, TaskSpans};
use crate::policy::Record;
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};
use crate::spawn::batch::{self, ListSlot};
use crate::spawn::data::Home;
use crate::spawn::queue::{Next, Queue};
use crate::typing::syntax::PulledItems;
use crate::unwind::quietly;

/// A list that is there.
pub struct Tasks<I, K, A> {
    pub(super) items: I,
    kind: PhantomData<fn() -> (K, A)>,
}

impl<I, K, A> Tasks<I, K, A> {
    pub(crate) fn new(items: I) -> Self {
        Self { items, kind: PhantomData }
    }
}

/// A list that `create` makes once the gate is open.
pub struct LateTasks<G, C, T, K, A> {
    gate: G,
    create: C,
    kind: PhantomData<fn() -> (T, K, A)>,
}

impl<G, C, T, K, A> LateTasks<G, C, T, K, A> {
    pub(crate) fn new(gate: G, create: C) -> Self {
        Self { gate, create, kind: PhantomData }
    }
}

/// The slots of a list.
pub struct Item<L>(PhantomData<L>);

impl<S, T, L: At<S, Slots = ListSlot<T>>> Put<S> for Item<L> {
    type Field = T;
    fn put(slots: &mut S, item: usize, field: Option<T>) -> bool {
        let items = &mut L::at(slots).items;
        if items.len() <= item {
            items.resize_with(item + 1, || None);
        }
        items[item] = field;
        false
    }
}

/// What a queue's list is made of: never, where it is there from the start.
pub trait Create<I>: Send {
    fn create(self) -> I;
}

pub enum There {}
impl<I> Create<I> for There {
    fn create(self) -> I {
        match self {}
    }
}

pub struct ByClosure<C>(C);
impl<C: FnOnce() -> PulledItems<T> + Send, T> Create<vec::IntoIter<T>> for ByClosure<C> {
    fn create(self) -> vec::IntoIter<T> {
        (self.0)().0.into_iter()
    }
}

impl<I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future>> Crew for Tasks<I, K, A>
where
    A::Field: Send + 'static,
{
    type Slots = ListSlot<A::Field>;
    type Fields = Vec<A::Field>;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Self::Slots {
        ListSlot::new()
    }
    fn fields(slots: Self::Slots) -> Vec<A::Field> {
        slots.into_fields()
    }
}

impl<G, C, T, K: Enter<T>, A: MemberPolicy<K::Future>> Crew for LateTasks<G, C, T, K, A>
where
    A::Field: Send + 'static,
{
    type Slots = ListSlot<A::Field>;
    type Fields = Vec<A::Field>;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Self::Slots {
        ListSlot::new()
    }
    fn fields(slots: Self::Slots) -> Vec<A::Field> {
        slots.into_fields()
    }
}

impl<I, K, A, D, L> CrewOf<D, L> for Tasks<I, K, A>
where
    I: Iterator + Send + 'static,
    K: Enter<I::Item> + 'static,
    K::Future: Send + 'static,
    A: MemberPolicy<K::Future> + 'static,
    A::Field: Send + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = ListSlot<A::Field>> + 'static,
{
    const WAITS: bool = false;
    type Queue = QueuedTasks<I, K, A, (), There, D, Item<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        batch::start::<I, K, A, D, L>(self.items, data, *position);
        QueuedTasks::new(None, None, data, position)
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        QueuedTasks::new(None, Some(self.items), data, position)
    }
}

impl<G, C, T, K, A, D, L> CrewOf<D, L> for LateTasks<G, C, T, K, A>
where
    G: Dependencies + Send + 'static,
    C: FnOnce() -> PulledItems<T> + Send + 'static,
    T: Send + 'static,
    K: Enter<T> + 'static,
    K::Future: Send + 'static,
    A: MemberPolicy<K::Future> + 'static,
    A::Field: Send + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = ListSlot<A::Field>> + 'static,
{
    const WAITS: bool = true;
    type Queue = QueuedTasks<vec::IntoIter<T>, K, A, G, ByClosure<C>, D, Item<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        self.queue(data, position)
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        self.queue_as(data, position)
    }
}

impl<G, C, T, K, A> LateTasks<G, C, T, K, A> {
    pub(super) fn queue_as<D: Home, P>(
        self,
        data: &Arc<D>,
        position: &mut usize,
    ) -> QueuedTasks<vec::IntoIter<T>, K, A, G, ByClosure<C>, D, P> {
        QueuedTasks::new(Some((self.gate, ByClosure(self.create))), None, data, position)
    }
}

/// The items that have not started.
pub struct QueuedTasks<I, K, A, G, C, D, P> {
    /// Empty once the list is there.
    create: Option<(G, C)>,
    /// Empty before that, and once it has ended.
    items: Option<I>,
    started: usize,
    data: Arc<D>,
    spans: TaskSpans,
    /// Of the list as a whole, as long as it is not there.
    span: TaskSpan,
    position: usize,
    kind: PhantomData<fn() -> (K, A, P)>,
}

impl<I, K, A, G, C, D: Home, P> QueuedTasks<I, K, A, G, C, D, P> {
    pub(super) fn new(create: Option<(G, C)>, items: Option<I>, data: &Arc<D>, position: &mut usize) -> Self {
        let data = Arc::clone(data);
        let spans = data.spans();
        let mut span = spans.member(&MemberId { names: data.names(), position: *position, item: None }, true);
        if create.is_none() {
            span.forget();
        }
        let queued = Self { create, items, started: 0, data, spans, span, position: *position, kind: PhantomData };
        *position += 1;
        queued
    }
}

impl<I, K, A, G, C, D, P> QueuedTasks<I, K, A, G, C, D, P>
where
    I: Iterator,
    K: Enter<I::Item>,
    D: Home,
    P: Put<D::Slots, Field = A::Field>,
    A: MemberPolicy<K::Future>,
    D::GroupPolicy: Record<A::Failure>,
{
    /// The next item does not start; or the list as a whole, which is not there.
    fn interrupt(&mut self, why: Abort, whole: bool) {
        let item = self.started;
        self.started += 1;
        let place = MemberId { names: self.data.names(), position: self.position, item: (!whole).then_some(item) };
        let mut span = if whole { self.span.take() } else { self.spans.member(&place, true) };
        span.end(|| Outcome::from(&why));
        self.data.report(
            || None,
            A::interrupted(why, place),
            place,
            |slots, field| {
                // Others may wait for the list: it has this one field.
                let opened = whole && P::expect(slots, 1);
                P::put(slots, item, field) || opened
            },
        );
    }
}

impl<I, K, A, G, C, D, P> Queue for QueuedTasks<I, K, A, G, C, D, P>
where
    I: Iterator + Send,
    K: Enter<I::Item>,
    K::Future: Send + 'static,
    G: Dependencies + Send,
    C: Create<I>,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    A: MemberPolicy<K::Future> + 'static,
    D::GroupPolicy: Record<A::Failure>,
{
    fn start_next(&mut self) -> Next {
        if let Some((gate, _)) = &self.create {
            let readiness = gate.readiness();
            if readiness == Readiness::Waiting {
                return Next::Waiting;
            }
            let Some((_, create)) = self.create.take() else { return Next::None };
            if readiness == Readiness::Failed {
                quietly(|| drop(create));
                self.interrupt(Abort::Skipped, true);
                return Next::Skipped;
            }
            match catch_unwind(AssertUnwindSafe(|| create.create())) {
                Ok(items) => {
                    let (count, _) = items.size_hint();
                    self.items = Some(items);
                    self.span.forget();
                    self.data.expect(|slots| P::expect(slots, count));
                }
                Err(payload) => {
                    self.interrupt(Abort::Panicked(Panic::from_payload(payload)), true);
                    return Next::Skipped;
                }
            }
        }
        let Some(items) = &mut self.items else { return Next::None };
        match catch_unwind(AssertUnwindSafe(|| items.next().map(K::enter))) {
            Ok(Some(future)) => {
                if !self.data.admits() {
                    drop(future);
                    // To where the group is made: nothing has started, so nobody else starts items. There it is reported.
                    resume_unwind(Box::new(LIMIT_OF_ZERO));
                }
                let item = self.started;
                self.started += 1;
                let adopted = K::stopper(&future);
                let place = MemberId { names: self.data.names(), position: self.position, item: Some(item) };
                let span = self.spans.member(&place, true);
                spawn::<K::Future, A, D, P>(store!(future), adopted, span, &self.data, self.position, Some(item));
                Next::Started
            }
            Ok(None) => {
                let items = self.items.take();
                quietly(|| drop(items));
                Next::None
            }
            Err(payload) => {
                let items = self.items.take();
                quietly(|| drop(items));
                self.interrupt(Abort::Panicked(Panic::from_payload(payload)), false);
                // Those behind it never come: who waits for the list must not wait for them.
                let started = self.started;
                self.data.expect(|slots| P::expect(slots, started));
                Next::Skipped
            }
        }
    }

    fn stop(&mut self, why: StopReason) {
        if let Some(create) = self.create.take() {
            quietly(|| drop(create));
            return self.interrupt(why.into(), true);
        }
        let Some(items) = self.items.take() else { return };
        let known = catch_unwind(AssertUnwindSafe(|| items.size_hint()));
        quietly(|| drop(items));
        match known {
            Ok((rest, Some(most))) if rest == most && A::FILLS_UNSTARTED => {
                (0..rest).for_each(|_| self.interrupt(why.into(), false));
            }
            Ok(_) => {}
            // As where the next item panics.
            Err(payload) => self.interrupt(Abort::Panicked(Panic::from_payload(payload)), false),
        }
    }

    fn discard(&mut self, outcome: Outcome) {
        self.span.end(|| outcome);
    }
}
