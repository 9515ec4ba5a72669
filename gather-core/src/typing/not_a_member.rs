//! What this is instead of a member: the lower levels of the ladder in [`kinds`](super::kinds).
//!
//! Each level fits one kind of mistake and answers with a marker of [`messages`](super::messages), whose only use is that [`Not`] is
//! implemented for it under a bound that nothing meets: the `on_unimplemented` text of that bound is the error.
//! The expansion calls `Not::not` on whatever the ladder answered. That it is an operator's trait keeps the error short: of
//! any other trait rustc goes on to show what implements it, and of any function where it asks for it.
//! `docs/decisions/not.md` says more.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]
#![allow(clippy::type_complexity, reason = "a marker is as complex as what it is about")]

use alloc::boxed::Box;
use core::future::{Future, IntoFuture};
use core::ops::{Deref, Not};

use futures_core::Stream;

use super::invalid::Invalid;
use super::kinds::Fallible;
#[cfg(feature = "tokio")]
use super::levels::OfTask;
use super::levels::{
    AlmostFuture, BoxedItem, CalledFirst, GivesOption, LentInside, LentItem, ListInside, NoResult, Other, OtherError,
    OthersInside, StreamInside, level, marker_type,
};
use super::messages::{self as say, Gather};
use super::syntax::{ListSubject, SingleMember, Subject, Syntax, UnpackStream};
use crate::in_task::StreamSource;
use crate::policy::{FromError, Identity};

marker_type! {
    /// A `?` member whose error is not the group's.
    IsOtherError<E, C, R>
}
level!(OtherError<S, M>[S: Subject<Item: IntoFuture<Output = Result<T, E>>>, M: Fallible<ConvertError = C>, C, T, E].__kind<R>() => IsOtherError<E, C, R>);
impl<E, X, R> Not for IsOtherError<E, Identity<X>, R>
where
    Gather: say::SameError<E, X>,
{
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}
impl<E, X, R> Not for IsOtherError<E, FromError<X>, R>
where
    Gather: say::ConvertedError<E, X>,
{
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}

/// Has a level answer with the marker of a mistake.
macro_rules! mistaken {
    ($level:ident<$subject:ty, $mode:ty>[$($generics:tt)*] => $marker:ident<$of:ty>) => {
        level!($level<$subject, $mode>[$($generics)*].__kind<R>() => say::$marker<$of, R>);
    };
}

mistaken!(GivesOption<S, M>[S: Subject<Item: IntoFuture<Output = Option<T>>>, M: Fallible, T] => IsOption<Option<T>>);
mistaken!(NoResult<S, M>[S: Subject<Item: IntoFuture<Output = T>>, M: Fallible, T] => IsNoResult<T>);

#[cfg(feature = "tokio")]
mistaken!(OfTask<S, crate::policy::CaughtRequired<C>>[S: Subject<Item = tokio::task::JoinHandle<T>>, T, C] => IsNoResult<T>);
#[cfg(feature = "tokio")]
mistaken!(OfTask<S, crate::policy::Returned<C>>[S: Subject<Item = tokio::task::JoinHandle<T>>, T, C] => IsNoResult<T>);

macro_rules! of_one {
    ($level:ident[$($generics:tt)*]<$member:ty> => $marker:ident<$of:ty>) => {
        mistaken!($level<SingleMember<$member>, M>[$($generics)*, M] => $marker<$of>);
    };
}

