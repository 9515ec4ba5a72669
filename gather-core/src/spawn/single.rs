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
use crate::observe::{NoSpan, Outcome, TaskSpan};
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
        let membership = Membership::<G, P>::next(group, position);
        // Where nobody observes, the compiler is to see nothing of spans: it copies the future once more else.
        if D::ALWAYS_OPEN && launching.plain {
            return membership.spawn::<F, A>(self.future, self.adopted, None, NoSpan);
        }
        #[cfg(feature = "tracing")]
        if D::ALWAYS_OPEN && !launching.limited {
            return start_observed(self, &membership, launching);
        }
        let span = launching.spans.member(membership.position, None, true);
        let Self { future, adopted, dependencies, .. } = self;
        let member = Some((future, adopted, dependencies));
        launching.pending.push(PendingOne { member, span, membership, policy: PhantomData::<fn() -> A> });
    }
}

#[cfg(feature = "tracing")]
#[cold]
#[inline(never)]
fn start_observed<F, A, D, S, G, P>(member: SpawnOne<F, A, D, S>, membership: &Membership<G, P>, launching: &Launching)
where
    F: Future + Send + 'static,
    A: MemberPolicy<F> + 'static,
    S: FieldStorage<Item = A::Field> + Send + 'static,
    G: TypedGroup<GroupPolicy: Record<A::Failure>>,
    P: StoragePath<G::Storage, Storage = S> + 'static,
{
    let Some(span) = launching.spans.member(membership.position, None, false).observed() else {
        unreachable!("a group that is not plain has spans");
    };
    membership.spawn::<F, A>(member.future, member.adopted, None, span);
}

/// A single member that waits for its dependencies, or for a permit.
struct PendingOne<F, A, D, G, P> {
    /// Empty once it has started, or will not start.
    member: Option<(Stored<F>, Option<AbortAdopted>, D)>,
    span: TaskSpan,
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
    #[cfg(feature = "tracing")]
    #[cold]
    #[inline(never)]
    fn start_observed(&mut self)
    where
        F: Send + 'static,
        A: 'static,
    {
        let Some((future, adopted, _)) = self.member.take() else { return };
        let Some(span) = self.span.take().observed() else { unreachable!("the caller has seen the span") };
        self.membership.spawn::<F, A>(future, adopted, None, span);
    }

    fn interrupt(&mut self, why: Abort) {
        let Some(member) = self.member.take() else { return };
        quietly(|| drop(member));
        self.membership.interrupt::<F, A>(why, None, self.span.take());
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
        let Some((_, _, dependencies)) = &self.member else { return StartResult::Ended };
        match dependencies.readiness() {
            Readiness::Waiting => StartResult::Blocked,
            Readiness::Failed => {
                self.interrupt(Abort::Skipped);
                StartResult::Skipped
            }
            Readiness::Ready => {
                #[cfg(feature = "tracing")]
                if self.span.is_on() {
                    self.start_observed();
                    return StartResult::Started;
                }
                if let Some((future, adopted, _)) = self.member.take() {
                    self.membership.spawn::<F, A>(future, adopted, None, NoSpan);
                }
                StartResult::Started
            }
        }
    }

    fn interrupt_rest(&mut self, why: StopReason) {
        self.interrupt(why.into());
    }

    fn discard(&mut self, outcome: Outcome) {
        self.span.end(|| outcome);
    }
}
