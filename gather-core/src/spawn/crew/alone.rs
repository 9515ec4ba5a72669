//! A list that is all of its group.

use std::marker::PhantomData;
use std::sync::Arc;

use super::{At, Crew, CrewOf};
use crate::in_task::Enter;
use crate::policy::MemberPolicy;
use crate::policy::Record;
use crate::spawn::batch::{self, ListSlot};
use crate::spawn::data::Home;
use crate::spawn::queue::Empty;

/// Its items are started as they are pulled, and not collected before: nothing else is evaluated in between.
pub struct TasksAlone<I, K, A> {
    items: I,
    kind: PhantomData<fn() -> (K, A)>,
}

impl<I, K, A> TasksAlone<I, K, A> {
    pub(crate) fn new(items: I) -> Self {
        Self { items, kind: PhantomData }
    }
}

impl<I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future>> Crew for TasksAlone<I, K, A>
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

impl<I, K, A, D, L> CrewOf<D, L> for TasksAlone<I, K, A>
where
    I: Iterator,
    K: Enter<I::Item>,
    K::Future: Send + 'static,
    A: MemberPolicy<K::Future> + 'static,
    A::Field: Send + 'static,
    D: Home,
    D::GroupPolicy: Record<A::Failure>,
    L: At<D::Slots, Slots = ListSlot<A::Field>>,
{
    const WAITS: bool = false;
    type Queue = Empty;

    fn start(self, data: &Arc<D>, position: &mut usize) -> Empty {
        batch::start::<I, K, A, D, L>(self.items, data, *position);
        Empty
    }

    fn queue(self, _: &Arc<D>, _: &mut usize) -> Empty {
        unreachable!("the expansion makes it where there is no limit")
    }
}
