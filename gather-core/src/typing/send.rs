//! Whether a member can become a task.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use std::future::Future;
use std::marker::PhantomData;
use std::ops::{Deref, Not};

use super::dependent::BodyOutput;
use super::keys::{AsKeyed, KeyedItems};
use super::kinds::Kind;
use super::messages::{self as say, Gather};
use super::not_a_member::Invalid;
use super::syntax::{Dependent, DependentList, PulledItems, SingleMember, StreamItems, UnpulledItems};
use crate::in_task::Enter;

/// Asked by `__send_or_leave_out_spawn()`, which leads here where it can, and by [`Deref`] to the mistake where it cannot. See
/// [`kinds`](super::kinds) for the trick.
pub struct Sending<K, S>(K, PhantomData<fn() -> S>);

impl<K, S> Sending<K, S> {
    pub(crate) fn new(kind: K) -> Self {
        Self(kind, PhantomData)
    }
}

// The bounds stand on the future itself, so that rustc says what is held across which await. See also `IsNotSend`: only where
// it is not known yet, as of a block in the same body, do these bounds fail.

impl<M, K: Enter<M, Future = F>, A, F> Sending<Kind<K, A>, SingleMember<M>>
where
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<T, L, K: Enter<T, Future = F>, A, F> Sending<Kind<K, A>, PulledItems<T, L>>
where
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<I, K: Enter<I::Item, Future = F>, A, F> Sending<Kind<K, A>, UnpulledItems<I>>
where
    I: Iterator + Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<F, O, I, D, K, A> Sending<Kind<K, A>, Dependent<F, D>>
where
    F: Future<Output = BodyOutput<I, O>> + Send + 'static,
    O: Send + 'static,
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<D, C, T, K: Enter<T, Future = F>, A, F> Sending<Kind<K, A>, DependentList<D, C, PulledItems<T>>>
where
    C: FnOnce() -> PulledItems<T> + Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
{
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Kind<K, A>> {
        Sendable(self.0)
    }
}
impl<R, S> Sending<Invalid<R>, S> {
    pub fn __send_or_leave_out_spawn(self) -> Sendable<Invalid<R>> {
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

macro_rules! levels {
    ($($(#[$doc:meta])* $from:ident -> $to:ident;)+) => { $(
        impl<K, S> Deref for $from<K, S> {
            type Target = $to<K, S>;
            fn deref(&self) -> &$to<K, S> {
                const { &$to(PhantomData) }
            }
        }
        $(#[$doc])*
        pub struct $to<K, S>(PhantomData<fn() -> (K, S)>);
    )+ };
}
levels! {
    /// The keys and futures of a list can leave their thread, so it is what makes them that cannot.
    Sending -> StuckSource;
    /// The futures can, so it is the keys.
    StuckSource -> StuckKey;
    /// It is the futures.
    StuckKey -> StuckValue;
    /// It cannot leave its thread.
    StuckValue -> Stuck;
}

impl<I, Q, M, K: Enter<M, Future = F>, A, B, F> StuckSource<Kind<AsKeyed<K, A>, B>, UnpulledItems<I>>
where
    I: Iterator<Item = (Q, M)>,
    Q: Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<I, F, R> {
        SourceIsNotSend(PhantomData)
    }
}
impl<D, C, Q, M, K: Enter<M, Future = F>, A, B, F>
    StuckSource<Kind<AsKeyed<K, A>, B>, DependentList<D, C, PulledItems<(Q, M)>>>
where
    Q: Send + 'static,
    F: Future<Output: Send + 'static> + Send + 'static,
{
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<C, F, R> {
        SourceIsNotSend(PhantomData)
    }
}
impl<S: KeyedItems, K: Enter<S::Value, Future = F>, A, B, F> StuckKey<Kind<AsKeyed<K, A>, B>, S>
where
    F: Future<Output: Send + 'static> + Send + 'static,
{
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsKeyNotSend<S::Key, R> {
        IsKeyNotSend(PhantomData)
    }
}
impl<S: KeyedItems, K: Enter<S::Value, Future = F>, A, B, F> StuckValue<Kind<AsKeyed<K, A>, B>, S> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsNotSend<F, R> {
        IsNotSend(PhantomData)
    }
}

/// The key of an item.
pub struct IsKeyNotSend<Q, R>(PhantomData<fn() -> (Q, R)>);
impl<Q, R> Not for IsKeyNotSend<Q, R>
where
    Gather: say::KeyIsSend<Q>,
{
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}

impl<M, K: Enter<M, Future = F>, F, A> Stuck<Kind<K, A>, SingleMember<M>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsNotSend<F, R> {
        IsNotSend(PhantomData)
    }
}
impl<T, L, K: Enter<T, Future = F>, F, A> Stuck<Kind<K, A>, PulledItems<T, L>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsNotSend<F, R> {
        IsNotSend(PhantomData)
    }
}
impl<F: Future<Output = BodyOutput<I, O>>, O, I, D, K, A> Stuck<Kind<K, A>, Dependent<F, D>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> BodyIsNotSend<F, O, R> {
        BodyIsNotSend(PhantomData)
    }
}
impl<I: Iterator, K: Enter<I::Item, Future = F>, F, A> Stuck<Kind<K, A>, UnpulledItems<I>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<I, F, R> {
        SourceIsNotSend(PhantomData)
    }
}
impl<D, C, T, K: Enter<T, Future = F>, F, A> Stuck<Kind<K, A>, DependentList<D, C, PulledItems<T>>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> SourceIsNotSend<C, F, R> {
        SourceIsNotSend(PhantomData)
    }
}

impl<S, K, A, const LIMITED: bool> Stuck<Kind<K, A>, StreamItems<S, LIMITED>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsSpawnedStream<S, R> {
        IsSpawnedStream(PhantomData)
    }
}
impl<D, C, S, K, A, const LIMITED: bool> Stuck<Kind<K, A>, DependentList<D, C, StreamItems<S, LIMITED>>> {
    pub fn __send_or_leave_out_spawn<R>(&self) -> IsSpawnedStream<S, R> {
        IsSpawnedStream(PhantomData)
    }
}

/// A stream, which somebody would have to pull.
pub struct IsSpawnedStream<S, R>(PhantomData<fn() -> (S, R)>);
impl<S, R> Not for IsSpawnedStream<S, R>
where
    Gather: say::ListNotStream<S>,
{
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}

/// The future of a member or of an item.
pub struct IsNotSend<F, R>(PhantomData<fn() -> (F, R)>);
impl<F: Future<Output: Send + 'static> + Send + 'static, R> Not for IsNotSend<F, R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}

/// The future of a dependant that gives an `O`.
pub struct BodyIsNotSend<F, O, R>(PhantomData<fn() -> (F, O, R)>);
impl<F: Future + Send + 'static, O: Send + 'static, R> Not for BodyIsNotSend<F, O, R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}

/// What makes the items of a list, or the items.
pub struct SourceIsNotSend<I, F, R>(PhantomData<fn() -> (I, F, R)>);
impl<I: Send + 'static, F: Future<Output: Send + 'static> + Send + 'static, R> Not for SourceIsNotSend<I, F, R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}
