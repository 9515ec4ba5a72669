//! What this is instead of a member: the lower rungs of the ladder in [`kinds`](crate::kinds).
//!
//! Each rung fits one kind of mistake and answers with a marker, whose only use is that [`Pick`] is implemented for it under
//! a bound that nothing meets: the `on_unimplemented` text of that bound, in [`messages`](crate::messages), is the error.

use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;

use crate::kinds::{Demand, Kind, rung};
use crate::messages as say;
use crate::poll::Branch;
use crate::settle::{As, Same};
use crate::sources::{Eager, Lazy, One, Queued, Source, Star};

rung!(OtherError -> GivesOption<S, M>);
rung!(GivesOption -> NoResult<S, M>);
rung!(NoResult -> Unpinned<S, M>);
rung!(Unpinned -> Wrapped<S, M>);
rung!(Wrapped -> Uncalled<S, M>);
rung!(Uncalled -> ListInside<S, M>);
rung!(ListInside -> Other<S, M>);

/// The last rung.
pub struct Other<S, M>(PhantomData<fn() -> (S, M)>);
impl<S, M> Other<S, M> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

// By hand: rustc shows these implementations, and through a macro it shows the macro as well.

/// A future whose output is no `Result`, with a `?`.
pub struct IsNoResult<T>(pub(crate) PhantomData<fn() -> T>);
impl<T: say::MemberIsAResult, R> Pick<R> for IsNoResult<T> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A future of an `Option`, with a `?`.
pub struct IsOption<T>(pub(crate) PhantomData<fn() -> T>);
impl<T, R> Pick<R> for IsOption<T>
where
    Option<T>: say::OptionIsAResult,
{
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A list where one member belongs.
pub struct IsList<L>(pub(crate) PhantomData<fn() -> L>);
impl<L: say::ListIsUnpacked, R> Pick<R> for IsList<L> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A function or a closure.
pub struct IsUncalled<F>(pub(crate) PhantomData<fn() -> F>);
impl<F: say::FunctionIsCalled, R> Pick<R> for IsUncalled<F> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A future in an `Option` or a `Result`.
pub struct IsWrapped<W>(pub(crate) PhantomData<fn() -> W>);
impl<W: say::FutureIsUnwrapped, R> Pick<R> for IsWrapped<W> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// `&mut future` that is not `Unpin`.
pub struct IsUnpinned<F>(pub(crate) PhantomData<fn() -> F>);
impl<F: say::FutureIsPinned, R> Pick<R> for IsUnpinned<F> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// Anything else.
pub struct IsOther<M>(pub(crate) PhantomData<fn() -> M>);
impl<M: say::Member, R> Pick<R> for IsOther<M> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// `*` on something that is no list.
pub struct IsNoList<L>(pub(crate) PhantomData<fn() -> L>);
impl<L: say::List, R> Pick<R> for IsNoList<L> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// `*` on a future.
pub struct IsStarredFuture<L>(pub(crate) PhantomData<fn() -> L>);
impl<L: say::ListNotFuture, R> Pick<R> for IsStarredFuture<L> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A list of something else.
pub struct IsNoFutures<T>(pub(crate) PhantomData<fn() -> T>);
impl<T: say::Item, R> Pick<R> for IsNoFutures<T> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A list of references to futures.
pub struct IsBorrowed<T>(pub(crate) PhantomData<fn() -> T>);
impl<T: say::OwnedItem, R> Pick<R> for IsBorrowed<T> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}

/// A `?` member whose error is not the group's.
pub struct IsOtherError<E, C>(PhantomData<fn() -> (E, C)>);

impl<E: say::SameError<X>, X, R> Pick<R> for IsOtherError<E, Same<X>> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        Rejected::NEW
    }
}
impl<E: say::ConvertedError<X>, X, R> Pick<R> for IsOtherError<E, As<X>> {
    type Kind = Rejected<R>;
    fn pick(self) -> Rejected<R> {
        unreachable!("it does not compile")
    }
}

impl<S: Source, M: Demand<Convert = C>, C, T, E> OtherError<S, M>
where
    S::Item: IntoFuture<Output = Result<T, E>>,
{
    pub fn kind(&self) -> IsOtherError<E, C> {
        IsOtherError(PhantomData)
    }
}

impl<S: Source, M: Demand, T> GivesOption<S, M>
where
    S::Item: IntoFuture<Output = Option<T>>,
{
    pub fn kind(&self) -> IsOption<T> {
        IsOption(PhantomData)
    }
}

