//! A list whose items all start at once.
//!
//! To the state machine it is one member: it takes one seat, is told to stop as a whole, and leaves when its last item has ended.
//! Until then the field of an item is the output of its task, where tokio keeps it anyway. So an item costs its group an `Arc`
//! that is cloned and dropped, and the list one vector of task handles.

mod fields;
mod item;
mod picking;

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;

pub use fields::{Fields, Unseen};
use item::Item;
use picking::{Picking, PickingTask};

use super::crew::At;
use super::data::{Home, Hub, StopMember};
use crate::exception::Panic;
use crate::in_task::Enter;
use crate::member::{MemberId, MemberNames};
use crate::observe::{self, Outcome};
use crate::policy::Record;
use crate::policy::{Abort, MemberPolicy};
use crate::unwind::quietly;

/// The slot of a list. An item's field is in one of the three.
pub struct ListSlot<T> {
    /// Of items that were started one by one.
    pub(super) items: Vec<Option<T>>,
    /// Of a batch that has ended.
    whole: Vec<T>,
    /// Of one that has not.
    batch: Option<Unseen<T>>,
}

impl<T> ListSlot<T> {
    pub(super) const fn new() -> Self {
        Self { items: Vec::new(), whole: Vec::new(), batch: None }
    }

    pub(super) fn into_fields(self) -> Vec<T> {
        let mut fields = self.whole;
        fields.extend(self.items.into_iter().flatten());
        fields
    }
}

/// One by one, since each may panic.
fn drop_each<T>(fields: Vec<T>) {
    for field in fields {
        quietly(|| drop(field));
    }
}

type Report<T, X> = fn(&dyn Hub, Result<Vec<T>, X>, MemberId, &mut dyn FnMut() -> Option<usize>);

/// What the tasks of a batch share. Each has an [`Arc`] of it and nobody else: who has the last one is the last to end.
///
/// As with the [`Seat`](super::task::Seat) of a single member, what the group is made of is not in its type.
struct Batch<T, X> {
    hub: Arc<dyn Hub>,
    fields: Arc<Fields<T>>,
    /// Items have failed, or the batch is complete. It leaves where the seat is asked for.
    report: Report<T, X>,
    seat: usize,
    names: MemberNames,
    position: usize,
}

/// Starts all items that there are. The iterator's own panic is the caller's, after the items were told to stop.
pub(super) fn start<I, K, A, D, L>(items: I, data: &Arc<D>, position: usize)
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
    let mut items = items;
    let tasks = catch_unwind(AssertUnwindSafe(|| Vec::with_capacity(items.size_hint().0)));
    let mut tasks = tasks.unwrap_or_else(|payload| {
        data.cancel();
        resume_unwind(payload)
    });
    let mut adopted = Vec::new();
    let fields = Arc::new(Fields::new());
    data.expect(|slots| {
        L::at(slots).batch = Some(Unseen(Arc::clone(&fields)));
        false
    });
    let seat = data.enter();
    let batch = Arc::new(Batch::<A::Field, A::Failure> {
        hub: Arc::clone(data) as Arc<dyn Hub>,
        fields: Arc::clone(&fields),
        report: report::<D, L, A::Field, A::Failure>,
        seat,
        names: data.names(),
        position,
    });
    let spans = data.spans();
    let (broken, unpulled) = loop {
        let item = match catch_unwind(AssertUnwindSafe(|| items.next())) {
            Ok(Some(item)) => item,
            Ok(None) => break (None, None),
            Err(payload) => break (None, Some(payload)),
        };
        match catch_unwind(AssertUnwindSafe(|| K::enter(item))) {
            Ok(future) => {
                adopted.extend(K::stopper(&future));
                let number = u32::try_from(tasks.len()).expect("fewer than 2^32 tasks fit into memory");
                let place = batch.place(tasks.len());
                let mut span = spans.member(&place, false);
                span.start(|| A::key_of_new(&future));
                let name = observe::task_name(place, || A::key_of_new(&future));
                let item = Item::<K::Future, A>::new(future, Arc::clone(&batch), number, span);
                tasks.push(Some(observe::spawn(data.runtime(), name, item)));
            }
            Err(payload) => break (Some(Panic::from_payload(payload)), None),
        }
    };
    let count = tasks.len();
    fields.put(tasks, adopted);
    data.register(seat, StopMember::Batch(fields));
    match broken {
        None => drop(batch.leave(None)),
        Some(panic) => {
            quietly(|| drop(items));
            let place = batch.place(count);
            spans.member(&place, false).end(|| Outcome::Panicked);
            drop(batch.settled(count, A::interrupted(Abort::Panicked(panic), place), false));
        }
    }
    if let Some(payload) = unpulled {
        data.cancel();
        resume_unwind(payload);
    }
}

