//! The future that `gather!` makes.

use core::future::Future;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::end_guard::EndGuard;
use super::members::Members;
use super::observed::PollNodes;
use super::permits::Limit;
use super::storage::{StoredGroup, store_group};
use super::sweep::Node;
use super::wakers::WakeStrategy;
use crate::policy::{Deadline, GroupPolicy, PolicyState};

pin_project! {
    /// What is in a [`GatherFuture`], which is stored as a member is: without optimisation who awaits a group has it several times.
    #[must_use = "a group does nothing until it is awaited: add `.await`, or `; spawn` to run it as tasks"]
    pub struct GroupParts<N: Node, S: WakeStrategy, P, L, D, B, Z> {
        #[pin]
        members: Members<N, S>,
        #[pin]
        deadline: D,
        state: P,
        limit: L,
        build: B,
        shape: PhantomData<fn() -> Z>,
    }
}

/// The future of an in-task group: what `gather!` gives without `spawn`.
///
/// Awaiting it polls the members inside the awaiting task, so they may borrow and need not be [`Send`]; it is
/// [`Send`] when its members are. Nothing runs before it is awaited. Dropping it drops every unfinished member.
///
/// Its type parameters are no part of the interface: where a signature must name it, write `impl Future<Output = ..>`
/// or box it.
///
/// # Examples
///
/// ```
/// use gather::gather;
///
/// fn lengths(text: &str) -> impl Future<Output = (usize, usize)> {
///     let (first, second) = text.split_at(3);
///     gather!(async move { first.len() }, async move { second.len() })
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// assert_eq!(lengths("one two").await, (3, 4));
/// # }
/// ```
///
/// # Panics
///
/// When it is polled after it has ended, as other futures do. A panic of a member goes on to the awaiter after the
/// other members have been dropped, except under `return_exceptions` and `all_errors`.
///
/// # Cancel safety
///
/// The group is as cancel safe as its members: dropping it drops them where they stand, and the results of those
/// that have ended are lost. In a `select!` loop, make it once, pin it, and poll `&mut group`.
pub type GatherFuture<N, S, P, L, D, B, Z> = StoredGroup<GroupParts<N, S, P, L, D, B, Z>>;

/// Makes the group's value out of the fields, once.
pub trait Build<I> {
    type Output;
    fn build(&mut self, fields: I) -> Self::Output;
}

impl<B: Fn(I) -> O, I, O> Build<I> for B {
    type Output = O;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn build(&mut self, fields: I) -> O {
        self(fields)
    }
}

/// Gives the fields as they are: for a stage of `#[gather_group]`.
pub struct AsFields;

impl<I> Build<I> for AsFields {
    type Output = I;
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn build(&mut self, fields: I) -> I {
        fields
    }
}

/// A closure that is used up, as it owns something: the base of a struct.
pub struct BuildOnce<B>(pub(crate) Option<B>);

impl<B: FnOnce(I) -> O, I, O> Build<I> for BuildOnce<B> {
    type Output = O;
    fn build(&mut self, fields: I) -> O {
        let build = self.0.take().unwrap_or_else(|| unreachable!("a group ends once"));
        build(fields)
    }
}

impl<N: Node, S: WakeStrategy, P, L, D, B, Z> GatherFuture<N, S, P, L, D, B, Z> {
    #[inline]
    pub(crate) fn new(tree: N, state: P, limit: L, deadline: D, build: B) -> Self {
        store_group!(GroupParts { members: Members::new(tree), deadline, state, limit, build, shape: PhantomData })
    }
}

impl<N, S, P, L, D, B, Z> Future for GroupParts<N, S, P, L, D, B, Z>
where
    N: PollNodes<P::GroupPolicy>,
    S: WakeStrategy,
    P: PolicyState,
    L: Limit,
    D: Deadline,
    B: Build<N::Output>,
{
    type Output = <P::GroupPolicy as GroupPolicy>::Output<B::Output>;

    #[cfg_attr(not(debug_assertions), inline)]
    #[cfg_attr(debug_assertions, inline(always))]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut poll = GroupPoll { group: self };
        let mut policy = poll.begin();
        let (members, limit) = poll.members();
        let unfinished = members.sweep(cx, &mut policy, limit);
        poll.end(cx, &mut policy, unfinished)
    }
}

/// One poll of a group. Its steps but for the sweep are fns of their own: without optimisation whatever they need besides would be on
/// the stack while members are polled. So would be more than one reference.
struct GroupPoll<'g, N: Node, S: WakeStrategy, P, L, D: Deadline, B, Z> {
    group: Pin<&'g mut GroupParts<N, S, P, L, D, B, Z>>,
}

/// What is left of the members is dropped before anybody sees the panic of one.
impl<N: Node, S: WakeStrategy, P, L, D: Deadline, B, Z> Drop for GroupPoll<'_, N, S, P, L, D, B, Z> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.group.as_mut().project().members.clear();
    }
}

impl<N, S, P, L, D, B, Z> GroupPoll<'_, N, S, P, L, D, B, Z>
where
    N: PollNodes<P::GroupPolicy>,
    S: WakeStrategy,
    P: PolicyState,
    L: Limit,
    D: Deadline,
    B: Build<N::Output>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn begin(&mut self) -> P::GroupPolicy {
        let mut group = self.group.as_mut().project();
        group.deadline.as_mut().arm();
        group.state.begin_poll()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn members(&mut self) -> (Pin<&mut Members<N, S>>, &mut L) {
        let group = self.group.as_mut().project();
        (group.members, group.limit)
    }

    /// `unfinished`: a member is. It takes the poll by value, so that nothing is left to be dropped when the outcome is there: the compiler
    /// copies the outcome once more where something is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn end(
        mut self,
        cx: &mut Context<'_>,
        policy: &mut P::GroupPolicy,
        mut unfinished: bool,
    ) -> Poll<<P::GroupPolicy as GroupPolicy>::Output<B::Output>> {
        if D::EVER && unfinished && !policy.is_decided() {
            unfinished = self.stop_in_time(cx, policy);
        }
        let mut this = ManuallyDrop::new(self);
        let mut group = this.group.as_mut().project();
        let mut ending = EndGuard(group.members);
        if unfinished && !policy.is_decided() {
            group.state.suspend(policy);
            ending.pending();
            return Poll::Pending;
        }
        let output = policy.output(|| group.build.build(ending.0.as_mut().take()));
        // The members are dropped before the return: where a destructor panics, what is being returned would be leaked.
        drop(ending);
        group.deadline.as_mut().clear();
        Poll::Ready(output)
    }

    /// Ends unfinished members once the deadline has come. `true`: it has not.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn stop_in_time(&mut self, cx: &mut Context<'_>, policy: &mut P::GroupPolicy) -> bool {
        let mut group = self.group.as_mut().project();
        let Poll::Ready(why) = group.deadline.as_mut().poll(cx) else { return true };
        group.members.stop_all(why, cx, policy, group.limit);
        false
    }
}
