//! The members of a spawned group: how they start, and where each puts its field.

use std::marker::PhantomData;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::data::{Home, StopMember, quietly};
use super::queue::{Chain, Empty, Queue};
use super::task::{Member, Seat};
use crate::deadline::Stop;
use crate::exception::Panic;
use crate::kinds::Enter;
use crate::member::Place;
use crate::mistakes::RejectedPart;
use crate::poll::{Nil, Pair};
use crate::settle::{Interruption, Settle};
use crate::verdict::Hear;

/// A member, a list of members, or several of these.
pub trait Crew {
    /// A place for each field.
    type Slots: Send + 'static;
    type Fields;
    fn slots(&self) -> Self::Slots;
    /// Once every member has one.
    fn fields(slots: Self::Slots) -> Self::Fields;
}

/// A crew in the group `D`, whose slots are at `L` in the group's.
pub trait CrewOf<D, L>: Crew {
    type Queue: Queue + 'static;
    /// Starts all. `position` is that of the first member, and is moved behind the last.
    fn start(self, data: &Arc<D>, position: &mut usize);
    /// Starts none: they wait for places.
    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue;
}

/// Where in the group's slots `S` a crew's slots are. Never a value.
pub trait At<S> {
    type Slots;
    fn at(slots: &mut S) -> &mut Self::Slots;
}

pub struct Whole;
pub struct Left<L>(PhantomData<L>);
pub struct Right<L>(PhantomData<L>);

impl<S> At<S> for Whole {
    type Slots = S;
    fn at(slots: &mut S) -> &mut S {
        slots
    }
}
impl<S, L: At<S, Slots = (A, B)>, A: 'static, B: 'static> At<S> for Left<L> {
    type Slots = A;
    fn at(slots: &mut S) -> &mut A {
        &mut L::at(slots).0
    }
}
impl<S, L: At<S, Slots = (A, B)>, A: 'static, B: 'static> At<S> for Right<L> {
    type Slots = B;
    fn at(slots: &mut S) -> &mut B {
        &mut L::at(slots).1
    }
}

/// The slot of one member or item.
pub trait Put<S> {
    type Field;
    fn slot(slots: &mut S, item: usize) -> &mut Option<Self::Field>;
}

pub struct One<L>(PhantomData<L>);
pub struct Item<L>(PhantomData<L>);

impl<S, T, L: At<S, Slots = Option<T>>> Put<S> for One<L> {
    type Field = T;
    fn slot(slots: &mut S, _: usize) -> &mut Option<T> {
        L::at(slots)
    }
}
impl<S, T, L: At<S, Slots = Vec<Option<T>>>> Put<S> for Item<L> {
    type Field = T;
    fn slot(slots: &mut S, item: usize) -> &mut Option<T> {
        let items = L::at(slots);
        if items.len() <= item {
            items.resize_with(item + 1, || None);
        }
        &mut items[item]
    }
}

/// Spawns one member.
fn spawn<M, K, D, P, A>(future: K::Future, data: &Arc<D>, position: usize, item: Option<usize>)
where
    K: Enter<M>,
    K::Future: Send + 'static,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    A: Settle<K::Future> + 'static,
    D::Verdict: Hear<A::Failure>,
{
    let adopted = K::stopper(&future);
    let seat = Seat::<D, P, A>::take(data, position, item);
    let number = seat.number();
    let task = data.runtime().spawn(Member::new(future, seat));
    data.register(number, adopted.unwrap_or_else(|| StopMember::Task(task.abort_handle())));
}

/// One member that becomes a task.
pub struct Task<M, K: Enter<M>, A> {
    future: K::Future,
    kind: PhantomData<fn() -> A>,
}

impl<M, K: Enter<M>, A> Task<M, K, A> {
    pub(crate) fn new(member: M) -> Self {
        Self { future: K::enter(member), kind: PhantomData }
    }
}

impl<M, K: Enter<M>, A: Settle<K::Future>> Crew for Task<M, K, A>
where
    A::Field: Send + 'static,
{
    type Slots = Option<A::Field>;
    type Fields = A::Field;
    fn slots(&self) -> Self::Slots {
        None
    }
    fn fields(slots: Self::Slots) -> A::Field {
        slots.unwrap_or_else(|| unreachable!("every member has reported"))
    }
}

impl<M, K, A, D, L> CrewOf<D, L> for Task<M, K, A>
where
    M: 'static,
    K: Enter<M> + 'static,
    K::Future: Send + 'static,
    A: Settle<K::Future> + 'static,
    A::Field: Send + 'static,
    D: Home,
    D::Verdict: Hear<A::Failure>,
    L: At<D::Slots, Slots = Option<A::Field>> + 'static,
{
    type Queue = QueuedTask<M, K, D, One<L>, A>;

    fn start(self, data: &Arc<D>, position: &mut usize) {
        spawn::<M, K, D, One<L>, A>(self.future, data, *position, None);
        *position += 1;
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let queued =
            QueuedTask { future: Some(self.future), data: Arc::clone(data), position: *position, kind: PhantomData };
        *position += 1;
        queued
    }
}

pub struct QueuedTask<M, K: Enter<M>, D, P, A> {
    future: Option<K::Future>,
    data: Arc<D>,
    position: usize,
    kind: PhantomData<fn() -> (P, A)>,
}

impl<M, K, D, P, A> Queue for QueuedTask<M, K, D, P, A>
where
    K: Enter<M>,
    K::Future: Send + 'static,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    A: Settle<K::Future> + 'static,
    D::Verdict: Hear<A::Failure>,
{
    fn start_next(&mut self) -> bool {
        let Some(future) = self.future.take() else { return false };
        spawn::<M, K, D, P, A>(future, &self.data, self.position, None);
        true
    }

    fn stop(&mut self, why: Stop) {
        if let Some(future) = self.future.take() {
            quietly(|| drop(future));
            let place = Place { names: self.data.names(), position: self.position, item: None };
            self.data.report(A::interrupted(why.into(), place), place, |slots| P::slot(slots, 0));
        }
    }
}

