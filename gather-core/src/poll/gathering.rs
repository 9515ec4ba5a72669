//! The future that `gather!` makes.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::sweep::{Branch, Pass, Sweep, budget_spent};
use crate::deadline::Deadline;
use crate::verdict::{Policy, Verdict};

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
    pub struct Gathering<N, P, L, D, B> {
        // Empty once the group is over.
        #[pin]
        tree: Option<N>,
        #[pin]
        deadline: D,
        policy: P,
        limit: L,
        build: Option<B>,
        // The member that the next sweep begins with.
        first: usize,
    }
}

/// How many members may be in progress at once.
pub trait Limit {
    /// Places that are free now.
    fn free(&self) -> usize;
    fn set_free(&mut self, free: usize);
}

/// No `limit`.
pub struct Unlimited;

/// `limit = n`: the places that are free.
pub struct Limited(pub(crate) usize);

impl Limit for Unlimited {
    fn free(&self) -> usize {
        0
    }
    fn set_free(&mut self, _: usize) {}
}

impl Limit for Limited {
    fn free(&self) -> usize {
        self.0
    }
    fn set_free(&mut self, free: usize) {
        self.0 = free;
    }
}

impl<N, P, L, D, B> Gathering<N, P, L, D, B> {
    pub(crate) fn new(tree: N, policy: P, limit: L, deadline: D, build: B) -> Self {
        Self { tree: Some(tree), deadline, policy, limit, build: Some(build), first: 0 }
    }
}

impl<N, P, L, D, B, O> Future for Gathering<N, P, L, D, B>
where
    N: Branch<P::Verdict>,
    P: Policy,
    L: Limit,
    D: Deadline,
    B: FnOnce(N::Output) -> O,
{
    type Output = <P::Verdict as Verdict>::Output<O>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut members = Members { tree: this.tree, over: true };
        assert!(members.tree.is_some(), "a `gather!` group was polled after it had ended");
        this.deadline.as_mut().arm();

        let mut verdict = this.policy.open();
        let mut sweep = Sweep::new(cx, &mut verdict, this.limit.free());
        let seen = sweep.run_all(*this.first, members.get());
        *this.first = next_first(*this.first, seen);
        if sweep.unfinished > 0
            && !sweep.verdict.is_decided()
            && let Poll::Ready(why) = this.deadline.poll(sweep.cx)
        {
            sweep.run(Pass::Stop(why), 0..usize::MAX, members.get());
        }
        this.limit.set_free(sweep.places.free);

        if sweep.unfinished > 0 && !sweep.verdict.is_decided() {
            this.policy.close(verdict);
            members.over = false;
            return Poll::Pending;
        }
        let build = this.build.take();
        let output = verdict.output(|| {
            let build = build.unwrap_or_else(|| unreachable!("a group ends once"));
            build(members.get().take())
        });
        Poll::Ready(output)
    }
}

/// The member that the next sweep begins with.
pub(super) fn next_first(first: usize, seen: usize) -> usize {
    if budget_spent() { (first + 1) % seen.max(1) } else { 0 }
}

/// Drops all members when the group is over, by a result or by a panic, before anybody sees it.
pub(super) struct Members<'a, N> {
    pub(super) tree: Pin<&'a mut Option<N>>,
    pub(super) over: bool,
}

impl<N> Members<'_, N> {
    pub(super) fn get(&mut self) -> Pin<&mut N> {
        self.tree.as_mut().as_pin_mut().unwrap_or_else(|| unreachable!("checked at the start of the poll"))
    }
}

impl<N> Drop for Members<'_, N> {
    fn drop(&mut self) {
        if self.over {
            self.tree.set(None);
        }
    }
}
