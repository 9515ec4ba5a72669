//! The members of a spawned group: how they start, and where each puts its field.

mod alone;
mod depended;
mod list;
mod one;

use std::marker::PhantomData;
use std::sync::Arc;

pub use alone::TasksAlone;
pub use depended::Shared;
pub use list::{LateTasks, Tasks};
pub use one::Task;

use super::queue::{Chain, Empty, Queue};
use crate::in_task::{Nil, Pair};

/// A member, a list of members, or several of these.
pub trait Crew {
    /// A place for each field.
    type Slots: Send + 'static;
    type Fields;
    /// Its members, lists counted as one.
    const MEMBERS: usize;
    fn slots(&self) -> Self::Slots;
    /// Once every member has one.
    fn fields(slots: Self::Slots) -> Self::Fields;
}

/// A crew in the group `D`, whose slots are at `L` in the group's.
pub trait CrewOf<D, L>: Crew {
    /// Some of it waits for other members.
    const WAITS: bool;
    type Queue: Queue + 'static;
    /// Starts all that wait for nobody; the others are left. `position` is that of the first member, and is moved behind the
    /// last.
    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue;
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

/// Where the field of one member or item goes.
pub trait Put<S> {
    type Field;
    /// `None`: it failed. `true`: members that waited for it may start.
    fn put(slots: &mut S, item: usize, field: Option<Self::Field>) -> bool;
    /// A list has so many items. `true`: as above.
    fn expect(_slots: &mut S, _items: usize) -> bool {
        false
    }
}

impl Crew for Nil {
    type Slots = ();
    type Fields = ();
    const MEMBERS: usize = 0;
    fn slots(&self) {}
    fn fields((): ()) {}
}

impl<D, L> CrewOf<D, L> for Nil {
    const WAITS: bool = false;
    type Queue = Empty;
    fn start(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
}

impl<A: Crew, B: Crew> Crew for Pair<A, B> {
    type Slots = (A::Slots, B::Slots);
    type Fields = (A::Fields, B::Fields);
    const MEMBERS: usize = A::MEMBERS + B::MEMBERS;
    fn slots(&self) -> Self::Slots {
        (self.a.slots(), self.b.slots())
    }
    fn fields((a, b): Self::Slots) -> Self::Fields {
        (A::fields(a), B::fields(b))
    }
}

impl<D, L, A: CrewOf<D, Left<L>>, B: CrewOf<D, Right<L>>> CrewOf<D, L> for Pair<A, B> {
    const WAITS: bool = A::WAITS || B::WAITS;
    type Queue = Chain<A::Queue, B::Queue>;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let a = self.a.start(data, position);
        Chain(a, self.b.start(data, position))
    }

    fn queue(self, data: &Arc<D>, position: &mut usize) -> Self::Queue {
        let a = self.a.queue(data, position);
        Chain(a, self.b.queue(data, position))
    }
}

impl<R> Crew for InvalidTask<R> {
    type Slots = ();
    type Fields = R;
    const MEMBERS: usize = 1;
    fn slots(&self) {}
    fn fields((): ()) -> R {
        unreachable!("it does not compile")
    }
}

impl<R, D, L> CrewOf<D, L> for InvalidTask<R> {
    const WAITS: bool = false;
    type Queue = Empty;
    fn start(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        Empty
    }
}

/// Stands in a spawned group where a member was rejected.
pub struct InvalidTask<R>(PhantomData<fn() -> R>);

impl<R> InvalidTask<R> {
    pub(crate) const NEW: Self = Self(PhantomData);
}
