//! Members that others depend on: their fields go where the others see them.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;
use std::vec;

use super::InvalidTask;
use super::list::{ByClosure, LateTasks, QueuedTasks, Tasks, There};
use super::one::{self, QueuedTask, Task};
use super::{At, Crew, CrewOf, Put};
use crate::dependency::{Dependencies, DependencyCell};
use crate::in_task::Enter;
use crate::policy::MemberPolicy;
use crate::policy::Record;
use crate::spawn::data::Home;
use crate::spawn::queue::{Empty, Queue};
use crate::typing::syntax::PulledItems;

/// `N`, its field in `S`.
pub struct Shared<N, S> {
    part: N,
    store: Arc<S>,
}

impl<N, S> Shared<N, S> {
    pub(crate) fn new(part: N, store: &Arc<S>) -> Self {
        Self { part, store: Arc::clone(store) }
    }
}

impl<R, S> Crew for Shared<InvalidTask<R>, S> {
    type Slots = ();
    type Fields = R;
    const MEMBERS: usize = 1;
    fn slots(&self) {}
    fn fields((): ()) -> R {
        unreachable!("it does not compile")
    }
}

impl<R, S, D, L> CrewOf<D, L> for Shared<InvalidTask<R>, S> {
    const WAITS: bool = false;
    type Queue = Empty;
    fn start(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
}

fn take<S: DependencyCell>(store: Arc<S>) -> S::Field {
    match Arc::into_inner(store) {
        Some(store) => store.into_field(),
        None => unreachable!("all who waited for it have been dropped"),
    }
}

/// The slot of one such member.
pub struct SharedOne<L>(PhantomData<L>);

impl<S, T: DependencyCell, L: At<S, Slots = Arc<T>>> Put<S> for SharedOne<L> {
    type Field = T::Field;
    fn put(slots: &mut S, _: usize, field: Option<T::Field>) -> bool {
        L::at(slots).store(field);
        true
    }
}

impl<F: Future, A: MemberPolicy<F>, G, S> Crew for Shared<Task<F, A, G>, S>
where
    S: DependencyCell<Field = A::Field> + Send + Sync + 'static,
{
    type Slots = Arc<S>;
    type Fields = A::Field;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Arc<S> {
        Arc::clone(&self.store)
    }
    fn fields(slots: Arc<S>) -> A::Field {
        take(slots)
    }
}

impl<F, A, G, S, D, L> CrewOf<D, L> for Shared<Task<F, A, G>, S>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    G: Dependencies + Send + 'static,
    S: DependencyCell<Field = A::Field> + Send + Sync + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = Arc<S>> + 'static,
{
    const WAITS: bool = !G::ALWAYS_OPEN;
    type Queue = QueuedTask<F, A, G, D, SharedOne<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        one::start(self.part, data, position)
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        one::queue(self.part, data, position, true)
    }
}

/// The fields of such a list, until it has all.
pub struct ItemsOf<T, S> {
    items: Vec<Option<T>>,
    ended: usize,
    /// Not known before it is made.
    expected: Option<usize>,
    store: Arc<S>,
}

impl<T, S: DependencyCell<Field = Vec<T>>> ItemsOf<T, S> {
    fn check(&mut self) -> bool {
        let complete = self.expected == Some(self.ended);
        if complete {
            // `None` where an item failed.
            self.store.store(std::mem::take(&mut self.items).into_iter().collect());
        }
        complete
    }
}

/// The slots of one such list.
pub struct SharedItem<L>(PhantomData<L>);

impl<R, T: 'static, S: DependencyCell<Field = Vec<T>> + 'static, L: At<R, Slots = ItemsOf<T, S>>> Put<R>
    for SharedItem<L>
{
    type Field = T;
    fn put(slots: &mut R, item: usize, field: Option<T>) -> bool {
        let list = L::at(slots);
        if list.items.len() <= item {
            list.items.resize_with(item + 1, || None);
        }
        list.items[item] = field;
        list.ended += 1;
        list.check()
    }
    fn expect(slots: &mut R, items: usize) -> bool {
        let list = L::at(slots);
        list.expected = Some(items);
        list.check()
    }
}

impl<T, K: Enter<T>, A: MemberPolicy<K::Future>, S> Crew for Shared<Tasks<vec::IntoIter<T>, K, A>, S>
where
    A::Field: Send + 'static,
    S: DependencyCell<Field = Vec<A::Field>> + Send + Sync + 'static,
{
    type Slots = ItemsOf<A::Field, S>;
    type Fields = Vec<A::Field>;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Self::Slots {
        let expected = Some(self.part.items.len());
        let mut slots = ItemsOf { items: Vec::new(), ended: 0, expected, store: Arc::clone(&self.store) };
        slots.check();
        slots
    }
    fn fields(slots: Self::Slots) -> Vec<A::Field> {
        take(slots.store)
    }
}

impl<T, K, A, S, D, L> CrewOf<D, L> for Shared<Tasks<vec::IntoIter<T>, K, A>, S>
where
    T: Send + 'static,
    K: Enter<T> + 'static,
    K::Future: Send + 'static,
    A: MemberPolicy<K::Future> + 'static,
    A::Field: Send + 'static,
    S: DependencyCell<Field = Vec<A::Field>> + Send + Sync + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = ItemsOf<A::Field, S>> + 'static,
{
    const WAITS: bool = false;
    type Queue = QueuedTasks<vec::IntoIter<T>, K, A, (), There, D, SharedItem<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let mut queued = self.queue(data, position);
        while queued.start_next().is_progress() {}
        queued
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        QueuedTasks::new(None, Some(self.part.items), data, position)
    }
}

impl<G, C, T, K: Enter<T>, A: MemberPolicy<K::Future>, S> Crew for Shared<LateTasks<G, C, T, K, A>, S>
where
    A::Field: Send + 'static,
    S: DependencyCell<Field = Vec<A::Field>> + Send + Sync + 'static,
{
    type Slots = ItemsOf<A::Field, S>;
    type Fields = Vec<A::Field>;
    const MEMBERS: usize = 1;
    fn slots(&self) -> Self::Slots {
        ItemsOf { items: Vec::new(), ended: 0, expected: None, store: Arc::clone(&self.store) }
    }
    fn fields(slots: Self::Slots) -> Vec<A::Field> {
        take(slots.store)
    }
}

impl<G, C, T, K, A, S, D, L> CrewOf<D, L> for Shared<LateTasks<G, C, T, K, A>, S>
where
    G: Dependencies + Send + 'static,
    C: FnOnce() -> PulledItems<T> + Send + 'static,
    T: Send + 'static,
    K: Enter<T> + 'static,
    K::Future: Send + 'static,
    A: MemberPolicy<K::Future> + 'static,
    A::Field: Send + 'static,
    S: DependencyCell<Field = Vec<A::Field>> + Send + Sync + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = ItemsOf<A::Field, S>> + 'static,
{
    const WAITS: bool = true;
    type Queue = QueuedTasks<vec::IntoIter<T>, K, A, G, ByClosure<C>, D, SharedItem<L>>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        self.queue(data, position)
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        self.part.queue_as(data, position)
    }
}
