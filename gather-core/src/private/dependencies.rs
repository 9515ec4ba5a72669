//! Members that wait for others.

use core::future::{Future, Pending, Ready};
use core::marker::PhantomData;

use futures_core::Stream;

use super::{Invalid, Kind};
use crate::dependency::{Dependencies, DependencyCell, OutputCell, ResultCell};
use crate::exception::Exception;
use crate::in_task::Enter;
use crate::in_task::{
    AfterDependencies, DeferredList, FutureNode, IteratorSource, LimitedList, List, Node, Published, Stored,
    StreamSource, Unpolled, WhenReady, WithPermit, store,
};
use crate::policy::MemberPolicy;
use crate::policy::{GroupPolicy, PolicyState};
use crate::typing::dependent::{BodyFuture, BodyOutput, DependentPolicy};
use crate::typing::syntax::{
    Dependent, DependentList, DependentQueued, PulledItems, SingleMember, StreamItems, UnpulledItems,
};
pub use crate::typing::syntax::{dependent, dependent_queued};

use super::MakeNode;

/// Where the field of a member goes that others depend on.
pub fn output_cell<T>() -> OutputCell<T> {
    OutputCell::new()
}
/// The same for a single member under `return_exceptions`.
pub fn result_cell<T, E>() -> ResultCell<T, E> {
    ResultCell::new()
}
/// `part`, whose field goes there.
pub fn publish<N: Node>(
    part: Unpolled<N>,
    store: &OutputCell<N::Output>,
) -> Unpolled<Published<'_, N, OutputCell<N::Output>>> {
    Unpolled::new(Published::new(part.into_node(), store))
}
pub fn publish_result<N: Node<Output = Result<T, Exception<E>>>, T, E>(
    part: Unpolled<N>,
    store: &ResultCell<T, E>,
) -> Unpolled<Published<'_, N, ResultCell<T, E>>> {
    Unpolled::new(Published::new(part.into_node(), store))
}

/// What a dependant sees: by name, since a trait of the user's may give every type a method.
pub fn seen<S: DependencyCell>(value: &S) -> &S::Seen {
    value.seen()
}

/// What the value of a member that others saw has become, once the group has ended.
pub fn field_of<S: DependencyCell>(value: S) -> S::Field {
    value.into_field()
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

impl<F, D, I, O, K, A> MakeNode<Dependent<F, D>> for Kind<K, A>
where
    D: Dependencies,
    F: Future<Output = BodyOutput<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: MemberPolicy<K::Future>,
{
    type Node = FutureNode<F, DependentPolicy<I, K, A>, AfterDependencies<D, WhenReady>>;
    fn make(Dependent(future, dependencies): Dependent<F, D>) -> Self::Node {
        FutureNode::new(
            future,
            AfterDependencies { dependencies, open: false, condition: WhenReady { started: false } },
        )
    }
}
impl<F, D, I, O, K, A> MakeNode<DependentQueued<F, D>> for Kind<K, A>
where
    D: Dependencies,
    F: Future<Output = BodyOutput<I, O>>,
    K: Enter<I>,
    K::Future: Future<Output = O>,
    A: MemberPolicy<K::Future>,
{
    type Node = FutureNode<F, DependentPolicy<I, K, A>, AfterDependencies<D, WithPermit>>;
    fn make(DependentQueued(future, dependencies): DependentQueued<F, D>) -> Self::Node {
        FutureNode::new(
            future,
            AfterDependencies { dependencies, open: false, condition: WithPermit { started: false } },
        )
    }
}
impl<D, C: FnOnce() -> PulledItems<T>, T, K: Enter<T>, A: MemberPolicy<K::Future>>
    MakeNode<DependentList<D, C, PulledItems<T>>> for Kind<K, A>
{
    type Node = DeferredList<D, C, PulledItems<T>, List<K::Future, A>>;
    fn make(DependentList(dependencies, create, _): DependentList<D, C, PulledItems<T>>) -> Self::Node {
        DeferredList::new(dependencies, create, |list| List::new(list.0, K::enter))
    }
}
impl<D, C: FnOnce() -> UnpulledItems<I>, I: Iterator, K: Enter<I::Item>, A: MemberPolicy<K::Future>>
    MakeNode<DependentList<D, C, UnpulledItems<I>>> for Kind<K, A>
{
    type Node = DeferredList<D, C, UnpulledItems<I>, LimitedList<IteratorSource<I, true>, K, A>>;
    fn make(DependentList(dependencies, create, _): DependentList<D, C, UnpulledItems<I>>) -> Self::Node {
        DeferredList::new(dependencies, create, |list| LimitedList::new(IteratorSource(list.0)))
    }
}

impl<D, C, S: Stream, K: Enter<S::Item>, A: MemberPolicy<K::Future>, const LIMITED: bool>
    MakeNode<DependentList<D, C, StreamItems<S, LIMITED>>> for Kind<K, A>
where
    C: FnOnce() -> StreamItems<S, LIMITED>,
{
    type Node = DeferredList<D, C, StreamItems<S, LIMITED>, LimitedList<StreamSource<S, LIMITED>, K, A>>;
    fn make(DependentList(dependencies, create, _): DependentList<D, C, StreamItems<S, LIMITED>>) -> Self::Node {
        DeferredList::new(dependencies, create, |list| LimitedList::new(StreamSource(list.0)))
    }
}

/// Names the policy of a group after the policy itself has gone into it.
pub fn policy_of<P: PolicyState>(_: &P) -> PhantomData<fn() -> P::GroupPolicy> {
    PhantomData
}
/// The result: what `f` makes of the fields of the members, and of the values that others saw.
pub fn finish<V: GroupPolicy, O, S, P>(
    _: PhantomData<fn() -> V>,
    output: V::Output<O>,
    values: S,
    f: impl FnOnce(O, S) -> P,
) -> V::Output<P> {
    let mut left = Some((f, values));
    let output = V::map(output, |fields| match left.take() {
        Some((f, values)) => f(fields, values),
        None => unreachable!("a group ends once"),
    });
    // Here, not on the way out: these are values of a group that has failed, and where the destructor of one panics, what is being
    // returned would be leaked.
    drop(left);
    output
}
