//! Members on their way into the tree of a group.
//!
//! Members become futures in the order of writing. Until then each is a plain value that owns what it holds, which is dropped as usual
//! where a later member panics on that way. The nodes of the tree are made last, all at once and by no code of the user's: a
//! node does not know what is in its slot, and only [`Members`](super::members::Members) drops what is there.

use alloc::boxed::Box;
use core::future::Future;
use core::marker::PhantomData;

use super::limited::LimitedList;
use super::limited::results::Results;
use super::list::List;
use super::node::deferred::DeferredList;
use super::node::future::FutureNode;
use super::node::nested::Nested;
use super::node::pair::{Nil, Pair};
use super::node::published::Published;
use super::start::StartCondition;
use super::storage::Stored;
use super::sweep::Node;
use super::wakers::WakeStrategy;
use crate::policy::MemberPolicy;

/// A member that has become a future, or a tree of pairs of such members.
pub trait IntoNode {
    type Node: Node;
    fn into_node(self) -> Self::Node;
}

impl<A: IntoNode, B: IntoNode> IntoNode for (A, B) {
    type Node = Pair<A::Node, B::Node>;
    #[inline]
    fn into_node(self) -> Self::Node {
        Pair::new(self.0.into_node(), self.1.into_node())
    }
}

/// A single member that starts on the condition `C` and whose output is settled by `A`.
pub struct EnteredMember<F, A, C> {
    future: Stored<F>,
    condition: C,
    policy: PhantomData<fn() -> A>,
}

impl<F, A, C> EnteredMember<F, A, C> {
    #[inline]
    pub(crate) fn new(future: Stored<F>, condition: C) -> Self {
        Self { future, condition, policy: PhantomData }
    }
}

impl<F: Future, A: MemberPolicy<F>, C: StartCondition> IntoNode for EnteredMember<F, A, C> {
    type Node = FutureNode<F, A, C>;
    #[inline]
    fn into_node(self) -> Self::Node {
        FutureNode::new(self.future, self.condition)
    }
}

/// A list whose items are all in progress at once, and are settled by `A`.
pub struct EnteredList<F, A> {
    futures: Box<[F]>,
    policy: PhantomData<fn() -> A>,
}

impl<F, A> EnteredList<F, A> {
    pub(crate) fn new(futures: Box<[F]>) -> Self {
        Self { futures, policy: PhantomData }
    }
}

impl<F: Future, A: MemberPolicy<F>> IntoNode for EnteredList<F, A> {
    type Node = List<F, A>;
    fn into_node(self) -> Self::Node {
        List::new(self.futures)
    }
}

/// A member whose field goes into the cell `S`, where its dependants see it.
pub struct PublishedMember<'s, M, S> {
    member: M,
    cell: &'s S,
}

impl<'s, M, S> PublishedMember<'s, M, S> {
    pub(crate) fn new(member: M, cell: &'s S) -> Self {
        Self { member, cell }
    }
}

impl<'s, M: IntoNode, S> IntoNode for PublishedMember<'s, M, S> {
    type Node = Published<'s, M::Node, S>;
    fn into_node(self) -> Self::Node {
        Published::new(self.member.into_node(), self.cell)
    }
}

impl IntoNode for Nil {
    type Node = Self;
    fn into_node(self) -> Self {
        self
    }
}

// These own what they hold as nodes, too: nothing of a list has started, and nested members know their own slots.

impl<S, K, A, F, O, R: Results<O>> IntoNode for LimitedList<S, K, A, F, O, R> {
    type Node = Self;
    fn into_node(self) -> Self {
        self
    }
}

impl<D, C, S, N: Node> IntoNode for DeferredList<D, C, S, N> {
    type Node = Self;
    fn into_node(self) -> Self {
        self
    }
}

impl<N: Node, S: WakeStrategy> IntoNode for Nested<N, S> {
    type Node = Self;
    fn into_node(self) -> Self {
        self
    }
}
