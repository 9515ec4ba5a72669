//! Whether the items of a list are pairs: a ladder as in [`kinds`](super::kinds), asked of each list before the kind of its items.
//!
//! ```text
//! let keys = not(keys(&m0).__keys());                         // Split or AsItIs
//! let kind = keyed(keys, not(of_any(&keys, &Pass).__kind())); // of the pairs' seconds, then of the pairs
//! ```
//!
//! [`FuturesOfList`] -> [`KeysOfFutures`] -> [`KeysShown`] -> [`KeysHidden`] -> [`NoPairs`]
//!
//! [`FuturesOfLateList`] -> [`KeysOfLateList`] -> [`KeysOfFutures`] -> ..
//!
//! Most lists have no keys, and stop at the first rung. So does one whose items rustc does not know since something else is wrong with
//! the call: every rung would take it, and nothing is to be said of keys.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use core::fmt::Debug;
use core::future::IntoFuture;
use core::marker::PhantomData;
use core::ops::{Deref, Not};

use futures_core::Stream;

use super::kinds::Kind;
use super::levels::Other;
use super::messages::{self as say, Gather};
use super::not_a_member::Rejected;
use super::syntax::{Eager, LateStar, Lazy, Source, Streaming, Written};
use crate::in_task::Enter;
use crate::policy::{Hidden, KeyedBy, Settle, Shown, WithKey};

/// A list whose items are pairs of a key and a future.
pub trait Pairs {
    type Key;
    type Value: IntoFuture;
}
impl<Q, M: IntoFuture, L> Pairs for Eager<(Q, M), L> {
    type Key = Q;
    type Value = M;
}
impl<Q, M: IntoFuture, I: Iterator<Item = (Q, M)>> Pairs for Lazy<I> {
    type Key = Q;
    type Value = M;
}
impl<Q, M: IntoFuture, S: Stream<Item = (Q, M)>, const LIMITED: bool> Pairs for Streaming<S, LIMITED> {
    type Key = Q;
    type Value = M;
}
impl<D, C, S: Pairs> Pairs for LateStar<D, C, S> {
    type Key = S::Key;
    type Value = S::Value;
}

macro_rules! rungs {
    ($($(#[$doc:meta])* $from:ident -> $to:ident;)+) => { $(
        $(#[$doc])*
        pub struct $from<W>(PhantomData<fn() -> W>);
        impl<W> $from<W> {
            pub(crate) const NEW: Self = Self(PhantomData);
        }
        impl<W> Deref for $from<W> {
            type Target = $to<W>;
            fn deref(&self) -> &$to<W> {
                &$to::NEW
            }
        }
    )+ };
}
rungs! {
    FuturesOfList -> KeysOfFutures;
    FuturesOfLateList -> KeysOfLateList;
    /// Of a dependent list where fields hold what went wrong: one that never starts has no keys to hold it.
    KeysOfLateList -> KeysOfFutures;
    /// A key that could be awaited is a member that would be forgotten.
    KeysOfFutures -> KeysShown;
    KeysShown -> KeysHidden;
    KeysHidden -> NoPairs;
}

/// The last rung.
pub struct NoPairs<W>(PhantomData<fn() -> W>);
impl<W> NoPairs<W> {
    const NEW: Self = Self(PhantomData);
}

impl<W: Written<Source: Source<Item: IntoFuture>>> FuturesOfList<W> {
    pub fn __keys(&self) -> AsItIs<W> {
        AsItIs(PhantomData)
    }
}
impl<W: Written<Source: Source<Item: IntoFuture>>> FuturesOfLateList<W> {
    pub fn __keys(&self) -> AsItIs<W> {
        AsItIs(PhantomData)
    }
}
impl<W: Pairs> KeysOfLateList<W> {
    pub fn __keys(&self) -> IsLateKeyed<W::Key> {
        IsLateKeyed(PhantomData)
    }
}
impl<W: Pairs<Key: IntoFuture>> KeysOfFutures<W> {
    pub fn __keys(&self) -> IsPairOfFutures<W::Key> {
        IsPairOfFutures(PhantomData)
    }
}
impl<W: Pairs<Key: Debug>> KeysShown<W> {
    pub fn __keys(&self) -> Split<W, Shown> {
        Split(PhantomData)
    }
}
impl<W: Pairs> KeysHidden<W> {
    pub fn __keys(&self) -> Split<W, Hidden> {
        Split(PhantomData)
    }
}
impl<W> NoPairs<W> {
    pub fn __keys(&self) -> AsItIs<W> {
        AsItIs(PhantomData)
    }
}

/// The items are pairs, and `X` prints their keys.
pub struct Split<W, X>(PhantomData<fn() -> (W, X)>);
/// The items have no keys.
pub struct AsItIs<W>(PhantomData<fn() -> W>);
/// A mistake was reported.
pub struct NoKeys;

impl<W, X> Not for Split<W, X> {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}
impl<W> Not for AsItIs<W> {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}

macro_rules! mistakes {
    ($($name:ident $message:ident;)+) => { $(
        pub struct $name<Q>(PhantomData<fn() -> Q>);
        impl<Q> Not for $name<Q>
        where
            Gather: say::$message<Q>,
        {
            type Output = NoKeys;
            fn not(self) -> NoKeys {
                NoKeys
            }
        }
    )+ };
}
mistakes! {
    IsLateKeyed LateListHasNoKeys;
    IsPairOfFutures KeyIsNoFuture;
}

// What the kind of the items is found by: their futures.
impl<W: Pairs, X> Written for Split<W, X> {
    type Source = Eager<W::Value>;
}
impl<W: Written> Written for AsItIs<W> {
    type Source = W::Source;
}
impl Written for NoKeys {
    type Source = Self;
}

/// Makes the kind of the items of that of their futures.
pub trait Keyed<K> {
    type Kind;
    fn keyed(kind: K) -> Self::Kind;
}
impl<W, K> Keyed<K> for AsItIs<W> {
    type Kind = K;
    fn keyed(kind: K) -> K {
        kind
    }
}
impl<K> Keyed<K> for NoKeys {
    type Kind = K;
    fn keyed(kind: K) -> K {
        kind
    }
}
impl<W, X, K, A> Keyed<Kind<K, A>> for Split<W, X> {
    type Kind = Kind<AsKeyed<K, A>, KeyedBy<X, A>>;
    fn keyed(_: Kind<K, A>) -> Self::Kind {
        Kind::default()
    }
}
impl<W, X, R> Keyed<Rejected<R>> for Split<W, X> {
    type Kind = Rejected<R>;
    fn keyed(kind: Rejected<R>) -> Rejected<R> {
        kind
    }
}

/// How a pair becomes a future, where its second enters by `K` and is settled by `A`.
pub struct AsKeyed<K, A>(PhantomData<fn() -> (K, A)>);

impl<Q, M, K: Enter<M>, A: Settle<K::Future>> Enter<(Q, M)> for AsKeyed<K, A> {
    type Future = WithKey<Q, K::Future, A>;
    type Item = (Q, K::Item);
    fn enter((key, member): (Q, M)) -> Self::Future {
        WithKey::new(key, K::enter(member))
    }
    #[cfg(feature = "tokio")]
    fn stopper(future: &Self::Future) -> Option<crate::policy::StopAdopted> {
        future.future.as_ref().and_then(K::stopper)
    }
}

/// Of a list whose keys are a mistake.
impl<M> Other<NoKeys, M> {
    pub fn __kind<R>(&self) -> Rejected<R> {
        Rejected::NEW
    }
}