fn report<D, L, T, X>(
    hub: &dyn Hub,
    settled: Result<Vec<T>, X>,
    place: MemberId,
    leave: &mut dyn FnMut() -> Option<usize>,
) where
    D: Home,
    D::GroupPolicy: Record<X>,
    L: At<D::Slots, Slots = ListSlot<T>>,
{
    let Some(data) = hub.as_any().downcast_ref::<D>() else { unreachable!("a batch is started in its own group") };
    data.report(leave, settled, place, |slots, fields| {
        if let Some(fields) = fields {
            L::at(slots).whole = fields;
        }
        false
    });
}

impl<T: Send + 'static, X: 'static> Batch<T, X> {
    fn place(&self, item: usize) -> MemberId {
        MemberId { names: self.names, position: self.position, item: Some(item) }
    }

    /// An item has ended and is dropped. Gives back the field that is to be the output of its task; without
    /// `outputs` it has none.
    fn settled(self: Arc<Self>, item: usize, settled: Result<T, X>, outputs: bool) -> Option<T> {
        match settled {
            Ok(field) if self.fields.is_unseen() => {
                quietly(|| drop(field));
                self.leave(None)
            }
            Ok(field) if outputs => self.leave(Some((item, field))),
            Ok(field) => {
                self.fields.keep(item, field);
                self.leave(None)
            }
            Err(failure) => {
                // Callbacks may run in it: the batch must not wait for it.
                self.fields.forget(item);
                let (hub, report, place) = (Arc::clone(&self.hub), self.report, self.place(item));
                let mut batch = Some(self);
                report(&*hub, Err(failure), place, &mut || Arc::into_inner(batch.take()?)?.leave_failed());
                None
            }
        }
    }

    /// With `own`, the item that leaves and its field: given back unless it was the last.
    fn leave(self: Arc<Self>, own: Option<(usize, T)>) -> Option<T> {
        let Some(batch) = Arc::into_inner(self) else { return own.map(|(_, field)| field) };
        match batch.fields.pick(own).now() {
            Ok(fields) => batch.complete(fields),
            Err(picking) => batch.wait_for(picking),
        }
        None
    }

    /// After a failure that was heard: the fields do not matter. Its seat, if nothing is left in it.
    fn leave_failed(self) -> Option<usize> {
        match self.fields.pick(None).now() {
            Ok(fields) => {
                drop_each(fields);
                Some(self.seat)
            }
            Err(picking) => {
                self.wait_for(picking);
                None
            }
        }
    }

    /// On some other thread the runtime is about to put an output where it belongs.
    fn wait_for(self, picking: Picking<T>) {
        let hub = Arc::clone(&self.hub);
        hub.runtime().spawn(PickingTask::new(picking, self));
    }

    fn complete(self, fields: Vec<T>) {
        let place = MemberId { names: self.names, position: self.position, item: None };
        let fields = if self.fields.is_unseen() {
            drop_each(fields);
            Vec::new()
        } else {
            fields
        };
        (self.report)(&*self.hub, Ok(fields), place, &mut || Some(self.seat));
    }
}
