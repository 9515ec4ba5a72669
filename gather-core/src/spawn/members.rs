//! The members of a spawned group, from the expansion to their start.

use std::marker::PhantomData;
use std::sync::Arc;

use super::abort::AbortMember;
use super::pending::Pending;
use super::shared::TypedGroup;
use super::storage::{FieldStorage, InFirst, InSecond, StoragePath};
use super::task::{MemberReport, NewTask};
use crate::in_task::{Nil, Pair, Stored, task};
use crate::member::MemberId;
use crate::observe::{SpawnWith, TaskSpan, TaskSpans};
use crate::policy::{Abort, AbortAdopted, MemberPolicy, Record};

/// A member, a list, or several of these.
pub trait SpawnTree {
    /// Holds their outputs.
    type Storage: Send + 'static;
    /// Their fields in the group's result.
    type Fields;
    /// How many members it has, a list counted as one.
    const MEMBERS: usize;
    fn storage(&self) -> Self::Storage;
    /// Called once every member has reported, in a group that has not failed.
    fn into_fields(storage: Self::Storage) -> Self::Fields;
}

/// A tree that can start in the group `G`, in which its storage is at `P`.
pub trait SpawnIn<G, P>: SpawnTree {
    /// Some members depend on others.
    const HAS_DEPENDANTS: bool;
    /// Starts the members that wait for nobody, and puts the others among the pending ones. `position` is that of the first member, and is moved
    /// behind the last.
    fn start(self, group: &Arc<G>, position: &mut usize, launching: &mut Launching);
}

/// A group while it is launched.
pub struct Launching {
    pub(super) pending: Pending,
    /// The group has a limit, so that every member waits for a permit.
    pub(super) limited: bool,
    /// The group has no limit, and nobody observes it: a member that waits for nobody is spawned, and that is all.
    pub(super) plain: bool,
    /// Makes the spans of members that start now. Pending ones have one of these of their own.
    pub(super) spans: TaskSpans,
}

/// A member that others depend on: its output goes into a `C`.
pub trait Publish<C> {
    type Published;
    fn publish(self, cell: &Arc<C>) -> Self::Published;
}

impl SpawnTree for Nil {
    type Storage = ();
    type Fields = ();
    const MEMBERS: usize = 0;
    fn storage(&self) {}
    fn into_fields((): ()) {}
}

impl<G, P> SpawnIn<G, P> for Nil {
    const HAS_DEPENDANTS: bool = false;
    fn start(self, _: &Arc<G>, _: &mut usize, _: &mut Launching) {}
}

impl<A: SpawnTree, B: SpawnTree> SpawnTree for Pair<A, B> {
    type Storage = (A::Storage, B::Storage);
    type Fields = (A::Fields, B::Fields);
    const MEMBERS: usize = A::MEMBERS + B::MEMBERS;
    fn storage(&self) -> Self::Storage {
        (self.a.storage(), self.b.storage())
    }
    fn into_fields((a, b): Self::Storage) -> Self::Fields {
        (A::into_fields(a), B::into_fields(b))
    }
}

impl<G, P, A: SpawnIn<G, InFirst<P>>, B: SpawnIn<G, InSecond<P>>> SpawnIn<G, P> for Pair<A, B> {
    const HAS_DEPENDANTS: bool = A::HAS_DEPENDANTS || B::HAS_DEPENDANTS;
    fn start(self, group: &Arc<G>, position: &mut usize, launching: &mut Launching) {
        self.a.start(group, position, launching);
        self.b.start(group, position, launching);
    }
}

/// Stands for a member that does not compile.
pub struct InvalidTask<R>(PhantomData<fn() -> R>);

impl<R> InvalidTask<R> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<R> SpawnTree for InvalidTask<R> {
    type Storage = ();
    type Fields = R;
    const MEMBERS: usize = 1;
    fn storage(&self) {}
    fn into_fields((): ()) -> R {
        unreachable!("it does not compile")
    }
}

impl<R, G, P> SpawnIn<G, P> for InvalidTask<R> {
    const HAS_DEPENDANTS: bool = false;
    fn start(self, _: &Arc<G>, _: &mut usize, _: &mut Launching) {}
}

impl<R, C> Publish<C> for InvalidTask<R> {
    type Published = Self;
    fn publish(self, _: &Arc<C>) -> Self {
        self
    }
}

/// The membership of a started or pending member: its group, its position there, and its storage, at `P`.
pub struct Membership<G, P> {
    pub(super) group: Arc<G>,
    pub(super) position: usize,
    storage: PhantomData<fn() -> P>,
}

impl<G: TypedGroup, P> Membership<G, P> {
    /// The membership of the next member.
    pub(super) fn next(group: &Arc<G>, position: &mut usize) -> Self {
        let membership = Self { group: Arc::clone(group), position: *position, storage: PhantomData };
        *position += 1;
        membership
    }
}

impl<G: TypedGroup, P: StoragePath<G::Storage>> Membership<G, P> {
    pub(super) fn id(&self, item: Option<usize>) -> MemberId {
        MemberId { names: self.group.names(), position: self.position, item }
    }

    /// Spawns the task of the member, or of one item.
    pub(super) fn spawn<F, A>(
        &self,
        future: Stored<F>,
        adopted: Option<AbortAdopted>,
        item: Option<usize>,
        span: impl SpawnWith,
    ) where
        F: Future + Send + 'static,
        A: MemberPolicy<F> + 'static,
        G::GroupPolicy: Record<A::Failure>,
        P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>>,
    {
        let report = MemberReport::new::<G, P>(&self.group, self.position, item);
        let number = report.task();
        let member = NewTask::<_, F, A, _>::new(future, report);
        let own = span.spawn(self.group.runtime(), member, task).abort_handle();
        self.group.register(number, AbortMember::Task { own, adopted });
    }

    /// Reports that the member, or one item, did not start.
    pub(super) fn interrupt<F, A>(&self, why: Abort, item: Option<usize>, mut span: TaskSpan)
    where
        F: Future,
        A: MemberPolicy<F>,
        G::GroupPolicy: Record<A::Failure>,
        P: StoragePath<G::Storage, Storage: FieldStorage<Item = A::Field>>,
    {
        let id = self.id(item);
        span.end(|| (&why).into());
        let output = A::settle(Err(why), id);
        self.group.report(|| None, output, id, |all, output| P::storage(all).put(item.unwrap_or(0), output));
    }
}
