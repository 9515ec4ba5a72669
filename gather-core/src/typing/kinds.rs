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

use super::levels::{OfAny, OfEndless, OfResult, answers, marker_type};
use super::syntax::Subject;
use crate::in_task::{AsFuture, AsItself};
use crate::policy::{
    Caught, CaughtRequired, ConvertError, FinderUnknown, FromError, Identity, PerMember, Plain, Required, Returned,
    ReturnedAny, ReturnsException,
};

marker_type! {
    /// A member that enters by `K` and whose output is settled by `A`.
    Kind<K, A>
}

impl<K, A> Default for Kind<K, A> {
    fn default() -> Self {
        Self::NEW
    }
}

answers!(Kind<K, A>);

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

/// Members that the level takes in this mode: how they enter, and the policy that settles their outputs.
macro_rules! kind {
    ($level:ident<$subject:ident, $mode:ty>[$($generics:tt)*] => $enter:ty, $policy:ty) => {
        $crate::typing::levels::level!($level<$subject, $mode>[$($generics)*].__kind() => Kind<$enter, $policy>);
    };
}

/// What becomes a future by `IntoFuture`. Method lookup takes this trait where the level has no method of its own.
pub trait IntoFutureKind {
    type Kind;
    fn __kind(self) -> Self::Kind;
}

/// Futures with this output, and then what becomes one by `IntoFuture`.
macro_rules! futures {
    ($level:ident<$mode:ty>[$($generics:tt)*] $(Output = $output:ty)? => $policy:ty) => {
        kind!($level<S, $mode>[S: Subject<Item: Future$(<Output = $output>)?>, $($generics)*] => AsItself, $policy);
        impl<S: Subject<Item: IntoFuture$(<Output = $output>)?>, $($generics)*> IntoFutureKind for &$level<S, $mode> {
            type Kind = Kind<AsFuture, $policy>;
            fn __kind(self) -> Self::Kind {
                Kind::NEW
            }
        }
    };
}

#[cfg(feature = "tokio")]
mod adopted {
    use tokio::task::JoinHandle;

    use super::{
        Caught, CaughtRequired, ConvertError, FinderUnknown, Kind, PerMember, Returned, ReturnedAny, ReturnsException,
        Subject, Undetermined,
    };
    use crate::exception::Exception;
    use crate::policy::{AdoptedPolicy, GroupMember};
    use crate::spawn::{AsAdopted, Group};
    use crate::typing::levels::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};

    kind!(OfEndlessTask<S, ReturnedAny>[S: Subject<Item = JoinHandle<T>>, T: Undetermined] => AsAdopted, AdoptedPolicy<ReturnsException<Caught>>);
    kind!(OfTaskResult<S, CaughtRequired<C>>[S: Subject<Item = JoinHandle<Result<T, E>>>, T, E, C: ConvertError<E>] => AsAdopted, AdoptedPolicy<CaughtRequired<C>>);
    kind!(OfTaskResult<S, Returned<C>>[S: Subject<Item = JoinHandle<Result<T, E>>>, T, E, C: ConvertError<E>] => AsAdopted, AdoptedPolicy<ReturnsException<CaughtRequired<C>, FinderUnknown<C, E>>>);
    kind!(OfTaskResult<S, ReturnedAny>[S: Subject<Item = JoinHandle<Result<T, E>>>, T, E] => AsAdopted, AdoptedPolicy<ReturnsException<CaughtRequired<PerMember>, FinderUnknown<PerMember, E>>>);
    kind!(OfTask<S, Caught>[S: Subject<Item = JoinHandle<T>>, T] => AsAdopted, AdoptedPolicy<Caught>);
    kind!(OfTask<S, ReturnedAny>[S: Subject<Item = JoinHandle<T>>, T] => AsAdopted, AdoptedPolicy<ReturnsException<Caught>>);
    kind!(OfGroup<S, Caught>[S: Subject<Item = Group<T, X>>, T: Send + 'static, X: Send + 'static] => AsAdopted, AdoptedPolicy<Caught>);
    kind!(OfGroup<S, CaughtRequired<C>>[S: Subject<Item = Group<T, Exception<E>>>, T: Send + 'static, E: Send + 'static, C: ConvertError<E>] => AsAdopted, AdoptedPolicy<GroupMember<C>>);
    kind!(OfGroup<S, Returned<C>>[S: Subject<Item = Group<T, Exception<E>>>, T: Send + 'static, E: Send + 'static, C: ConvertError<E>] => AsAdopted, AdoptedPolicy<ReturnsException<GroupMember<C>, FinderUnknown<C, E>>>);
    kind!(OfGroup<S, ReturnedAny>[S: Subject<Item = Group<T, Exception<E>>>, T: Send + 'static, E: Send + 'static] => AsAdopted, AdoptedPolicy<ReturnsException<GroupMember<PerMember>, FinderUnknown<PerMember, E>>>);
}

kind!(OfEndless<S, ReturnedAny>[S: Subject<Item: Future<Output = T>>, T: Undetermined] => AsItself, ReturnsException<Caught>);
futures!(OfResult<Required<C>>[T, E, C: ConvertError<E>] Output = Result<T, E> => Required<C>);
futures!(OfResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] Output = Result<T, E> => CaughtRequired<C>);
futures!(OfResult<Returned<C>>[T, E, C: ConvertError<E>] Output = Result<T, E> => ReturnsException<CaughtRequired<C>, FinderUnknown<C, E>>);
futures!(OfResult<ReturnedAny>[T, E] Output = Result<T, E> => ReturnsException<CaughtRequired<PerMember>, FinderUnknown<PerMember, E>>);
futures!(OfAny<Plain>[] => Plain);
futures!(OfAny<Caught>[] => Caught);
futures!(OfAny<ReturnedAny>[] => ReturnsException<Caught>);

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
