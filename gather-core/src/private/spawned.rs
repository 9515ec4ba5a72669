//! Spawned groups.

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::{Invalid, Kind, SingleMember};
use crate::dependency::{IfOk, OutputCell};
use crate::exception::{Exception, FindSource};
use crate::in_task::{Enter, IteratorSource, Limited, Storage};
use crate::member::MemberNames;
use crate::policy::{AllErrors, MemberPolicy, Until};
pub use crate::spawn::launch;
use crate::spawn::policy::FirstException;
use crate::spawn::{
    Deferred, Existing, Group, InvalidTask, OwnField, OwnList, Publish, SpawnBatch, SpawnList, SpawnOne, SpawnTree,
    Spawner,
};
use crate::typing::dependent::{BodyOutput, DependentPolicy};
use crate::typing::send::Sending;
pub use crate::typing::send::send_or_leave_out_spawn;
use crate::typing::share::Sharing;
use crate::typing::syntax::{Dependent, DependentList, ItemsAlone, PulledItems};

/// Makes a member of a spawned group.
///
/// Each impl asks for what [`sending`] has found already: so rustc reports a borrow that ends too early on this member, and not on the group.
pub trait MakeTask<S> {
    type Node;
    fn make(source: S) -> Self::Node;
}

/// Asks whether a member can be sent to another thread.
pub fn sending<K, S>(kind: K, _: &S) -> Sending<K, S> {
    Sending::new(kind)
}

pub fn task<K: MakeTask<S>, S>(_: K, source: S) -> K::Node {
    K::make(source)
}

impl<M, K: Enter<M>, A: MemberPolicy<K::Future>> MakeTask<SingleMember<M>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Node = SpawnOne<K::Future, A, (), OwnField<A::Field>>;
    fn make(source: SingleMember<M>) -> Self::Node {
        let future = K::enter_stored(source.0);
        let adopted = K::abort_handle(future.get());
        SpawnOne::new(future, adopted, ())
    }
}
impl<T, K: Enter<T>, A: MemberPolicy<K::Future>> MakeTask<PulledItems<T>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Node = SpawnBatch<std::vec::IntoIter<T>, K, A>;
    fn make(source: PulledItems<T>) -> Self::Node {
        SpawnBatch::new(source.0.into_iter())
    }
}
impl<I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future>> MakeTask<PulledItems<I::Item, ItemsAlone<I>>>
    for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Node = SpawnBatch<I, K, A>;
    fn make(source: PulledItems<I::Item, ItemsAlone<I>>) -> Self::Node {
        SpawnBatch::new(source.0.0)
    }
}
impl<I: Iterator + Send + 'static, K: Enter<I::Item>, A: MemberPolicy<K::Future>> MakeTask<IteratorSource<I, true>>
    for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Node = SpawnList<Existing<I>, K, A, OwnList<A::Field>>;
    fn make(source: IteratorSource<I, true>) -> Self::Node {
        SpawnList::new(Existing(source.0))
    }
}
impl<F, D, I, O, K, A> MakeTask<Dependent<F, D>> for Kind<K, A>
where
    F: Future<Output = BodyOutput<I, O>> + Send + 'static,
    O: Send + 'static,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: MemberPolicy<K::Future>,
{
    type Node = SpawnOne<F, DependentPolicy<I, K, A>, D, OwnField<A::Field>>;
    fn make(Dependent(future, dependencies): Dependent<F, D>) -> Self::Node {
        SpawnOne::new(future, None, dependencies)
    }
}
impl<D, C, T, K: Enter<T>, A: MemberPolicy<K::Future>> MakeTask<DependentList<D, C, PulledItems<T>>> for Kind<K, A>
where
    C: FnOnce() -> PulledItems<T> + Send + 'static,
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Node = SpawnList<Deferred<D, C>, K, A, OwnList<A::Field>>;
    fn make(DependentList(dependencies, make, _): DependentList<D, C, PulledItems<T>>) -> Self::Node {
        SpawnList::new(Deferred { dependencies, make })
    }
}
impl<R, S> MakeTask<S> for Invalid<R> {
    type Node = InvalidTask<R>;
    fn make(_: S) -> Self::Node {
        InvalidTask::NEW
    }
}

/// The cell for the field of a member that others depend on. They run on other threads.
pub fn shared_cell<N: SpawnTree>(_: &N) -> Sharing<OutputCell<N::Fields>> {
    Sharing::NEW
}
/// The cell for a single member under `return_exceptions`: dependants see what is `Ok`.
pub fn shared_result_cell<N: SpawnTree<Fields = Result<T, Exception<E>>>, T, E>(
    _: &N,
) -> Sharing<OutputCell<Result<T, Exception<E>>, IfOk>> {
    Sharing::NEW
}
pub fn shared<N: Publish<S>, S>(member: N, cell: &Arc<S>) -> N::Published {
    member.publish(cell)
}
pub fn clone_cell<S>(cell: &Arc<S>) -> Arc<S> {
    Arc::clone(cell)
}

pub fn first_exception<E>(source: Option<FindSource<E>>, names: MemberNames) -> FirstException<E> {
    FirstException::new(names, source)
}
pub fn all_exceptions<E>(source: Option<FindSource<E>>, names: MemberNames) -> AllErrors<E> {
    AllErrors::new(names, source)
}

/// `spawn`
#[track_caller]
pub fn spawn_here() -> Spawner {
    Spawner::current()
}
/// `spawn = handle`
pub fn spawn_on<H: IntoHandle>(handle: H) -> Spawner {
    Spawner::on(handle.into_handle())
}

/// What may be given as `spawn = handle`.
#[diagnostic::on_unimplemented(
    message = "`spawn = handle` takes a `tokio::runtime::Handle` or a `&Runtime`, and this is `{Self}`: write `spawn = &runtime`",
    label = "not a handle of a runtime"
)]
pub trait IntoHandle {
    fn into_handle(self) -> Handle;
}
impl IntoHandle for Handle {
    fn into_handle(self) -> Handle {
        self
    }
}
// Not the runtime itself: it would end with this call.
impl IntoHandle for &tokio::runtime::Runtime {
    fn into_handle(self) -> Handle {
        self.handle().clone()
    }
}
impl IntoHandle for &Handle {
    fn into_handle(self) -> Handle {
        self.clone()
    }
}

pub fn limit_of_tasks(Limited { limit, .. }: Limited) -> Option<usize> {
    Some(limit)
}
/// `until = future` of a spawned group.
pub fn until_of_tasks<F: Future + Send + 'static>(until: Until<F>) -> Until<F> {
    until
}

/// Where it is known that the outcome is `Sync`, callbacks can look at it whenever they are added.
pub struct ShareIfSync<'a, T, X>(pub &'a Group<T, X>);
pub struct NotSync;
impl<T, X> Deref for ShareIfSync<'_, T, X> {
    type Target = NotSync;
    fn deref(&self) -> &NotSync {
        &NotSync
    }
}
impl<T: Send + Sync + 'static, X: Send + Sync + 'static> ShareIfSync<'_, T, X> {
    pub fn __share(&self) {
        self.0.set_shared();
    }
}
impl NotSync {
    pub fn __share(&self) {}
}
