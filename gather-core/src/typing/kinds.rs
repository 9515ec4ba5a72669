//! Which kind of member this is: a ladder of types.
//!
//! The wish: what a member's field is depends on its type (under `return_exceptions` a future of a `Result` is not
//! treated as one of a number is, a `JoinHandle` not as other futures), and where it is no member at all, the message
//! should say what it is instead. A trait cannot choose so: its implementations would overlap.
//!
//! The trick: method lookup. `rung.__kind()` takes the first rung that has a `__kind` for this type, and where it has none goes
//! on to the next through [`Deref`]. The rungs from top to bottom:
//!
//! [`OfTaskResult`] -> [`OfTask`] -> [`OfGroup`] -> [`OfResult`] -> [`OfAny`] -> the mistakes, in [`mistakes`](crate::typing::not_a_member)
//!
//! The generated call, with the member `m` and the group's mode (a marker of [`settle`](crate::policy)):
//! `Not::not(of_result(&m, mode).__kind())`. It starts at the first rung that matters for the mode, so that a plain group looks at
//! one. A rung answers with a concrete type and never with a projection, so that a failure is reported once.
//!
//! Under `return_exceptions` a second ladder follows, in the module `source`: where the source of the member's error is found.
//!
//! rustc lists all rungs before it looks at the first. So members of a plain group have a ladder that begins with themselves and has
//! few rungs, in the module `sown`: `Not::not(member.__kind())`.

use core::convert::Infallible;
use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::ops::Not;

use super::levels::{OfAny, OfEndless, OfResult};
use super::syntax::Source;
use crate::in_task::{AsFuture, AsItself};
use crate::policy::{As, Convert, Guard, GuardNeed, Keep, KeepAny, Need, Own, Pass, Same, Unfound};

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
/// lookup takes the rung and leaves the output open; that of a later rung, `Result<T, E>`, would be taken with a `T` and an
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
    ($rung:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $enter:ty, $settle:ty) => {
        impl<S: Source, $($generics)*> $rung<S, $mode> where $($bounds)* {
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

    use super::{Convert, Guard, GuardNeed, Keep, KeepAny, Kind, Own, Source, Undetermined, Unfound};
    use crate::exception::Exception;
    use crate::policy::{Adopt, HandOn, KeepHanded};
    use crate::spawn::{AsAdopted, Group};
    use crate::typing::levels::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};

    kinds!(OfEndlessTask<KeepAny>[T: Undetermined] (S: Source<Item = JoinHandle<T>>) => AsAdopted, Adopt<KeepAny>);
    kinds!(OfTaskResult<GuardNeed<C>>[T, E, C: Convert<E>] (S: Source<Item = JoinHandle<Result<T, E>>>) => AsAdopted, Adopt<GuardNeed<C>>);
    kinds!(OfTaskResult<Keep<C>>[T, E, C: Convert<E>] (S: Source<Item = JoinHandle<Result<T, E>>>) => AsAdopted, Adopt<Keep<C, Unfound<E>>>);
    kinds!(OfTaskResult<KeepAny>[T, E] (S: Source<Item = JoinHandle<Result<T, E>>>) => AsAdopted, Adopt<Keep<Own, Unfound<E>>>);
    kinds!(OfTask<Guard>[T] (S: Source<Item = JoinHandle<T>>) => AsAdopted, Adopt<Guard>);
    kinds!(OfTask<KeepAny>[T] (S: Source<Item = JoinHandle<T>>) => AsAdopted, Adopt<KeepAny>);
    kinds!(OfGroup<Guard>[T: Send + 'static, X: Send + 'static] (S: Source<Item = Group<T, X>>) => AsAdopted, Adopt<Guard>);
    kinds!(OfGroup<GuardNeed<C>>[T: Send + 'static, E: Send + 'static, C: Convert<E>] (S: Source<Item = Group<T, Exception<E>>>) => AsAdopted, Adopt<HandOn<C>>);
    kinds!(OfGroup<Keep<C>>[T: Send + 'static, E: Send + 'static, C: Convert<E>] (S: Source<Item = Group<T, Exception<E>>>) => AsAdopted, Adopt<KeepHanded<C, Unfound<E>>>);
    kinds!(OfGroup<KeepAny>[T: Send + 'static, E: Send + 'static] (S: Source<Item = Group<T, Exception<E>>>) => AsAdopted, Adopt<KeepHanded<Own, Unfound<E>>>);
}

kinds!(OfEndless<KeepAny>[T: Undetermined] (S::Item: Future<Output = T>) => AsItself, KeepAny);
kinds!(OfResult<Need<C>>[T, E, C: Convert<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Need<C>);
kinds!(OfResult<GuardNeed<C>>[T, E, C: Convert<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, GuardNeed<C>);
kinds!(OfResult<Keep<C>>[T, E, C: Convert<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Keep<C, Unfound<E>>);
kinds!(OfResult<KeepAny>[T, E] (S::Item: Future<Output = Result<T, E>>) => AsItself, Keep<Own, Unfound<E>>);
kinds!(OfAny<Pass>[] (S::Item: Future) => AsItself, Pass);
kinds!(OfAny<Guard>[] (S::Item: Future) => AsItself, Guard);
kinds!(OfAny<KeepAny>[] (S::Item: Future) => AsItself, KeepAny);

/// The second half of a rung: what becomes a future. Method lookup takes it where the rung has no method of its own.
pub trait IntoFutureKind {
    type Kind;
    fn __kind(self) -> Self::Kind;
}

macro_rules! into_future_kinds {
    ($rung:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $settle:ty) => {
        impl<S: Source, $($generics)*> IntoFutureKind for &$rung<S, $mode> where $($bounds)* {
            type Kind = Kind<AsFuture, $settle>;
            fn __kind(self) -> Self::Kind {
                Kind(PhantomData)
            }
        }
    };
}

into_future_kinds!(OfResult<Need<C>>[T, E, C: Convert<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Need<C>);
into_future_kinds!(OfResult<GuardNeed<C>>[T, E, C: Convert<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => GuardNeed<C>);
into_future_kinds!(OfResult<Keep<C>>[T, E, C: Convert<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Keep<C, Unfound<E>>);
into_future_kinds!(OfResult<KeepAny>[T, E] (S::Item: IntoFuture<Output = Result<T, E>>) => Keep<Own, Unfound<E>>);
into_future_kinds!(OfAny<Pass>[] (S::Item: IntoFuture) => Pass);
into_future_kinds!(OfAny<Guard>[] (S::Item: IntoFuture) => Guard);
into_future_kinds!(OfAny<KeepAny>[] (S::Item: IntoFuture) => KeepAny);

/// The modes of `?` members, and what their errors become.
pub trait Demand {
    type Convert;
}
impl<C> Demand for Need<C> {
    type Convert = C;
}
impl<C> Demand for GuardNeed<C> {
    type Convert = C;
}
impl<C> Demand for Keep<C> {
    type Convert = C;
}

/// The error type of a group.
pub trait GroupError {
    type Error;
}
impl<E> GroupError for Same<E> {
    type Error = E;
}
impl<T> GroupError for As<T> {
    type Error = T;
}
