//! A single member: one future, which becomes one task.

use std::future::Future;
use std::marker::PhantomData;
use std::sync::Arc;

use super::members::{Launching, Membership, Publish, SpawnIn, SpawnTree};
use super::pending::{PendingMember, StartResult};
use super::shared::TypedGroup;
use super::storage::{FieldStorage, SharedField, StoragePath};
use crate::dependency::{Dependencies, DependencyCell, Readiness};
use crate::in_task::Stored;
use crate::observe::{Outcome, TaskSpan};
use crate::policy::{Abort, AbortAdopted, MemberPolicy, Record, StopReason};
use crate::unwind::quietly;

/// A member whose output is settled by `A` and held by `S`, and which starts when the dependencies `D` are ready.
pub struct SpawnOne<F, A, D, S: FieldStorage> {
    future: Stored<F>,
    /// How an adopted member is aborted: not by dropping it.
    adopted: Option<AbortAdopted>,
    dependencies: D,
    cell: S::Cell,
    policy: PhantomData<fn() -> A>,
}

impl<F, A, D, S: FieldStorage<Cell = ()>> SpawnOne<F, A, D, S> {
    pub(crate) fn new(future: Stored<F>, adopted: Option<AbortAdopted>, dependencies: D) -> Self {
        Self { future, adopted, dependencies, cell: (), policy: PhantomData }
    }
}

impl<F, A, D, S: FieldStorage, C: DependencyCell> Publish<C> for SpawnOne<F, A, D, S> {
    type Published = SpawnOne<F, A, D, SharedField<C>>;
    fn publish(self, cell: &Arc<C>) -> Self::Published {
        let Self { future, adopted, dependencies, policy, .. } = self;
        SpawnOne { future, adopted, dependencies, cell: Arc::clone(cell), policy }
    }
}

impl<F, A, D, S: FieldStorage + Send + 'static> SpawnTree for SpawnOne<F, A, D, S> {
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

impl<F, A, D, S, G, P> SpawnIn<G, P> for SpawnOne<F, A, D, S>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    D: Dependencies + Send + 'static,
    S: FieldStorage<Item = A::Field> + Send + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage = S> + 'static,
{
    const HAS_DEPENDANTS: bool = !D::ALWAYS_OPEN;

    fn start(self, group: &Arc<G>, position: &mut usize, launching: &mut Launching) {
        let Self { future, adopted, dependencies, .. } = self;
        let membership = Membership::<G, P>::next(group, position);
        if D::ALWAYS_OPEN && !launching.limited {
            let span = launching.spans.member(membership.position, None, false);
            membership.spawn::<F, A>(future, adopted, None, span);
        } else {
            let span = launching.spans.member(membership.position, None, true);
            let member = Some((future, adopted, dependencies, span));
            launching.pending.push(PendingOne { member, membership, policy: PhantomData::<fn() -> A> });
        }
    }
}

/// A single member that waits for its dependencies, or for a permit.
struct PendingOne<F, A, D, G, P> {
    /// Empty once it has started, or will not start.
    member: Option<(Stored<F>, Option<AbortAdopted>, D, TaskSpan)>,
    membership: Membership<G, P>,
    policy: PhantomData<fn() -> A>,
}

impl<F, A, D, G, P> PendingOne<F, A, D, G, P>
where
    F: Future,
    A: MemberPolicy<F>,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>>,
{
    fn interrupt(&mut self, why: Abort) {
        let Some((future, adopted, dependencies, span)) = self.member.take() else { return };
        quietly(|| drop((future, adopted, dependencies)));
        self.membership.interrupt::<F, A>(why, None, span);
    }
}

impl<F, A, D, G, P> PendingMember for PendingOne<F, A, D, G, P>
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    D: Dependencies + Send,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>> + 'static,
{
    fn start_next(&mut self) -> StartResult {
        let Some((_, _, dependencies, _)) = &self.member else { return StartResult::Ended };
        match dependencies.readiness() {
            Readiness::Waiting => StartResult::Blocked,
            Readiness::Failed => {
                self.interrupt(Abort::Skipped);
                StartResult::Skipped
            }
            Readiness::Ready => {
                if let Some((future, adopted, _, span)) = self.member.take() {
                    self.membership.spawn::<F, A>(future, adopted, None, span);
                }
                StartResult::Started
            }
        }
    }

    fn interrupt_rest(&mut self, why: StopReason) {
        self.interrupt(why.into());
    }

    fn discard(&mut self, outcome: Outcome) {
        if let Some((.., span)) = &mut self.member {
            span.end(|| outcome);
        }
    }
}
