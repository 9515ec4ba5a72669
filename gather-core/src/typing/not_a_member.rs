//! What this is instead of a member: the lower levels of the ladder in [`kinds`](super::kinds).
//!
//! Each level fits one kind of mistake and answers with a marker, whose only use is that [`Not`] is implemented for it under
//! a bound that nothing meets: the `on_unimplemented` text of that bound, in [`messages`](super::messages), is the error.
//! The expansion calls `Not::not` on whatever the ladder answered. That it is an operator's trait keeps the error short: of
//! any other trait rustc goes on to show what implements it, and of any function where it asks for it.
//! `docs/decisions/not.md` says more.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]
#![allow(clippy::type_complexity, reason = "a marker is as complex as what it is about")]

use alloc::boxed::Box;
use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::ops::{Deref, Not};

use futures_core::Stream;

use super::kinds::Fallible;
use super::levels::{
    AlmostFuture, BoxedItem, CalledFirst, GivesOption, LentInside, LentItem, ListInside, NoResult, Other, OtherError,
    OthersInside, StreamInside, answers,
};
use super::messages::{self as say, Gather};
use super::syntax::{ListSubject, SingleMember, Subject, Syntax, UnpackStream};
use crate::in_task::StreamSource;
use crate::policy::{FromError, Identity};

