//! The future that `gather!` makes.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::end_guard::EndGuard;
use super::members::Members;
use super::observed::PollNodes;
use super::permits::Limit;
use super::sweep::Node;
use super::wakers::WakeStrategy;
use crate::policy::{Deadline, GroupPolicy, PolicyState};

pin_project! {
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
    #[must_use = "a group does nothing until it is awaited: add `.await`, or `; spawn` to run it as tasks"]
    pub struct GatherFuture<N: Node, S: WakeStrategy, P, L, D, B, Z> {
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
        Self { members: Members::new(tree), deadline, state, limit, build, shape: PhantomData }
    }
}

impl<N, S, P, L, D, B, Z> Future for GatherFuture<N, S, P, L, D, B, Z>
where
    N: PollNodes<P::GroupPolicy>,
    S: WakeStrategy,
    P: PolicyState,
    L: Limit,
    D: Deadline,
    B: Build<N::Output>,
{
    type Output = <P::GroupPolicy as GroupPolicy>::Output<B::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut ending = EndGuard(this.members);
        this.deadline.as_mut().arm();

        let mut policy = this.state.begin_poll();
        let mut unfinished = ending.0.as_mut().sweep(cx, &mut policy, this.limit);
        if D::EVER && unfinished && !policy.is_decided() {
            unfinished = stop_in_time(ending.0.as_mut(), this.deadline.as_mut(), cx, &mut policy, this.limit);
        }
        if unfinished && !policy.is_decided() {
            this.state.suspend(policy);
            ending.pending();
            return Poll::Pending;
        }
        end(ending, this.deadline, &mut policy, this.build)
    }
}

/// Ends unfinished members once the deadline has come. `true`: it has not.
#[cfg_attr(not(debug_assertions), inline(always))]
fn stop_in_time<N: PollNodes<V>, S: WakeStrategy, V: GroupPolicy>(
    members: Pin<&mut Members<N, S>>,
    deadline: Pin<&mut impl Deadline>,
    cx: &mut Context<'_>,
    policy: &mut V,
    limit: &impl Limit,
) -> bool {
    let Poll::Ready(why) = deadline.poll(cx) else { return true };
    members.stop_all(why, cx, policy, &mut limit.permits());
    false
}

/// The outcome of a group that has ended.
#[cfg_attr(not(debug_assertions), inline(always))]
fn end<N: Node, S: WakeStrategy, V: GroupPolicy, B: Build<N::Output>>(
    mut ending: EndGuard<'_, N, S>,
    deadline: Pin<&mut impl Deadline>,
    policy: &mut V,
    build: &mut B,
) -> Poll<V::Output<B::Output>> {
    let output = policy.output(|| build.build(ending.0.as_mut().take()));
    // The members are dropped before the return: where a destructor panics, what is being returned would be leaked.
    drop(ending);
    deadline.clear();
    Poll::Ready(output)
}
