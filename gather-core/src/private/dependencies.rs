//! Members that wait for others.

use core::future::{Future, Pending, Ready};
use core::marker::PhantomData;

use super::{Invalid, Kind};
use crate::dependency::{Dependencies, DependencyCell, IfOk, OutputCell};
use crate::exception::Exception;
use crate::in_task::{
    AfterDependencies, DeferredList, Enter, EnteredMember, IntoNode, ItemSource, LimitedList, List, Node,
    PublishedMember, StartCondition, Stored, enter_all, store,
};
use crate::policy::{GroupPolicy, MemberPolicy, PolicyState};
use crate::typing::dependent::{BodyFuture, BodyOutput, DependentPolicy};
pub use crate::typing::syntax::dependent;
use crate::typing::syntax::{Dependent, DependentList, PulledItems, SingleMember};

use super::MakeNode;

/// The cell for the field of a member that others depend on.
pub fn output_cell<T>() -> OutputCell<T> {
    OutputCell::new()
}
/// The cell for a single member under `return_exceptions`: dependants see what is `Ok`.
pub fn result_cell<T, E>() -> OutputCell<Result<T, Exception<E>>, IfOk> {
    OutputCell::new()
}
/// A member whose field goes into its cell.
pub fn publish<M: IntoNode, V>(
    member: M,
    cell: &OutputCell<<M::Node as Node>::Output, V>,
) -> PublishedMember<'_, M, OutputCell<<M::Node as Node>::Output, V>> {
    PublishedMember::new(member, cell)
}

/// What a dependant sees. A function and no method, since a trait of the user's may give every type a method of that name.
pub fn seen<S: DependencyCell>(cell: &S) -> &S::Seen {
    cell.seen()
}

/// The field of a member that others depend on, once the group has ended.
pub fn field_of<S: DependencyCell>(cell: S) -> S::Field {
    cell.into_field()
}

/// The body of a dependant as a future, of the kind that the ladder found.
pub trait RunBody<M> {
    type Item;
    type Future: Future;
    fn run_body(member: Stored<M>) -> Stored<Self::Future>;
}
impl<M, K: Enter<M>, A> RunBody<M> for Kind<K, A> {
    type Item = K::Item;
    type Future = K::Future;
    fn run_body(member: Stored<M>) -> Stored<K::Future> {
        K::enter_stored(member)
    }
}
impl<M, R> RunBody<M> for Invalid<R> {
    type Item = Ready<R>;
    type Future = Pending<R>;
    fn run_body(_: Stored<M>) -> Stored<Pending<R>> {
        store!(core::future::pending())
    }
}
pub fn run_body<K: RunBody<M>, M>(_: K, member: SingleMember<M>) -> BodyFuture<K::Future, K::Item> {
    BodyFuture::new(K::run_body(member.0))
}

pub fn dependent_list<D: Dependencies, C: FnOnce() -> S, S>(dependencies: D, create: C) -> DependentList<D, C, S> {
    DependentList(dependencies, create, PhantomData)
}

impl<F, D, I, O, K, A, C> MakeNode<Dependent<F, D>, C> for Kind<K, A>
where
    D: Dependencies,
    F: Future<Output = BodyOutput<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: MemberPolicy<K::Future>,
    C: StartCondition,
{
    type Made = EnteredMember<F, DependentPolicy<I, K, A>, AfterDependencies<D, C>>;
    fn make(Dependent(future, dependencies): Dependent<F, D>, condition: C) -> Self::Made {
        EnteredMember::new(future, AfterDependencies::new(dependencies, condition))
    }
}
impl<D, B, T, K, A, C> MakeNode<DependentList<D, B, PulledItems<T>>, C> for Kind<K, A>
where
    B: FnOnce() -> PulledItems<T>,
    K: Enter<T>,
    A: MemberPolicy<K::Future>,
{
    type Made = DeferredList<D, B, PulledItems<T>, List<K::Future, A>>;
    fn make(DependentList(dependencies, create, _): DependentList<D, B, PulledItems<T>>, _: C) -> Self::Made {
        DeferredList::new(dependencies, create, |list| List::new(enter_all(list.0, K::enter)))
    }
}
impl<D, B, S, K, A, C> MakeNode<DependentList<D, B, S>, C> for Kind<K, A>
where
    B: FnOnce() -> S,
    S: ItemSource,
    K: Enter<S::Item>,
    A: MemberPolicy<K::Future>,
{
    type Made = DeferredList<D, B, S, LimitedList<S, K, A>>;
    fn make(DependentList(dependencies, create, _): DependentList<D, B, S>, _: C) -> Self::Made {
        DeferredList::new(dependencies, create, LimitedList::new)
    }
}

/// Names the policy of a group after the policy itself has gone into it.
pub fn policy_of<P: PolicyState>(_: &P) -> PhantomData<fn() -> P::GroupPolicy> {
    PhantomData
}
/// The result: what `f` makes of the fields of the members, and of the cells of those that others saw.
pub fn finish<V: GroupPolicy, O, S, P>(
    _: PhantomData<fn() -> V>,
    output: V::Output<O>,
    cells: S,
    f: impl FnOnce(O, S) -> P,
) -> V::Output<P> {
    let mut left = Some((f, cells));
    let output = V::map(output, |fields| match left.take() {
        Some((f, cells)) => f(fields, cells),
        None => unreachable!("a group ends once"),
    });
    // `left` holds the cells of a group that has failed. It is dropped before the return: where a destructor panics, what is being returned
    // would be leaked.
    drop(left);
    output
}
