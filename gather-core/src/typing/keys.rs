//! Whether the items of a list are pairs: a ladder as in [`kinds`](super::kinds), asked of each list before the kind of its items.
//!
//! ```text
//! let keys = not(keys(&m0).__keys());                         // KeyedList or Unkeyed
//! let kind = keyed(keys, not(of_any(&keys, &Plain).__kind())); // of the pairs' seconds, then of the pairs
//! ```
//!
//! [`FuturesOfList`] -> [`KeysOfFutures`] -> [`KeysShown`] -> [`KeysHidden`] -> [`NoPairs`]
//!
//! [`FuturesOfDependentList`] -> [`KeysOfDependentList`] -> [`FuturesOfList`] -> ..
//!
//! Most lists have no keys, and stop at the first level. So does one whose items rustc does not know since something else is wrong with
//! the call: every level would take it, and nothing is to be said of keys.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use core::fmt::Debug;
use core::future::IntoFuture;
use core::marker::PhantomData;

use super::invalid::Invalid;
use super::kinds::Kind;
use super::levels::{Other, answers, ladder, level, marker_type};
use super::messages as say;
use super::syntax::{DependentList, PulledItems, Subject, Syntax};
use crate::in_task::{Enter, ItemSource};
use crate::policy::{KeyedFuture, KeyedPolicy, MemberPolicy, PrintedKey, UnprintedKey};

/// A list whose items are pairs of a key and a future.
pub trait KeyedItems {
    type Key;
    type Value: IntoFuture;
}
impl<Q, M: IntoFuture, L> KeyedItems for PulledItems<(Q, M), L> {
    type Key = Q;
    type Value = M;
}
impl<Q, M: IntoFuture, S: ItemSource<Item = (Q, M)>> KeyedItems for S {
    type Key = Q;
    type Value = M;
}
impl<D, C, S: KeyedItems> KeyedItems for DependentList<D, C, S> {
    type Key = S::Key;
    type Value = S::Value;
}

ladder! { <W>
    /// A dependent list of futures.
    FuturesOfDependentList;
    /// The pairs of a dependent list where fields hold what went wrong. That is a mistake: a list that never starts has no keys to hold it.
    KeysOfDependentList;
    /// A list of futures. Where the list is no dependent one, the ladder begins here.
    FuturesOfList;
    /// Pairs of two futures. That is a mistake: the first would never be polled.
    KeysOfFutures;
    /// Pairs whose keys can be printed.
    KeysShown;
    /// Pairs whose keys cannot.
    KeysHidden;
    /// Anything else, which has no keys.
    NoPairs;
}

level!(FuturesOfDependentList<W>[W: Syntax<Subject: Subject<Item: IntoFuture>>].__keys() => Unkeyed<W>);
level!(KeysOfDependentList<W>[W: KeyedItems].__keys() => say::IsDependentKeyed<W::Key, InvalidKeys>);
level!(FuturesOfList<W>[W: Syntax<Subject: Subject<Item: IntoFuture>>].__keys() => Unkeyed<W>);
level!(KeysOfFutures<W>[W: KeyedItems<Key: IntoFuture>].__keys() => say::IsPairOfFutures<W::Key, InvalidKeys>);
level!(KeysShown<W>[W: KeyedItems<Key: Debug>].__keys() => KeyedList<W, PrintedKey>);
level!(KeysHidden<W>[W: KeyedItems].__keys() => KeyedList<W, UnprintedKey>);
level!(NoPairs<W>[W].__keys() => Unkeyed<W>);

marker_type! {
    /// The items are pairs, and `X` prints their keys.
    KeyedList<W, X>
}
marker_type! {
    /// The items have no keys.
    Unkeyed<W>
}
/// A mistake was reported.
pub struct InvalidKeys;

answers!(KeyedList<W, X>, Unkeyed<W>);

// The kind of the items is found by their futures.
impl<W: KeyedItems, X> Syntax for KeyedList<W, X> {
    type Subject = PulledItems<W::Value>;
}
impl<W: Syntax> Syntax for Unkeyed<W> {
    type Subject = W::Subject;
}
impl Syntax for InvalidKeys {
    type Subject = Self;
}

/// Makes the kind of the items out of the kind of their futures.
pub trait KeyedKind<K> {
    type Kind;
    fn keyed(kind: K) -> Self::Kind;
}
impl<W, K> KeyedKind<K> for Unkeyed<W> {
    type Kind = K;
    fn keyed(kind: K) -> K {
        kind
    }
}
impl<K> KeyedKind<K> for InvalidKeys {
    type Kind = K;
    fn keyed(kind: K) -> K {
        kind
    }
}
impl<W, X, K, A> KeyedKind<Kind<K, A>> for KeyedList<W, X> {
    type Kind = Kind<AsKeyed<K, A>, KeyedPolicy<X, A>>;
    fn keyed(_: Kind<K, A>) -> Self::Kind {
        Kind::default()
    }
}
impl<W, X, R> KeyedKind<Invalid<R>> for KeyedList<W, X> {
    type Kind = Invalid<R>;
    fn keyed(kind: Invalid<R>) -> Invalid<R> {
        kind
    }
}

/// Enters a pair by its second: the pair becomes the future of its second, which enters by `K` and is settled by `A`, with its key.
pub struct AsKeyed<K, A>(PhantomData<fn() -> (K, A)>);

impl<Q, M, K: Enter<M>, A: MemberPolicy<K::Future>> Enter<(Q, M)> for AsKeyed<K, A> {
    type Future = KeyedFuture<Q, K::Future, A>;
    type Item = (Q, K::Item);
    fn enter((key, member): (Q, M)) -> Self::Future {
        KeyedFuture::new(key, K::enter(member))
    }
    #[cfg(feature = "tokio")]
    fn abort_handle(future: &Self::Future) -> Option<crate::policy::AbortAdopted> {
        future.future.as_ref().and_then(K::abort_handle)
    }
}

// A list whose keys are a mistake, which was reported.
level!(Other<InvalidKeys, M>[M].__kind<R>() => Invalid<R>);
