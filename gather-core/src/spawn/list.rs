//! A list whose items start one by one: under a limit, or because others depend on it, or because it depends on others. A list
//! without any of these is a [batch](super::batch).

use std::marker::PhantomData;
use std::mem::replace;
use std::panic::resume_unwind;
use std::sync::Arc;

use super::members::{Launching, Membership, Publish, SpawnIn, SpawnTree};
use super::pending::{PendingMember, StartResult};
use super::shared::TypedGroup;
use super::storage::{FieldStorage, OwnList, SharedList, StoragePath};
use crate::dependency::{Dependencies, DependencyCell, Readiness};
use crate::in_task::{Enter, LIMIT_OF_ZERO, store};
use crate::observe::{Outcome, TaskSpan, TaskSpans};
use crate::policy::{Abort, MemberPolicy, Record, StopReason, caught};
use crate::unwind::quietly;

/// A source of the items of a list.
pub trait SpawnSource: Send + 'static {
    type Items: Iterator + Send + 'static;
    /// The list exists from the start.
    const IS_THERE: bool;
    fn readiness(&self) -> Readiness;
    /// Runs user code.
    fn make(self) -> Self::Items;
}

/// A list that exists from the start.
pub struct Existing<I>(pub(crate) I);

impl<I: Iterator + Send + 'static> SpawnSource for Existing<I> {
    type Items = I;
    const IS_THERE: bool = true;
    fn readiness(&self) -> Readiness {
        Readiness::Ready
    }
    fn make(self) -> I {
        self.0
    }
}

/// A list that `make` makes when its dependencies are ready.
pub struct Deferred<D, C> {
    pub(crate) dependencies: D,
    pub(crate) make: C,
}

impl<D, C, L> SpawnSource for Deferred<D, C>
where
    D: Dependencies + Send + 'static,
    C: FnOnce() -> L + Send + 'static,
    L: IntoIterator<IntoIter: Send + 'static>,
{
    type Items = L::IntoIter;
    const IS_THERE: bool = false;
    fn readiness(&self) -> Readiness {
        self.dependencies.readiness()
    }
    fn make(self) -> L::IntoIter {
        (self.make)().into_iter()
    }
}

/// A list from the source `I`, whose items become futures by `K`; their outputs are settled by `A` and held by `S`.
pub struct SpawnList<I, K, A, S: FieldStorage> {
    source: I,
    cell: S::Cell,
    kind: PhantomData<fn() -> (K, A)>,
}

impl<I, K, A, S: FieldStorage<Cell = ()>> SpawnList<I, K, A, S> {
    pub(crate) fn new(source: I) -> Self {
        Self { source, cell: (), kind: PhantomData }
    }
}

impl<I, K, A, S: FieldStorage + Send + 'static> SpawnTree for SpawnList<I, K, A, S> {
    type Storage = S;
    type Fields = S::Field;
    const MEMBERS: usize = 1;
    fn storage(&self) -> S {
        S::new(&self.cell)
    }
    fn into_fields(storage: S) -> S::Field {
        storage.into_field()
    }
}

impl<I, K, A, T, C: DependencyCell<Field = Vec<T>>> Publish<C> for SpawnList<I, K, A, OwnList<T>> {
    type Published = SpawnList<I, K, A, SharedList<T, C>>;
    fn publish(self, cell: &Arc<C>) -> Self::Published {
        SpawnList::published(self.source, cell)
    }
}

impl<I, K, A, T, C: DependencyCell<Field = Vec<T>>> SpawnList<I, K, A, SharedList<T, C>> {
    pub(super) fn published(source: I, cell: &Arc<C>) -> Self {
        Self { source, cell: Arc::clone(cell), kind: PhantomData }
    }
}

impl<I, K, A, S, G, P> SpawnIn<G, P> for SpawnList<I, K, A, S>
where
    I: SpawnSource,
    K: Enter<<I::Items as Iterator>::Item, Future: Send + 'static> + 'static,
    A: MemberPolicy<K::Future> + 'static,
    S: FieldStorage<Item = A::Field> + Send + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage = S> + 'static,
{
    const HAS_DEPENDANTS: bool = !I::IS_THERE;

    fn start(self, group: &Arc<G>, position: &mut usize, launching: &mut Launching) {
        let membership = Membership::<G, P>::next(group, position);
        let mut list = PendingList::<I, K, A, G, P> {
            state: Unstarted::List(self.source),
            started: 0,
            waits: !I::IS_THERE || launching.limited,
            span: launching.spans.member(membership.position, None, true),
            spans: launching.spans.clone(),
            membership,
            kind: PhantomData,
        };
        if I::IS_THERE {
            list.make();
        }
        if I::IS_THERE && !launching.limited {
            while list.start_next().is_progress() {}
        } else {
            launching.pending.push(list);
        }
    }
}

