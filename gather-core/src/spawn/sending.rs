//! Whether a member can become a task.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use std::future::Future;
use std::marker::PhantomData;
use std::ops::{Deref, Not};

use crate::depend::Ended;
use crate::kinds::{Enter, Kind};
use crate::mistakes::Rejected;
use crate::sources::{Eager, LateOne, LateStar, Lazy, One};

/// Asked by `__send_or_leave_out_spawn()`, which leads here where it can, and by [`Deref`] to the mistake where it cannot. See
/// [`kinds`](crate::kinds) for the trick.
pub struct Sending<K, S>(K, PhantomData<fn() -> S>);

impl<K, S> Sending<K, S> {
    pub(crate) fn new(kind: K) -> Self {
        Self(kind, PhantomData)
    }
}

// The bounds stand on the future itself, so that rustc says what is held across which await. See also `IsNotSend`: only where
// it is not known yet, as of a block in the same body, do these bounds fail.

impl<M, K: Enter<M, Future = F>, A, F> Sending<Kind<K, A>, One<M>>
where
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<T, L, K: Enter<T, Future = F>, A, F> Sending<Kind<K, A>, Eager<T, L>>
where
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<I, K: Enter<I::Item, Future = F>, A, F> Sending<Kind<K, A>, Lazy<I>>
where
    I: Iterator + Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<F, O, I, D, K, A> Sending<Kind<K, A>, LateOne<F, D>>
where
    F: Future<Output = Ended<I, O>> + Send + 'static,
    O: Send + 'static,
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<D, C, T, K: Enter<T, Future = F>, A, F> Sending<Kind<K, A>, LateStar<D, C, Eager<T>>>
where
    C: FnOnce() -> Eager<T> + Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<R, S> Sending<Rejected<R>, S> {
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Rejected<R>> {
        Sendable(self.0)
    }
}

pub struct Sendable<K>(K);

impl<K> Not for Sendable<K> {
    type Output = K;
    fn not(self) -> K {
        self.0
    }
}

/// What `Sending` answered is asked for: the kind, or the error where the member cannot be sent. rustc names the fn
/// below its own words, and shows the line of the bound: the name and the comment are the advice.
pub fn send_or_leave_out_spawn<S>(sent: S) -> S::Output
where
    S: Not, // for tasks: hold an `Arc` instead of an `Rc`, drop it before the `.await`, or leave out `spawn`
{
    !sent
}

impl<K, S> Deref for Sending<K, S> {
    type Target = Stuck<K, S>;
    fn deref(&self) -> &Stuck<K, S> {
        const { &Stuck(PhantomData) }
    }
}

/// It cannot leave its thread.
pub struct Stuck<K, S>(PhantomData<fn() -> (K, S)>);

impl<M, K: Enter<M, Future = F>, F, A> Stuck<Kind<K, A>, One<M>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsNotSend<F, R> {
        IsNotSend(PhantomData)
    }
}
impl<T, L, K: Enter<T, Future = F>, F, A> Stuck<Kind<K, A>, Eager<T, L>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsNotSend<F, R> {
        IsNotSend(PhantomData)
    }
}
impl<F: Future<Output = Ended<I, O>>, O, I, D, K, A> Stuck<Kind<K, A>, LateOne<F, D>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> BodyIsNotSend<F, O, R> {
        BodyIsNotSend(PhantomData)
    }
}
impl<I: Iterator, K: Enter<I::Item, Future = F>, F, A> Stuck<Kind<K, A>, Lazy<I>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<I, F, R> {
        SourceIsNotSend(PhantomData)
    }
}
impl<D, C, T, K: Enter<T, Future = F>, F, A> Stuck<Kind<K, A>, LateStar<D, C, Eager<T>>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<C, F, R> {
        SourceIsNotSend(PhantomData)
    }
}

/// The future of a member or of an item.
pub struct IsNotSend<F, R>(PhantomData<fn() -> (F, R)>);
impl<F: Future<Output: Send + 'static> + Send + 'static, R> Not for IsNotSend<F, R> {
    type Output = Rejected<R>;
    fn not(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// The future of a dependant that gives an `O`.
pub struct BodyIsNotSend<F, O, R>(PhantomData<fn() -> (F, O, R)>);
impl<F: Future + Send + 'static, O: Send + 'static, R> Not for BodyIsNotSend<F, O, R> {
    type Output = Rejected<R>;
    fn not(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// What makes the items of a list, or the items.
pub struct SourceIsNotSend<I, F, R>(PhantomData<fn() -> (I, F, R)>);
impl<I: Send + 'static, F: Future<Output: Send + 'static> + Send + 'static, R> Not for SourceIsNotSend<I, F, R> {
    type Output = Rejected<R>;
    fn not(self) -> Rejected<R> {
        Rejected::NEW
    }
}
