//! Which kind of member this is: a ladder of types.
//!
//! The wish: what a member's field is depends on its type (under `return_exceptions` a future of a `Result` is not
//! treated as one of a number is, a `JoinHandle` not as other futures), and where it is no member at all, the message
//! should say what it is instead. A trait cannot choose so: its implementations would overlap.
//! `docs/decisions/ladder_of_types.md` has what else was possible.
//!
//! The trick: method lookup. `level.__kind()` takes the first level that has a `__kind` for this type, and where it has none goes
//! on to the next through [`Deref`](core::ops::Deref). The levels from top to bottom:
//!
//! `OfTaskResult` -> `OfTask` -> `OfGroup` -> [`OfResult`] -> [`OfAny`] -> the mistakes, in [`not_a_member`](super::not_a_member)
//!
//! The generated call, with the member `m` and the group's mode (a marker of [`policy`](crate::policy)):
//! `Not::not(of_result(&m, mode).__kind())`. It starts at the first level that matters for the mode, so that a plain group looks at
//! one. A level answers with a concrete type and never with a projection, so that a failure is reported once.
//!
//! Under `return_exceptions` a second ladder follows, in [`error_source`](super::error_source): where the source of the member's error is found.
//!
//! rustc lists all levels before it looks at the first. So members of a plain group have a ladder that begins with themselves and has
//! few levels, in [`plain`](super::plain): `Not::not(member.__kind())`.

use core::convert::Infallible;
use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::ops::Not;

use super::levels::{OfAny, OfEndless, OfResult};
use super::syntax::Subject;
use crate::in_task::{AsFuture, AsItself};
use crate::policy::{
    Caught, CaughtRequired, ConvertError, FinderUnknown, FromError, Identity, PerMember, Plain, Required, Returned,
    ReturnedAny,
};

/// A member that enters by `K` and whose output is settled by `A`.
pub struct Kind<K, A>(PhantomData<fn() -> (K, A)>);

impl<K, A> Default for Kind<K, A> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<K, A> Not for Kind<K, A> {
    type Output = Self;
    fn not(self) -> Self {
        self
    }
}

/// The output of a future that never gives anything, as `async { panic!() }`: nothing determines it, and rustc falls back on
/// `()` or `!`, by the edition, if no later line says what it is. Where a bound on such an output is met by several types, method
/// lookup takes the level and leaves the output open; that of a later level, `Result<T, E>`, would be taken with a `T` and an
/// `E` that nothing tells.
#[diagnostic::on_unimplemented(
    message = "what this member gives was not known where the group stands, and turns out to be `{Self}`: say so in the member, as in `async {{ let n: u8 = ..; n }}`"
)]
pub trait Undetermined {}
impl Undetermined for () {}
impl Undetermined for Infallible {}
impl Undetermined for <fn() -> ! as Returning>::Output {}

/// The type `!` has no name.
pub trait Returning {
    type Output;
}
impl<T> Returning for fn() -> T {
    type Output = T;
}

macro_rules! kinds {
    ($level:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $enter:ty, $settle:ty) => {
        impl<S: Subject, $($generics)*> $level<S, $mode> where $($bounds)* {
            pub fn __kind(&self) -> Kind<$enter, $settle> {
                Kind(PhantomData)
            }
        }
    };
}

#[cfg(feature = "tokio")]
mod adopted {
    use core::marker::PhantomData;

    use tokio::task::JoinHandle;