impl<S: Source, M: Demand, T> NoResult<S, M>
where
    S::Item: IntoFuture<Output = T>,
{
    pub fn kind(&self) -> IsNoResult<T> {
        IsNoResult(PhantomData)
    }
}

macro_rules! of_one {
    ($rung:ident[$($generics:tt)*]<$member:ty> => $marker:ty) => {
        impl<$($generics)*, M> $rung<One<$member>, M> {
            pub fn kind(&self) -> $marker {
                <$marker>::new()
            }
        }
        impl<$($generics)*, M> $rung<Queued<$member>, M> {
            pub fn kind(&self) -> $marker {
                <$marker>::new()
            }
        }
    };
}

macro_rules! new {
    ($($name:ident)+) => { $(
        impl<T> $name<T> {
            fn new() -> Self {
                Self(PhantomData)
            }
        }
    )+ };
}
new!(IsList IsUncalled IsWrapped IsUnpinned IsOther);

of_one!(Unpinned['a, F: Future]<&'a mut F> => IsUnpinned<F>);
of_one!(Other[T]<T> => IsOther<T>);
of_one!(ListInside[L: IntoIterator]<L> => IsList<L>);

/// `Option` and `Result` in one rung.
pub trait Maybe {}
impl<F: IntoFuture> Maybe for Option<F> {}
impl<F: IntoFuture, E> Maybe for Result<F, E> {}
of_one!(Wrapped[W: Maybe]<W> => IsWrapped<W>);

/// Functions and closures of every arity worth a message; a trait, because an inherent method cannot have `A` free.
pub trait UncalledKind<A> {
    type Function;
    fn kind(&self) -> IsUncalled<Self::Function>;
}
macro_rules! uncalled {
    ($($source:ident ($($arg:ident)*);)+) => { $(
        impl<F: FnOnce($($arg),*) -> R, R, $($arg,)* M> UncalledKind<($($arg,)*)> for Uncalled<$source<F>, M> {
            type Function = F;
            fn kind(&self) -> IsUncalled<F> {
                IsUncalled::new()
            }
        }
    )+ };
}
uncalled! {
    One (); One (A); One (A B); One (A B C);
    Queued (); Queued (A); Queued (A B); Queued (A B C);
}

impl<T, M> ListInside<Eager<&T>, M> {
    pub fn kind(&self) -> IsBorrowed<T> {
        IsBorrowed(PhantomData)
    }
}
impl<T, M> Other<Eager<T>, M> {
    pub fn kind(&self) -> IsNoFutures<T> {
        IsNoFutures(PhantomData)
    }
}
impl<I: Iterator<Item = T>, T, M> Other<Lazy<I>, M> {
    pub fn kind(&self) -> IsNoFutures<T> {
        IsNoFutures(PhantomData)
    }
}

/// What [`Star`] gives where it is no list.
pub struct NoList<L>(PhantomData<fn() -> L>);
/// Its rung.
pub struct StarOfNoList<L>(PhantomData<fn() -> L>);
impl<L> Deref for Star<L> {
    type Target = StarOfNoList<L>;
    fn deref(&self) -> &StarOfNoList<L> {
        const { &StarOfNoList(PhantomData) }
    }
}
impl<L> StarOfNoList<L> {
    pub fn eager(&self) -> NoList<L> {
        NoList(PhantomData)
    }
    pub fn lazy(&self) -> NoList<L> {
        NoList(PhantomData)
    }
}
impl<L: IntoFuture, M> ListInside<NoList<L>, M> {
    pub fn kind(&self) -> IsStarredFuture<L> {
        IsStarredFuture(PhantomData)
    }
}
impl<L, M> Other<NoList<L>, M> {
    pub fn kind(&self) -> IsNoList<L> {
        IsNoList(PhantomData)
    }
}

/// What the ladder answered, as the kind to make the member with.
pub trait Pick<R> {
    type Kind;
    fn pick(self) -> Self::Kind;
}
impl<K, A> Pick<()> for Kind<K, A> {
    type Kind = Self;
    fn pick(self) -> Self {
        self
    }
}

/// The kind of what is no member. Its field is of whatever type is wanted, so that nothing else is reported.
pub struct Rejected<R>(PhantomData<fn() -> R>);

impl<R> Rejected<R> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

/// Stands in the group where a member was rejected.
pub struct RejectedPart<R>(PhantomData<fn() -> R>);

impl<R> RejectedPart<R> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<V, R> Branch<V> for RejectedPart<R> {
    type Output = R;
    fn sweep(self: Pin<&mut Self>, _: &mut crate::poll::Sweep<'_, '_, V>) {}
    fn take(self: Pin<&mut Self>) -> R {
        unreachable!("it does not compile")
    }
}
