//! The future that `gather!` makes.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::members::{Ending, Members};
use super::permits::Limit;
use super::sweep::{Branch, Part, Pass, Rounds};
use super::wakers::Seats;
use crate::policy::Deadline;
use crate::policy::{Policy, Verdict};

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
    pub struct Gathering<N: Part, S: Seats, P, L, D, B, Z> {
        #[pin]
        members: Members<N, S>,
        #[pin]
        deadline: D,
        policy: P,
        limit: L,
        build: B,
        shape: PhantomData<fn() -> Z>,
    }
}

/// Makes the group's value of the fields, once.
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

/// With what it owns: the base of a struct.
pub struct Once<B>(pub(crate) Option<B>);

impl<B: FnOnce(I) -> O, I, O> Build<I> for Once<B> {
    type Output = O;
    fn build(&mut self, fields: I) -> O {
        let build = self.0.take().unwrap_or_else(|| unreachable!("a group ends once"));
        build(fields)
    }
}

impl<N: Part, S: Seats, P, L, D, B, Z> Gathering<N, S, P, L, D, B, Z> {
    #[inline]
    pub(crate) fn new(tree: N, policy: P, limit: L, deadline: D, build: B) -> Self {
        Self { members: Members::new(tree), deadline, policy, limit, build, shape: PhantomData }
    }
}

impl<N, S, P, L, D, B, Z> Future for Gathering<N, S, P, L, D, B, Z>
where
    N: Branch<P::Verdict>,
    S: Seats,
    P: Policy,
    L: Limit,
    D: Deadline,
    B: Build<N::Output>,
{
    type Output = <P::Verdict as Verdict>::Output<B::Output>;

    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let mut ending = Ending(this.members);
        this.deadline.as_mut().arm();

        let mut verdict = this.policy.open();
        let mut unfinished = ending.0.as_mut().sweep(cx, &mut verdict, this.limit);
        if D::EVER && unfinished && !verdict.is_decided() {
            unfinished = stop_in_time(ending.0.as_mut(), this.deadline.as_mut(), cx, &mut verdict, this.limit);
        }
        if unfinished && !verdict.is_decided() {
            this.policy.close(verdict);
            ending.pending();
            return Poll::Pending;
        }
        end(ending, this.deadline, &mut verdict, this.build)
    }
}

/// Ends unfinished members once the deadline has come. `true`: somebody is unfinished all the same.
#[cfg_attr(not(debug_assertions), inline(always))]
fn stop_in_time<N: Branch<V>, S: Seats, V: Verdict>(
    members: Pin<&mut Members<N, S>>,
    deadline: Pin<&mut impl Deadline>,
    cx: &mut Context<'_>,
    verdict: &mut V,
    limit: &mut impl Limit,
) -> bool {
    let Poll::Ready(why) = deadline.poll(cx) else { return true };
    let mut places = limit.places();
    let (pass, window) = (Pass::Start, 0..usize::MAX);
    let mut rounds = Rounds { cx, verdict, places: &mut places, pass, window, alone: false, poll_all: false };
    let unfinished = members.stop(why, &mut rounds, 0);
    places.reopen();
    limit.set_free(places.free);
    unfinished
}

/// The outcome of a group that has ended.
#[cfg_attr(not(debug_assertions), inline(always))]
fn end<N: Part, S: Seats, V: Verdict, B: Build<N::Output>>(
    mut ending: Ending<'_, N, S>,
    deadline: Pin<&mut impl Deadline>,
    verdict: &mut V,
    build: &mut B,
) -> Poll<V::Output<B::Output>> {
    let output = verdict.output(|| build.build(ending.0.as_mut().take()));
    // Here, not on the way out: where a destructor panics, what is being returned would be leaked.
    drop(ending);
    deadline.clear();
    Poll::Ready(output)
}