/// The items of a list, each of which becomes a task.
pub struct Tasks<I, K, A> {
    items: I,
    kind: PhantomData<fn() -> (K, A)>,
}

impl<I, K, A> Tasks<I, K, A> {
    pub(crate) fn new(items: I) -> Self {
        Self { items, kind: PhantomData }
    }
}

impl<I: Iterator, K: Enter<I::Item>, A: Settle<K::Future>> Crew for Tasks<I, K, A>
where
    A::Field: Send + 'static,
{
    type Slots = Vec<Option<A::Field>>;
    type Fields = Vec<A::Field>;
    fn slots(&self) -> Self::Slots {
        Vec::new()
    }
    fn fields(slots: Self::Slots) -> Vec<A::Field> {
        slots.into_iter().flatten().collect()
    }
}

impl<I, K, A, D, L> CrewOf<D, L> for Tasks<I, K, A>
where
    I: Iterator + Send + 'static,
    K: Enter<I::Item> + 'static,
    K::Future: Send + 'static,
    A: Settle<K::Future> + 'static,
    A::Field: Send + 'static,
    D: Home,
    D::Verdict: Hear<A::Failure>,
    L: At<D::Slots, Slots = Vec<Option<A::Field>>> + 'static,
{
    type Queue = QueuedTasks<I, K, D, Item<L>, A>;

    fn start(self, data: &Arc<D>, position: &mut usize) {
        for (item, member) in self.items.enumerate() {
            spawn::<I::Item, K, D, Item<L>, A>(K::enter(member), data, *position, Some(item));
        }
        *position += 1;
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let queued = QueuedTasks {
            items: Some(self.items),
            started: 0,
            data: Arc::clone(data),
            position: *position,
            kind: PhantomData,
        };
        *position += 1;
        queued
    }
}

pub struct QueuedTasks<I, K, D, P, A> {
    /// Empty once it has ended.
    items: Option<I>,
    started: usize,
    data: Arc<D>,
    position: usize,
    kind: PhantomData<fn() -> (K, P, A)>,
}

impl<I, K, D, P, A> QueuedTasks<I, K, D, P, A>
where
    I: Iterator,
    K: Enter<I::Item>,
    D: Home,
    P: Put<D::Slots, Field = A::Field>,
    A: Settle<K::Future>,
    D::Verdict: Hear<A::Failure>,
{
    /// The next item does not start.
    fn interrupt(&mut self, why: Interruption) {
        let item = self.started;
        self.started += 1;
        let place = Place { names: self.data.names(), position: self.position, item: Some(item) };
        self.data.report(A::interrupted(why, place), place, |slots| P::slot(slots, item));
    }
}

impl<I, K, D, P, A> Queue for QueuedTasks<I, K, D, P, A>
where
    I: Iterator + Send,
    K: Enter<I::Item>,
    K::Future: Send + 'static,
    D: Home,
    P: Put<D::Slots, Field = A::Field> + 'static,
    A: Settle<K::Future> + 'static,
    D::Verdict: Hear<A::Failure>,
{
    fn start_next(&mut self) -> bool {
        let Some(items) = &mut self.items else { return false };
        match catch_unwind(AssertUnwindSafe(|| items.next().map(K::enter))) {
            Ok(Some(future)) => {
                let item = self.started;
                self.started += 1;
                spawn::<I::Item, K, D, P, A>(future, &self.data, self.position, Some(item));
                true
            }
            Ok(None) => {
                self.items = None;
                false
            }
            Err(payload) => {
                let items = self.items.take();
                quietly(|| drop(items));
                self.interrupt(Interruption::Panicked(Panic::new(payload)));
                false
            }
        }
    }

    fn stop(&mut self, why: Stop) {
        let Some(items) = self.items.take() else { return };
        let known = items.size_hint();
        quietly(|| drop(items));
        if let (rest, Some(most)) = known
            && rest == most
        {
            (0..rest).for_each(|_| self.interrupt(why.into()));
        }
    }
}

impl Crew for Nil {
    type Slots = ();
    type Fields = ();
    fn slots(&self) {}
    fn fields((): ()) {}
}

impl<D, L> CrewOf<D, L> for Nil {
    type Queue = Empty;
    fn start(self, _: &Arc<D>, _: &mut usize) {}
    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
}

impl<A: Crew, B: Crew> Crew for Pair<A, B> {
    type Slots = (A::Slots, B::Slots);
    type Fields = (A::Fields, B::Fields);
    fn slots(&self) -> Self::Slots {
        (self.a.slots(), self.b.slots())
    }
    fn fields((a, b): Self::Slots) -> Self::Fields {
        (A::fields(a), B::fields(b))
    }
}

impl<D, L, A: CrewOf<D, Left<L>>, B: CrewOf<D, Right<L>>> CrewOf<D, L> for Pair<A, B> {
    type Queue = Chain<A::Queue, B::Queue>;

    fn start(self, data: &Arc<D>, position: &mut usize) {
        self.a.start(data, position);
        self.b.start(data, position);
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let a = self.a.queue(data, position);
        Chain(a, self.b.queue(data, position))
    }
}

impl<R> Crew for RejectedPart<R> {
    type Slots = ();
    type Fields = R;
    fn slots(&self) {}
    fn fields((): ()) -> R {
        unreachable!("it does not compile")
    }
}

impl<R, D, L> CrewOf<D, L> for RejectedPart<R> {
    type Queue = Empty;
    fn start(self, _: &Arc<D>, _: &mut usize) {}
    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
}
