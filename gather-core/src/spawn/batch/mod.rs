//! A list whose items all start at once.
//!
//! To the state of the group it is one task: it is added, aborted and released as a whole, when the last item has ended. Until then
//! the output of an item stays in its tokio task, which has a place for it anyway. So an item costs its group one clone of an `Arc`,
//! and the list one vector of task handles.

mod collect;
mod tasks;

use std::convert::identity;
use std::marker::PhantomData;
use std::sync::Arc;

use collect::{CollectOutputs, CollectTask};
use tasks::{BatchStorage, ItemTasks};

use super::abort::AbortMember;
use super::list::{Existing, SpawnList};
use super::members::{Launching, Membership, Publish, SpawnIn, SpawnTree};
use super::shared::{ErasedGroup, TypedGroup};
use super::storage::{SharedList, StoragePath};
use super::task::{NewTask, Report};
use crate::dependency::DependencyCell;
use crate::in_task::{Enter, task};
use crate::member::{MemberId, MemberNames};
use crate::observe::{Outcome, SpawnWith as _, TaskSpans};
use crate::policy::{Abort, MemberPolicy, Record};
use crate::unwind::{catch, quietly};

/// A list that starts as a batch. Where it is the only member, its items are not collected before they start.
pub struct SpawnBatch<I, K, A> {
    items: I,
    kind: PhantomData<fn() -> (K, A)>,
}

impl<I, K, A> SpawnBatch<I, K, A> {
    pub(crate) fn new(items: I) -> Self {
        Self { items, kind: PhantomData }
    }
}

impl<I, K, A, C> Publish<C> for SpawnBatch<I, K, A>
where
    I: Iterator,
    K: Enter<I::Item>,
    A: MemberPolicy<K::Future>,
    C: DependencyCell<Field = Vec<A::Field>>,
{
    type Published = SpawnList<Existing<I>, K, A, SharedList<A::Field, C>>;
    fn publish(self, cell: &Arc<C>) -> Self::Published {
        SpawnList::published(Existing(self.items), cell)
    }
}

impl<I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future, Field: Send + 'static>> SpawnTree
    for SpawnBatch<I, K, A>
{
    type Storage = BatchStorage<A::Field>;
    type Fields = Vec<A::Field>;
    const MEMBERS: usize = 1;
    fn storage(&self) -> Self::Storage {
        BatchStorage::new()
    }
    fn into_fields(storage: Self::Storage) -> Vec<A::Field> {
        storage.into_outputs()
    }
}

impl<I, K, A, G, P> SpawnIn<G, P> for SpawnBatch<I, K, A>
where
    I: Iterator,
    K: Enter<I::Item, Future: Send + 'static>,
    A: MemberPolicy<K::Future, Field: Send + 'static> + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage = BatchStorage<A::Field>>,
{
    const HAS_DEPENDANTS: bool = false;
    /// The expansion has no batch under a limit.
    fn start(self, group: &Arc<G>, position: &mut usize, launching: &mut Launching) {
        start::<I, K, A, G, P>(self.items, &Membership::next(group, position), &launching.spans);
    }
}

type ReportBatch<T, X> = fn(&dyn ErasedGroup, Result<Vec<T>, X>, MemberId, &mut dyn FnMut() -> Option<usize>);

/// The part that the tasks of a batch share. Each of them has an [`Arc`] of it, and nothing else has: the task that drops the last one is
/// the last to end.
///
/// The types of the group are erased, as in [`MemberReport`](super::task::MemberReport).
struct Batch<T, X> {
    group: Arc<dyn ErasedGroup>,
    tasks: Arc<ItemTasks<T>>,
    /// Reports the outputs of all items, or the failure of one. The last argument is that of [`TypedGroup::report`].
    report: ReportBatch<T, X>,
    /// The number of the batch among the tasks of the group.
    task: usize,
    names: MemberNames,
    position: usize,
}

/// Starts all items. A panic of the iterator goes on to the caller, after the items were aborted.
fn start<I, K, A, G, P>(mut items: I, membership: &Membership<G, P>, spans: &TaskSpans)
where
    I: Iterator,
    K: Enter<I::Item, Future: Send + 'static>,
    A: MemberPolicy<K::Future, Field: Send + 'static> + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage = BatchStorage<A::Field>>,
{
    let group = &*membership.group;
    let mut handles = catch(|| Vec::with_capacity(items.size_hint().0)).unwrap_or_else(|panic| {
        group.cancel();
        panic.resume()
    });
    let mut adopted = Vec::new();
    let tasks = Arc::new(ItemTasks::new());
    group.change_storage(|all| {
        P::storage(all).begin(&tasks);
        false
    });
    let task = group.add_task();
    let batch = Arc::new(Batch::<A::Field, A::Failure> {
        group: Arc::clone(&membership.group) as Arc<dyn ErasedGroup>,
        tasks: Arc::clone(&tasks),
        report: report_to::<G, P, A::Field, A::Failure>,
        task,
        names: group.names(),
        position: membership.position,
    });
    let (item_panic, iterator_panic) = loop {
        let item = match catch(|| items.next()) {
            Ok(Some(item)) => item,
            Ok(None) => break (None, None),
            Err(panic) => break (None, Some(panic)),
        };
        match catch(|| K::enter(item)) {
            Ok(future) => {
                adopted.extend(K::abort_handle(&future));
                let item = u32::try_from(handles.len()).expect("fewer than 2^32 tasks fit into memory");
                let span = spans.member(batch.position, Some(handles.len()), false);
                let report = ItemReport { batch: Arc::clone(&batch), item };
                let task = NewTask::<_, _, A, _>::new(future, report);
                handles.push(Some(span.spawn(group.runtime(), task, identity)));
            }
            Err(panic) => break (Some(panic), None),
        }
    };
    let started = handles.len();
    tasks.set(handles, adopted);
    group.register(task, AbortMember::Batch(tasks));
    match item_panic {
        None => drop(batch.end(None)),
        Some(panic) => {
            quietly(|| drop(items));
            spans.member(batch.position, Some(started), false).end(|| Outcome::Panicked);
            let output = A::settle(Err(Abort::Panicked(panic)), batch.id(started));
            drop(batch.end_item(started, output, false));
        }
    }
    if let Some(panic) = iterator_panic {
        group.cancel();
        panic.resume();
    }
}