/// Defines the markers of mistakes: what was written about which types, and the message. `Not` of one gives `Invalid<R>`, or what stands
/// behind the arrow, in what then does not compile.
macro_rules! mistakes {
    ($($(#[$doc:meta])* $name:ident<$($of:ident),+> $message:ident<$($asked:ty),+>;)+) => { $(
        $(#[$doc])*
        pub struct $name<$($of,)+ R>(core::marker::PhantomData<fn() -> ($($of,)+ R)>);
        impl<$($of,)+ R> $name<$($of,)+ R> {
            pub(crate) const NEW: Self = Self(core::marker::PhantomData);
        }
        impl<$($of,)+ R> core::ops::Not for $name<$($of,)+ R>
        where
            $crate::typing::messages::Gather: $crate::typing::messages::$message<$($asked),+>,
        {
            type Output = $crate::typing::not_a_member::Invalid<R>;
            fn not(self) -> Self::Output {
                $crate::typing::not_a_member::Invalid::NEW
            }
        }
    )+ };
    ($($(#[$doc:meta])* $name:ident<$of:ident> $message:ident -> $answer:ty;)+) => { $(
        $(#[$doc])*
        pub struct $name<$of>(core::marker::PhantomData<fn() -> $of>);
        impl<$of> $name<$of> {
            pub(crate) const NEW: Self = Self(core::marker::PhantomData);
        }
        impl<$of> core::ops::Not for $name<$of>
        where
            $crate::typing::messages::Gather: $crate::typing::messages::$message<$of>,
        {
            type Output = $answer;
            fn not(self) -> $answer {
                unreachable!("it does not compile")
            }
        }
    )+ };
}
pub(crate) use mistakes;

mistakes! {
    /// A future whose output is no `Result`, with a `?`.
    IsNoResult<T> MemberIsAResult<T>;
    /// A future of an `Option`, with a `?`.
    IsOption<T> OptionIsAResult<Option<T>>;
    /// A list where one member belongs.
    IsList<L> ListIsUnpacked<L>;
    /// A list of something else, where one member belongs.
    IsListOfOthers<T> MemberIsAFuture<T>;
    /// A function or a closure.
    IsUncalled<F> FunctionIsCalled<F>;
    /// A future in an `Option` or a `Result`.
    IsWrapped<W> FutureIsUnwrapped<W>;
    /// `&mut future` that is not `Unpin`.
    IsUnpinned<F> FutureIsPinned<F>;
    /// A future in a `Box`, likewise.
    IsBoxed<B> BoxIsPinned<B>;
    /// The handle of a thread.
    IsThread<T> ThreadIsATask<T>;
    /// Anything else.
    IsOther<M> MemberIsFuture<M>;
    /// `*` on something that is no list.
    IsNoList<L> StarIsList<L>;
    /// `*` on a future.
    IsStarredFuture<L> ListNotFuture<L>;
    /// A list of something else.
    IsNoFutures<T> ItemIsFuture<T>;
    /// A list of pairs, the future first.
    IsSwapped<P> KeyComesFirst<P>;
    /// A list of pairs of a key and a list.
    IsListForAKey<P> OneFutureForAKey<P>;
    /// A stream of something else.
    IsStreamOfOthers<T> ItemOfStream<T>;
    /// A list of references to futures.
    IsBorrowed<T> OwnedItem<T>;
    /// A list of `&mut` references to futures that are not `Unpin`.
    IsLent<T> OwnedItemNotLent<T>;
    /// A stream where one member belongs.
    IsStream<S> StreamIsUnpacked<S>;
    /// `&mut stream` that is not `Unpin`.
    IsUnpinnedStream<S> StreamIsPinned<S>;
    /// A stream in a `Box`, likewise.
    IsBoxedStream<B> BoxOfStreamIsPinned<B>;
}

#[cfg(feature = "tokio")]
mistakes! {
    /// A set of tasks that is no list of them.
    IsJoinSet<J> TasksOfJoinSet<J>;
}

/// A `?` member whose error is not the group's.
pub struct IsOtherError<E, C, R>(PhantomData<fn() -> (E, C, R)>);
impl<E, C, R> IsOtherError<E, C, R> {
    const NEW: Self = Self(PhantomData);
}
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

/// Has a level answer with a marker.
macro_rules! mistaken {
    ($level:ident<$subject:ty, $mode:ty>[$($generics:tt)*] => $marker:ident<$($of:ty),+>) => {
        impl<$($generics)*> $level<$subject, $mode> {
            pub fn __kind<R>(&self) -> $marker<$($of,)+ R> {
                $marker::NEW
            }
        }
    };
}

mistaken!(OtherError<S, M>[S: Subject<Item: IntoFuture<Output = Result<T, E>>>, M: Fallible<ConvertError = C>, C, T, E] => IsOtherError<E, C>);
mistaken!(GivesOption<S, M>[S: Subject<Item: IntoFuture<Output = Option<T>>>, M: Fallible, T] => IsOption<T>);
mistaken!(NoResult<S, M>[S: Subject<Item: IntoFuture<Output = T>>, M: Fallible, T] => IsNoResult<T>);

#[cfg(feature = "tokio")]
mod of_task {
    use tokio::task::{JoinHandle, JoinSet};

    use super::{AlmostFuture, IsJoinSet, IsNoResult, NotAList};
    use crate::policy::{CaughtRequired, Returned};
    use crate::typing::levels::OfTask;
    use crate::typing::syntax::Subject;

    mistaken!(OfTask<S, CaughtRequired<C>>[S: Subject<Item = JoinHandle<T>>, T, C] => IsNoResult<T>);
    mistaken!(OfTask<S, Returned<C>>[S: Subject<Item = JoinHandle<T>>, T, C] => IsNoResult<T>);
    mistaken!(AlmostFuture<NotAList<JoinSet<T>>, M>[T, M] => IsJoinSet<JoinSet<T>>);
}

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
    fn __kind<R>(&self) -> IsUncalled<Self::Function, R>;
}
macro_rules! uncalled {
    ($($source:ident ($($arg:ident)*);)+) => { $(
        impl<F: FnOnce($($arg),*) -> O, O, $($arg,)* M> UncalledKind<($($arg,)*)> for CalledFirst<$source<F>, M> {
            type Function = F;
            fn __kind<R>(&self) -> IsUncalled<F, R> {
                IsUncalled::NEW
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

/// What [`Unpack`](super::syntax::Unpack) gives where it is no list.
pub struct NotAList<L>(PhantomData<fn() -> L>);
/// The level below [`UnpackStream`], for what is neither a list nor a stream.
pub struct UnpackNothing<L>(PhantomData<fn() -> L>);
impl<L> Deref for UnpackStream<L> {
    type Target = UnpackNothing<L>;
    fn deref(&self) -> &UnpackNothing<L> {
        const { &UnpackNothing(PhantomData) }
    }
}
impl<L> UnpackNothing<L> {
    pub fn __eager(&self) -> NotAList<L> {
        NotAList(PhantomData)
    }
    pub fn __lazy(&self) -> NotAList<L> {
        NotAList(PhantomData)
    }
    pub fn __alone(&self) -> NotAList<L> {
        NotAList(PhantomData)
    }
}
impl<L> Syntax for NotAList<L> {
    type Subject = Self;
}
mistaken!(AlmostFuture<NotAList<&mut S>, M>[S: Stream, M] => IsUnpinnedStream<S>);
mistaken!(AlmostFuture<NotAList<Box<S>>, M>[S: Stream + ?Sized, M] => IsBoxedStream<Box<S>>);
mistaken!(ListInside<NotAList<L>, M>[L: IntoFuture, M] => IsStarredFuture<L>);
mistaken!(Other<NotAList<L>, M>[L, M] => IsNoList<L>);

/// An adapter of an iterator, made with a closure that does not fit: rustc has reported that.
pub struct Reported<R>(PhantomData<fn() -> R>);
impl<R> Not for Reported<R> {
    type Output = Invalid<R>;
    fn not(self) -> Invalid<R> {
        Invalid::NEW
    }
}
macro_rules! adapters {
    ($($adapter:ident<$($generic:ident),+>;)+) => { $(
        impl<$($generic),+, M> LentInside<NotAList<core::iter::$adapter<$($generic),+>>, M> {
            pub fn __kind<R>(&self) -> Reported<R> {
                Reported(PhantomData)
            }
        }
    )+ };
}
adapters! {
    Map<I, F>;
    Filter<I, F>;
    FilterMap<I, F>;
}

answers!(Invalid<R>);

/// The kind of what is no member. Its field is of whatever type is wanted, so that nothing else is reported.
pub struct Invalid<R>(PhantomData<fn() -> R>);

impl<R> Default for Invalid<R> {
    fn default() -> Self {
        Self::NEW
    }
}
impl<R> Invalid<R> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

/// Whether the one `?` member of a group was rejected: then there may be no error at all, and the group gives whatever is wanted.
pub struct LoneFallible<P>(PhantomData<fn() -> P>);
/// The level below [`LoneFallible`], for a member that is valid.
pub struct LoneFallibleValid;

impl<P> LoneFallible<P> {
    pub(crate) const NEW: Self = Self(PhantomData);
}
impl<P> Deref for LoneFallible<P> {
    type Target = LoneFallibleValid;
    fn deref(&self) -> &LoneFallibleValid {
        &LoneFallibleValid
    }
}
impl<R> LoneFallible<Invalid<R>> {
    pub fn __group<G, W>(self, _: G) -> core::future::Pending<W> {
        core::future::pending()
    }
}
impl LoneFallibleValid {
    pub fn __group<G>(&self, group: G) -> G {
        group
    }
}