of_one!(AlmostFuture['a, F: Future + ?Sized]<&'a mut F> => IsUnpinned<&'a mut F>);
of_one!(AlmostFuture[F: Future + ?Sized]<Box<F>> => IsBoxed<Box<F>>);
#[cfg(feature = "std")]
of_one!(AlmostFuture[T]<std::thread::JoinHandle<T>> => IsThread<T>);
of_one!(StreamInside[S: Stream<Item: IntoFuture>]<S> => IsStream<S>);
of_one!(Other[T]<T> => IsOther<T>);

of_one!(AlmostFuture[F: IntoFuture]<Option<F>> => IsWrapped<Option<F>>);
of_one!(AlmostFuture[F: IntoFuture, E]<Result<F, E>> => IsWrapped<Result<F, E>>);

/// `Option` and `Result`, which share a level.
pub trait Maybe {}
impl<T> Maybe for Option<T> {}
impl<T, E> Maybe for Result<T, E> {}
// `Option` and `Result` are lists of none or one, and not meant as such.
of_one!(CalledFirst[W: Maybe]<W> => IsOther<W>);

of_one!(ListInside[L: IntoIterator<Item: IntoFuture>]<L> => IsList<L>);
of_one!(LentInside['a, F: IntoFuture + 'a, L: IntoIterator<Item = &'a F>]<L> => IsList<L>);
of_one!(OthersInside[T, L: IntoIterator<Item = T>]<L> => IsListOfOthers<T>);

/// Functions and closures of every arity worth a message; a trait, because an inherent method cannot have `A` free.
pub trait UncalledKind<A> {
    type Function;
    fn __kind<R>(&self) -> say::IsUncalled<Self::Function, R>;
}
macro_rules! uncalled {
    ($($source:ident ($($arg:ident)*);)+) => { $(
        impl<F: FnOnce($($arg),*) -> O, O, $($arg,)* M> UncalledKind<($($arg,)*)> for CalledFirst<$source<F>, M> {
            type Function = F;
            fn __kind<R>(&self) -> say::IsUncalled<F, R> {
                say::IsUncalled::NEW
            }
        }
    )+ };
}
uncalled! {
    SingleMember (); SingleMember (A); SingleMember (A B); SingleMember (A B C);
}

macro_rules! of_list {
    ($level:ident[$($generics:tt)*]<$item:ty> => $marker:ident<$of:ty>) => {
        mistaken!($level<S, M>[$($generics)*, S: ListSubject<Item = $item>, M] => $marker<$of>);
    };
}

of_list!(LentItem['a, F: Future + ?Sized + 'a]<&'a mut F> => IsLent<&'a mut F>);
of_list!(BoxedItem[F: Future + ?Sized]<Box<F>> => IsBoxed<Box<F>>);
of_list!(AlmostFuture['a, K: 'a, F: IntoFuture + 'a]<&'a (K, F)> => IsBorrowed<(K, F)>);
of_list!(CalledFirst['a, K: 'a, F: IntoFuture + 'a]<(&'a K, &'a F)> => IsBorrowed<(K, F)>);
of_list!(ListInside['a, T: IntoFuture + 'a]<&'a T> => IsBorrowed<T>);
of_list!(LentInside[F: IntoFuture, K]<(F, K)> => IsSwapped<(F, K)>);
of_list!(OthersInside[K, L: IntoIterator<Item: IntoFuture>]<(K, L)> => IsListForAKey<(K, L)>);
of_list!(Other[T]<T> => IsNoFutures<T>);
mistaken!(StreamInside<StreamSource<S, LIMITED>, M>[S: Stream, M, const LIMITED: bool] => IsStreamOfOthers<S::Item>);

marker_type! {
    /// What [`Unpack`](super::syntax::Unpack) gives where it is no list.
    NotAList<L>
}
marker_type! {
    /// The level below [`UnpackStream`], for what is neither a list nor a stream.
    UnpackNothing<L>
}
impl<L> Deref for UnpackStream<L> {
    type Target = UnpackNothing<L>;
    fn deref(&self) -> &UnpackNothing<L> {
        &UnpackNothing::NEW
    }
}
level!(UnpackNothing<L>[L].__eager() => NotAList<L>);
level!(UnpackNothing<L>[L].__lazy() => NotAList<L>);
level!(UnpackNothing<L>[L].__alone() => NotAList<L>);
impl<L> Syntax for NotAList<L> {
    type Subject = Self;
}
mistaken!(AlmostFuture<NotAList<&mut S>, M>[S: Stream, M] => IsUnpinnedStream<S>);
mistaken!(AlmostFuture<NotAList<Box<S>>, M>[S: Stream + ?Sized, M] => IsBoxedStream<Box<S>>);
#[cfg(feature = "tokio")]
mistaken!(AlmostFuture<NotAList<tokio::task::JoinSet<T>>, M>[T, M] => IsJoinSet<tokio::task::JoinSet<T>>);
mistaken!(ListInside<NotAList<L>, M>[L: IntoFuture, M] => IsStarredFuture<L>);
mistaken!(Other<NotAList<L>, M>[L, M] => IsNoList<L>);

marker_type! {
    /// An adapter of an iterator, made with a closure that does not fit: rustc has reported that.
    Reported<R>
}
impl<R> Not for Reported<R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}
macro_rules! adapters {
    ($($adapter:ident<$($generic:ident),+>;)+) => { $(
        level!(LentInside<NotAList<core::iter::$adapter<$($generic),+>>, M>[$($generic),+, M].__kind<R>() => Reported<R>);
    )+ };
}
adapters! {
    Map<I, F>;
    Filter<I, F>;
    FilterMap<I, F>;
}