/// Finds the types of the group again.
fn report_to<G, P, T, X>(
    group: &dyn ErasedGroup,
    outputs: Result<Vec<T>, X>,
    id: MemberId,
    ended: &mut dyn FnMut() -> Option<usize>,
) where
    G: TypedGroup<GroupPolicy: Record<X>>,
    P: StoragePath<G::Storage, Storage = BatchStorage<T>>,
{
    let Some(group) = group.as_any().downcast_ref::<G>() else { unreachable!("a batch reports to its own group") };
    group.report(ended, outputs, id, |all, outputs| {
        if let Some(outputs) = outputs {
            P::storage(all).end(outputs);
        }
        false
    });
}

/// The report of one item to its batch.
///
/// It is as small as possible: tokio rounds the size of a task up, to 128 bytes on most machines.
struct ItemReport<T, X> {
    batch: Arc<Batch<T, X>>,
    item: u32,
}

impl<T: Send + 'static, X: 'static> Report<T, X> for ItemReport<T, X> {
    /// `None`: the output is elsewhere, or nobody will see it.
    type Output = Option<T>;

    fn group(&self) -> &Arc<dyn ErasedGroup> {
        &self.batch.group
    }

    fn id(&self) -> MemberId {
        self.batch.id(self.item as usize)
    }

    fn report(self, output: Result<T, X>, returns: bool) -> Option<T> {
        self.batch.end_item(self.item as usize, output, returns)
    }
}

impl<T: Send + 'static, X: 'static> Batch<T, X> {
    fn id(&self, item: usize) -> MemberId {
        MemberId { names: self.names, position: self.position, item: Some(item) }
    }

    /// An item has ended and is dropped. Gives the output back if it is to be that of its task: not without `returns`.
    fn end_item(self: Arc<Self>, item: usize, output: Result<T, X>, returns: bool) -> Option<T> {
        match output {
            Ok(output) if self.tasks.is_discarded() => {
                quietly(|| drop(output));
                self.end(None)
            }
            Ok(output) if returns => self.end(Some((item, output))),
            Ok(output) => {
                self.tasks.put_output(item, output);
                self.end(None)
            }
            Err(failure) => {
                // Callbacks may run in its task: the batch must not wait for it.
                self.tasks.remove(item);
                let (group, report, id) = (Arc::clone(&self.group), self.report, self.id(item));
                let mut batch = Some(self);
                report(&*group, Err(failure), id, &mut || Arc::into_inner(batch.take()?)?.end_failed());
                None
            }
        }
    }

    /// An item, or the start of the batch, has ended: `own` is its number and output. Gives the output back, unless that was the
    /// last.
    fn end(self: Arc<Self>, own: Option<(usize, T)>) -> Option<T> {
        let Some(batch) = Arc::into_inner(self) else { return own.map(|(_, output)| output) };
        match batch.tasks.collect(own).now() {
            Ok(outputs) => batch.complete(outputs),
            Err(outputs) => batch.wait_for(outputs),
        }
        None
    }

    /// The last item has failed, and the group knows. Gives the number of the batch, if its tasks are gone.
    fn end_failed(self) -> Option<usize> {
        match self.tasks.collect(None).now() {
            Ok(outputs) => {
                drop_each(outputs);
                Some(self.task)
            }
            Err(outputs) => {
                self.wait_for(outputs);
                None
            }
        }
    }

    /// On some other thread the runtime is about to store an output.
    fn wait_for(self, outputs: CollectOutputs<T>) {
        let group = Arc::clone(&self.group);
        group.runtime().spawn(task(CollectTask::new(outputs, self)));
    }

    fn complete(self, outputs: Vec<T>) {
        let id = MemberId { names: self.names, position: self.position, item: None };
        let outputs = if self.tasks.is_discarded() {
            drop_each(outputs);
            Vec::new()
        } else {
            outputs
        };
        (self.report)(&*self.group, Ok(outputs), id, &mut || Some(self.task));
    }
}

/// Drops outputs one by one, since each destructor may panic.
fn drop_each<T>(outputs: Vec<T>) {
    for output in outputs {
        quietly(|| drop(output));
    }
}
