//! Whether a member can become a task.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use std::future::Future;
use std::marker::PhantomData;
use std::ops::{Deref, Not};

use super::dependent::BodyOutput;
use super::invalid::Invalid;
use super::keys::{AsKeyed, KeyedItems};
use super::kinds::Kind;
use super::levels::{ladder, level, marker_type};
use super::messages as say;
use super::syntax::{Dependent, DependentList, PulledItems, SingleMember};
use crate::in_task::{Enter, IteratorSource, StreamSource};

/// What a member that enters by `K` sends to other threads.
pub trait Sent<K> {
    /// The iterator or the closure that makes the items of a list; `()` for a single member, and for a list whose items were made before.
    type Source;
    /// The future of the member or of an item.
    type Future: Future;
    /// The output of the future.
    type Output;
}
impl<M, K: Enter<M>> Sent<K> for SingleMember<M> {
    type Source = ();
    type Future = K::Future;
    type Output = <K::Future as Future>::Output;
}
impl<T, L, K: Enter<T>> Sent<K> for PulledItems<T, L> {
    type Source = ();
    type Future = K::Future;
    type Output = <K::Future as Future>::Output;
}
impl<I: Iterator, K: Enter<I::Item>> Sent<K> for IteratorSource<I, true> {
    type Source = I;
    type Future = K::Future;
    type Output = <K::Future as Future>::Output;
}
impl<F: Future<Output = BodyOutput<I, O>>, I, O, D, K> Sent<K> for Dependent<F, D> {
    type Source = ();
    type Future = F;
    type Output = O;
}
impl<D, C, T, K: Enter<T>> Sent<K> for DependentList<D, C, PulledItems<T>> {
    type Source = C;
    type Future = K::Future;
    type Output = <K::Future as Future>::Output;
}

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

impl<K, A, S, I, F, O> Sending<Kind<K, A>, S>
where
    S: Sent<K, Source = I, Future = F, Output = O>,
    I: Send + 'static,
    F: Send + 'static, // for tasks: hold an `Arc`, `async move`, or leave out `spawn`
    O: Send + 'static,
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

/// Takes the answer of `Sending`: the kind, or the error where the member cannot be sent. rustc names the fn
/// below its own words, and shows the line of the bound: the name and the comment are the advice.
pub fn send_or_leave_out_spawn<S>(sent: S) -> S::Output
where
    S: Not, // for tasks: hold an `Arc` instead of an `Rc`, drop it before the `.await`, or leave out `spawn`
{
    !sent
}

impl<K, S> Deref for Sending<K, S> {
    type Target = StuckSource<K, S>;
    fn deref(&self) -> &StuckSource<K, S> {
        &StuckSource::NEW
    }
}
ladder! { <K, S>
    /// A list with keys. Its keys and futures can leave their thread, so what makes them cannot.
    StuckSource;
    /// A list with keys. Its futures can leave their thread, so a key cannot.
    StuckKey;
    /// A list with keys, a future of which cannot leave its thread.
    StuckValue;
    /// A member without keys, which cannot leave its thread.
    Stuck;
    /// A stream, which somebody would have to pull.
    StuckStream;
}

/// Has a level answer for a kind of a member, and what was written.
macro_rules! stuck {
    ($level:ident<$kind:ty, $written:ty>[$($generics:tt)*] => $answer:ty) => {
        level!($level<$kind, $written>[$($generics)*].__send_or_leave_out_spawn<R>() => $answer);
    };
}
stuck!(StuckSource<Kind<AsKeyed<K, A>, B>, S>[
    S: Sent<AsKeyed<K, A>, Source = I> + KeyedItems<Key: Send + 'static>, I, K: Enter<S::Value, Future = F>, A, B,
    F: Future<Output = O> + Send + 'static, O: Send + 'static
] => IsNotSend<I, F, O, R>);
stuck!(StuckKey<Kind<AsKeyed<K, A>, B>, S>[
    S: KeyedItems, K: Enter<S::Value, Future = F>, A, B, F: Future<Output: Send + 'static> + Send + 'static
] => say::IsKeyNotSend<S::Key, R>);
stuck!(StuckValue<Kind<AsKeyed<K, A>, B>, S>[
    S: KeyedItems, K: Enter<S::Value, Future = F>, A, B, F: Future<Output = O>, O
] => IsNotSend<(), F, O, R>);
stuck!(Stuck<Kind<K, A>, S>[S: Sent<K, Source = I, Future = F, Output = O>, K, A, I, F, O] => IsNotSend<I, F, O, R>);
stuck!(StuckStream<Kind<K, A>, StreamSource<S, LIMITED>>[S, K, A, const LIMITED: bool] => say::IsSpawnedStream<S, R>);
stuck!(StuckStream<Kind<K, A>, DependentList<D, C, StreamSource<S, LIMITED>>>[D, C, S, K, A, const LIMITED: bool] => say::IsSpawnedStream<S, R>);

marker_type! {
    /// The future of a member or of an item, what it gives, or what makes the items.
    IsNotSend<I, F, O, R>
}
impl<I: Send + 'static, F: Send + 'static, O: Send + 'static, R> Not for IsNotSend<I, F, O, R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}