/// The items that have not started.
struct PendingList<I: SpawnSource, K, A, G, P> {
    state: Unstarted<I>,
    started: usize,
    /// Whether items may have to wait before they start.
    waits: bool,
    /// The span of the list as a whole, as long as it is not made.
    span: TaskSpan,
    spans: TaskSpans,
    membership: Membership<G, P>,
    kind: PhantomData<fn() -> (K, A)>,
}

enum Unstarted<I: SpawnSource> {
    /// The list, which is not made.
    List(I),
    Items(I::Items),
    None,
}

impl<I, K, A, G, P> PendingList<I, K, A, G, P>
where
    I: SpawnSource,
    K: Enter<<I::Items as Iterator>::Item>,
    A: MemberPolicy<K::Future>,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>>,
{
    fn make(&mut self) {
        let Unstarted::List(source) = replace(&mut self.state, Unstarted::None) else { return };
        let items = source.make();
        let len = <P::Storage as FieldStorage>::NEEDS_LEN.then(|| items.size_hint().0);
        self.state = Unstarted::Items(items);
        self.span.forget();
        if let Some(len) = len {
            self.set_len(len);
        }
    }

    fn set_len(&self, len: usize) {
        if <P::Storage as FieldStorage>::NEEDS_LEN {
            self.membership.group.change_storage(|all| P::storage(all).set_len(len));
        }
    }

    /// Reports that the list is not made. It has no other report.
    fn interrupt_list(&mut self, why: Abort) {
        self.drop_items();
        // First, so that its dependants wait for no more than the report.
        self.set_len(1);
        self.started = 1;
        self.membership.interrupt::<K::Future, A>(why, None, self.span.take());
    }

    fn item_span(&self, item: usize) -> TaskSpan {
        self.spans.member(self.membership.position, Some(item), self.waits)
    }

    fn drop_items(&mut self) {
        let items = replace(&mut self.state, Unstarted::None);
        quietly(|| drop(items));
    }

    /// The next item does not start.
    fn interrupt_item(&mut self, why: Abort) {
        let item = self.started;
        self.started += 1;
        let span = self.item_span(item);
        self.membership.interrupt::<K::Future, A>(why, Some(item), span);
    }
}

impl<I, K, A, G, P> PendingMember for PendingList<I, K, A, G, P>
where
    I: SpawnSource,
    K: Enter<<I::Items as Iterator>::Item, Future: Send + 'static>,
    A: MemberPolicy<K::Future> + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>> + 'static,
{
    fn start_next(&mut self) -> StartResult {
        if let Unstarted::List(source) = &self.state {
            match source.readiness() {
                Readiness::Waiting => return StartResult::Blocked,
                Readiness::Failed => {
                    self.interrupt_list(Abort::Skipped);
                    return StartResult::Skipped;
                }
                Readiness::Ready => {}
            }
            if let Err(why) = caught(|| self.make()) {
                self.interrupt_list(why);
                return StartResult::Skipped;
            }
        }
        let Unstarted::Items(items) = &mut self.state else { return StartResult::Ended };
        match caught(|| items.next().map(K::enter)) {
            Ok(Some(future)) => {
                if !self.membership.group.allows_items() {
                    drop(future);
                    // Nothing has started, so no other thread starts items: this is where the group is launched, and reported there.
                    resume_unwind(Box::new(LIMIT_OF_ZERO));
                }
                let item = self.started;
                self.started += 1;
                let adopted = K::abort_handle(&future);
                let span = self.item_span(item);
                self.membership.spawn::<K::Future, A>(store!(future), adopted, Some(item), span);
                StartResult::Started
            }
            Ok(None) => {
                self.drop_items();
                StartResult::Ended
            }
            Err(why) => {
                self.drop_items();
                self.interrupt_item(why);
                // There are no further items: dependants must not wait for them.
                self.set_len(self.started);
                StartResult::Skipped
            }
        }
    }

    fn discard(&mut self, outcome: Outcome) {
        self.span.end(|| outcome);
    }

    fn interrupt_rest(&mut self, why: StopReason) {
        match replace(&mut self.state, Unstarted::None) {
            Unstarted::None => {}
            list @ Unstarted::List(_) => {
                self.state = list;
                self.interrupt_list(why.into());
            }
            Unstarted::Items(items) => {
                let len = caught(|| items.size_hint());
                quietly(|| drop(items));
                match len {
                    Ok((rest, Some(most))) if rest == most && A::FILLS_UNSTARTED => {
                        (0..rest).for_each(|_| self.interrupt_item(why.into()));
                    }
                    // Nobody knows how many items are left: they have no output.
                    Ok(_) => {}
                    // It counts as a panic of the next item.
                    Err(why) => self.interrupt_item(why),
                }
            }
        }
    }
}
