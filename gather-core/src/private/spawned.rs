//! Spawned groups.

use std::future::{Future, IntoFuture};
use std::ops::Deref;
use std::sync::Arc;

use tokio::runtime::Handle;

use super::{Kind, One, Rejected};
use crate::dependency::{KeptValue, Value};
use crate::exception::{Exception, FindSource};
use crate::in_task::Enter;
use crate::in_task::{Limited, stored};
use crate::member::Names;
use crate::policy::AllErrors;
use crate::policy::Settle;
use crate::spawn::policy::FirstException;
use crate::spawn::{
    Crew, EitherEnding, Group, LateTasks, RejectedPart, Shared, Spawner, Task, Tasks, TasksAlone, TimeoutEnding,
    UntilEnding,
};
pub use crate::spawn::{NoEnding, launch};
use crate::typing::dependent::{Ended, LateBy};
use crate::typing::options::After;
use crate::typing::send::Sending;
pub use crate::typing::send::send_or_leave_out_spawn;
use crate::typing::share::Sharing;
use crate::typing::syntax::{Eager, LateOne, LateStar, Lazy, Unpulled};

/// Makes a member of a spawned group.
pub trait MakeTask<S> {
    type Part;
    fn make(source: S) -> Self::Part;
}

/// Whether it can be made.
pub fn sending<K, S>(kind: K, _: &S) -> Sending<K, S> {
    Sending::new(kind)
}

pub fn task<K: MakeTask<S>, S>(_: K, source: S) -> K::Part {
    K::make(source)
}

impl<M, K: Enter<M>, A: Settle<K::Future>> MakeTask<One<M>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Part = Task<K::Future, A, ()>;
    fn make(source: One<M>) -> Self::Part {
        let future = K::enter_stored(source.0);
        let adopted = K::stopper(stored(&future));
        Task::new(future, adopted, ())
    }
}
impl<T, K: Enter<T>, A: Settle<K::Future>> MakeTask<Eager<T>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Part = Tasks<std::vec::IntoIter<T>, K, A>;
    fn make(source: Eager<T>) -> Self::Part {
        Tasks::new(source.0.into_iter())
    }
}
impl<I: Iterator, K: Enter<I::Item>, A: Settle<K::Future>> MakeTask<Eager<I::Item, Unpulled<I>>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Part = TasksAlone<I, K, A>;
    fn make(source: Eager<I::Item, Unpulled<I>>) -> Self::Part {
        TasksAlone::new(source.0.0)
    }
}
impl<I: Iterator + Send + 'static, K: Enter<I::Item>, A: Settle<K::Future>> MakeTask<Lazy<I>> for Kind<K, A>
where
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Part = Tasks<I, K, A>;
    fn make(source: Lazy<I>) -> Self::Part {
        Tasks::new(source.0)
    }
}
impl<F, D, I, O, K, A> MakeTask<LateOne<F, D>> for Kind<K, A>
where
    F: Future<Output = Ended<I, O>> + Send + 'static,
    O: Send + 'static,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: Settle<K::Future>,
{
    type Part = Task<F, LateBy<I, K, A>, D>;
    fn make(LateOne(future, gate): LateOne<F, D>) -> Self::Part {
        Task::new(future, None, gate)
    }
}
impl<D, C, T, K: Enter<T>, A: Settle<K::Future>> MakeTask<LateStar<D, C, Eager<T>>> for Kind<K, A>
where
    C: FnOnce() -> Eager<T> + Send + 'static,
    K::Future: Future<Output: Send + 'static> + Send + 'static,
{
    type Part = LateTasks<D, C, T, K, A>;
    fn make(LateStar(gate, create, _): LateStar<D, C, Eager<T>>) -> Self::Part {
        LateTasks::new(gate, create)
    }
}
impl<R, S> MakeTask<S> for Rejected<R> {
    type Part = RejectedPart<R>;
    fn make(_: S) -> Self::Part {
        RejectedPart::NEW
    }
}

/// Where the field of a member goes that others depend on: they run on other threads.
pub fn shared_value<N: Crew>(_: &N) -> Sharing<Value<N::Fields>> {
    Sharing::NEW
}
/// The same for a single member under `return_exceptions`.
pub fn shared_kept_value<N: Crew<Fields = Result<T, Exception<E>>>, T, E>(_: &N) -> Sharing<KeptValue<T, E>> {
    Sharing::NEW
}
pub fn shared<N, S>(part: N, store: &Arc<S>) -> Shared<N, S> {
    Shared::new(part, store)
}
pub fn share_with<S>(store: &Arc<S>) -> Arc<S> {
    Arc::clone(store)
}

pub fn first_exception<E>(source: Option<FindSource<E>>, names: Names) -> FirstException<E> {
    FirstException::new(names, source)
}
pub fn all_exceptions<E>(source: Option<FindSource<E>>, names: Names) -> AllErrors<E> {
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

pub fn no_places() -> Option<usize> {
    None
}
pub fn places(Limited { limit, .. }: Limited) -> Option<usize> {
    Some(limit)
}
pub fn timeout_ending(After(after): After) -> TimeoutEnding {
    TimeoutEnding(after)
}
pub fn until_ending<F: IntoFuture<IntoFuture: Send + 'static>>(future: F) -> UntilEnding<F::IntoFuture> {
    UntilEnding(future.into_future())
}
pub fn either_ending<A, B>(a: A, b: B) -> EitherEnding<A, B> {
    EitherEnding(a, b)
}

/// Where it is known that the outcome is `Sync`, callbacks can look at it whenever they are added.
pub struct Share<'a, T, X>(pub &'a Group<T, X>);
pub struct KeepPrivate;
impl<T, X> Deref for Share<'_, T, X> {
    type Target = KeepPrivate;
    fn deref(&self) -> &KeepPrivate {
        &KeepPrivate
    }
}
impl<T: Send + Sync + 'static, X: Send + Sync + 'static> Share<'_, T, X> {
    pub fn __share(&self) {
        self.0.set_shared();
    }
}
impl KeepPrivate {
    pub fn __share(&self) {}
}