    use super::{
        Caught, CaughtRequired, ConvertError, FinderUnknown, Kind, PerMember, Returned, ReturnedAny, Subject,
        Undetermined,
    };
    use crate::exception::Exception;
    use crate::policy::{AdoptedPolicy, GroupMember, ReturnedGroup};
    use crate::spawn::{AsAdopted, Group};
    use crate::typing::levels::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};

    kinds!(OfEndlessTask<ReturnedAny>[T: Undetermined] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<ReturnedAny>);
    kinds!(OfTaskResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<CaughtRequired<C>>);
    kinds!(OfTaskResult<Returned<C>>[T, E, C: ConvertError<E>] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<Returned<C, FinderUnknown<E>>>);
    kinds!(OfTaskResult<ReturnedAny>[T, E] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<Returned<PerMember, FinderUnknown<E>>>);
    kinds!(OfTask<Caught>[T] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<Caught>);
    kinds!(OfTask<ReturnedAny>[T] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<ReturnedAny>);
    kinds!(OfGroup<Caught>[T: Send + 'static, X: Send + 'static] (S: Subject<Item = Group<T, X>>) => AsAdopted, AdoptedPolicy<Caught>);
    kinds!(OfGroup<CaughtRequired<C>>[T: Send + 'static, E: Send + 'static, C: ConvertError<E>] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<GroupMember<C>>);
    kinds!(OfGroup<Returned<C>>[T: Send + 'static, E: Send + 'static, C: ConvertError<E>] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<ReturnedGroup<C, FinderUnknown<E>>>);
    kinds!(OfGroup<ReturnedAny>[T: Send + 'static, E: Send + 'static] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<ReturnedGroup<PerMember, FinderUnknown<E>>>);
}

kinds!(OfEndless<ReturnedAny>[T: Undetermined] (S::Item: Future<Output = T>) => AsItself, ReturnedAny);
kinds!(OfResult<Required<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Required<C>);
kinds!(OfResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, CaughtRequired<C>);
kinds!(OfResult<Returned<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Returned<C, FinderUnknown<E>>);
kinds!(OfResult<ReturnedAny>[T, E] (S::Item: Future<Output = Result<T, E>>) => AsItself, Returned<PerMember, FinderUnknown<E>>);
kinds!(OfAny<Plain>[] (S::Item: Future) => AsItself, Plain);
kinds!(OfAny<Caught>[] (S::Item: Future) => AsItself, Caught);
kinds!(OfAny<ReturnedAny>[] (S::Item: Future) => AsItself, ReturnedAny);

/// The second half of a level: what becomes a future by `IntoFuture`. Method lookup takes it where the level has no method of its own.
pub trait IntoFutureKind {
    type Kind;
    fn __kind(self) -> Self::Kind;
}

macro_rules! into_future_kinds {
    ($level:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $settle:ty) => {
        impl<S: Subject, $($generics)*> IntoFutureKind for &$level<S, $mode> where $($bounds)* {
            type Kind = Kind<AsFuture, $settle>;
            fn __kind(self) -> Self::Kind {
                Kind(PhantomData)
            }
        }
    };
}

into_future_kinds!(OfResult<Required<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Required<C>);
into_future_kinds!(OfResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => CaughtRequired<C>);
into_future_kinds!(OfResult<Returned<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Returned<C, FinderUnknown<E>>);
into_future_kinds!(OfResult<ReturnedAny>[T, E] (S::Item: IntoFuture<Output = Result<T, E>>) => Returned<PerMember, FinderUnknown<E>>);
into_future_kinds!(OfAny<Plain>[] (S::Item: IntoFuture) => Plain);
into_future_kinds!(OfAny<Caught>[] (S::Item: IntoFuture) => Caught);
into_future_kinds!(OfAny<ReturnedAny>[] (S::Item: IntoFuture) => ReturnedAny);

/// The modes of `?` members, and what their errors become.
pub trait Fallible {
    type ConvertError;
}
impl<C> Fallible for Required<C> {
    type ConvertError = C;
}
impl<C> Fallible for CaughtRequired<C> {
    type ConvertError = C;
}
impl<C> Fallible for Returned<C> {
    type ConvertError = C;
}

/// The error type of a group.
pub trait GroupError {
    type Error;
}
impl<E> GroupError for Identity<E> {
    type Error = E;
}
impl<T> GroupError for FromError<T> {
    type Error = T;
}
