//! How what a member's future gives becomes its field, or the group's failure.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;

#[cfg(feature = "tokio")]
use super::abort::Stop;
use super::abort::{Interruption, uncaught};
use crate::exception::{Exception, ExceptionKind, FindSource, Source};
use crate::member::{Member, Place};

/// The failure of a member that has none.
pub enum Never {}

/// The failure of a member that does not compile, which every policy hears.
pub enum Rejection {}

/// The error of a `?` member, where nothing else can fail the group.
pub struct Failed<E>(pub(crate) E);

/// A way to treat the outputs of `F`. Implemented by markers that are never values.
pub trait Settle<F: Future> {
    /// What stands in the result.
    type Field;
    /// What the group is told when there is no field.
    type Failure;
    /// Whether panics of this member are its own affair.
    const CATCHES: bool;

    fn settle(output: F::Output, place: Place) -> Result<Self::Field, Self::Failure>;

    /// The same while a deadline ends the members of a spawned group. An adopted one was told, and this is how it ended.
    #[cfg(feature = "tokio")]
    fn settle_stopped(output: F::Output, place: Place, _why: Stop) -> Result<Self::Field, Self::Failure> {
        Self::settle(output, place)
    }

    fn interrupted(why: Interruption, place: Place) -> Result<Self::Field, Self::Failure>;

    /// The same of one whose future is still there, and is dropped next.
    fn interrupted_in(_future: Pin<&mut F>, why: Interruption, place: Place) -> Result<Self::Field, Self::Failure> {
        Self::interrupted(why, place)
    }

    /// Drops what the future holds, and leaves what [`interrupted_in`](Self::interrupted_in) needs. `false`: it needs nothing.
    fn drop_inside(_future: Pin<&mut F>) -> bool {
        false
    }

    /// Whether the field holds what went wrong.
    const KEEPS: bool = false;

    /// Whether an item that a deadline finds unpulled has a field.
    const HAS_ABSENT: bool = true;

    /// Whether outputs are those of groups, whose exceptions name members of their own.
    const HANDS_ON: bool = false;

    /// Where [`KEEPS`](Self::KEEPS): what went wrong with the item is told its key.
    fn tell(_field: &mut Self::Field, _key: impl FnOnce(&mut Member)) {}

    /// Tells a member to stop that does not end by being dropped. Its output where it had ended already, and nobody had polled
    /// it since.
    fn stop(_future: Pin<&mut F>) -> Option<F::Output> {
        None
    }

    /// Moves such a member out of where it is pinned, after it was told: what is left of it is to be waited for.
    #[cfg(feature = "tokio")]
    fn detach(_future: Pin<&mut F>) -> Option<F>
    where
        F: Sized,
    {
        None
    }
}

/// `T::from`, or nothing, on the way from a member's error to the group's.
pub trait Convert<E> {
    type Error;
    fn convert(error: E) -> Self::Error;
    /// Where the source of the group's error is found, if that is known of the member's.
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<Self::Error>>;
}

/// All `?` members have the one error type `E`.
pub struct Same<E>(pub(crate) PhantomData<fn() -> E>);
/// `error = T`.
pub struct As<T>(pub(crate) PhantomData<fn() -> T>);
/// Each member keeps its own error type.
pub struct Own;

impl<E> Convert<E> for Same<E> {
    type Error = E;
    fn convert(error: E) -> E {
        error
    }
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<E>> {
        of_member
    }
}
impl<E, T: From<E>> Convert<E> for As<T> {
    type Error = T;
    fn convert(error: E) -> T {
        T::from(error)
    }
    fn source(_: Option<FindSource<E>>) -> Option<FindSource<T>> {
        None
    }
}
impl<E> Convert<E> for Own {
    type Error = E;
    fn convert(error: E) -> E {
        error
    }
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<E>> {
        of_member
    }
}

/// The exception of a group that was a member of another one.
#[cfg(feature = "tokio")]
pub(crate) fn convert_exception<C: Convert<E>, E>(exception: Exception<E>) -> Exception<C::Error> {
    exception.map_error(C::convert, C::source)
}

/// No policy, no `?`: the output is the field.
pub struct Pass;
impl<F: Future> Settle<F> for Pass {
    type Field = F::Output;
    type Failure = Never;
    const CATCHES: bool = false;
    fn settle(output: F::Output, _: Place) -> Result<F::Output, Never> {
        Ok(output)
    }
    fn interrupted(why: Interruption, _: Place) -> Result<F::Output, Never> {
        uncaught(why)
    }
}

/// No policy, `?`: the error fails the group.
pub struct Need<C>(pub(crate) PhantomData<fn() -> C>);
impl<F: Future<Output = Result<T, E>>, T, E, C: Convert<E>> Settle<F> for Need<C> {
    type Field = T;
    type Failure = Failed<C::Error>;
    const CATCHES: bool = false;
    fn settle(output: Result<T, E>, _: Place) -> Result<T, Self::Failure> {
        output.map_err(|e| Failed(C::convert(e)))
    }
    fn interrupted(why: Interruption, _: Place) -> Result<T, Self::Failure> {
        uncaught(why)
    }
}

/// A policy that catches what goes wrong and fails the group with it; a member without `?`.
pub struct Guard;
impl<F: Future> Settle<F> for Guard {
    type Field = F::Output;
    type Failure = Interruption;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: Place) -> Result<F::Output, Interruption> {
        Ok(output)
    }
    fn interrupted(why: Interruption, _: Place) -> Result<F::Output, Interruption> {
        Err(why)
    }
}

/// The same for a member with `?`.
pub struct GuardNeed<C>(pub(crate) PhantomData<fn() -> C>);
impl<F: Future<Output = Result<T, E>>, T, E, C: Convert<E>> Settle<F> for GuardNeed<C> {
    type Field = T;
    type Failure = ExceptionKind<C::Error>;
    const CATCHES: bool = true;
    fn settle(output: Result<T, E>, _: Place) -> Result<T, Self::Failure> {
        output.map_err(|e| ExceptionKind::Error(C::convert(e)))
    }
    fn interrupted(why: Interruption, _: Place) -> Result<T, Self::Failure> {
        Err(why.into())
    }
}

/// `return_exceptions`, a member whose output is a `Result`; the sources of its errors are found by `S`.
pub struct Keep<C, S = ()>(pub(crate) PhantomData<fn() -> (C, S)>);
/// Instead of such an `S`, as long as nobody knows: the member's error.
pub struct Unfound<E>(PhantomData<fn() -> E>);

/// A way to treat outputs in which the sources of errors are not found yet.
pub trait FindSources {
    /// The error of the field.
    type Error;
    type By<S>;
}
impl<C: Convert<E>, E> FindSources for Keep<C, Unfound<E>> {
    type Error = C::Error;
    type By<S> = Keep<C, S>;
}

impl<F: Future<Output = Result<T, E>>, T, E, C: Convert<E>, S: Source<C::Error>> Settle<F> for Keep<C, S> {
    type Field = Result<T, Exception<C::Error>>;
    type Failure = Never;
    const CATCHES: bool = true;
    fn settle(output: Result<T, E>, place: Place) -> Result<Self::Field, Never> {
        Ok(output.map_err(|e| Exception::of(place, ExceptionKind::Error(C::convert(e)), S::FIND)))
    }
    fn interrupted(why: Interruption, place: Place) -> Result<Self::Field, Never> {
        Ok(Err(Exception::of(place, why.into(), S::FIND)))
    }
    const KEEPS: bool = true;
    fn tell(field: &mut Self::Field, key: impl FnOnce(&mut Member)) {
        tell(field, key);
    }
}

/// `return_exceptions`, a member with any other output.
pub struct KeepAny;
impl<F: Future> Settle<F> for KeepAny {
    type Field = Result<F::Output, Exception<Infallible>>;
    type Failure = Never;
    const CATCHES: bool = true;
    fn settle(output: F::Output, _: Place) -> Result<Self::Field, Never> {
        Ok(Ok(output))
    }
    fn interrupted(why: Interruption, place: Place) -> Result<Self::Field, Never> {
        Ok(Err(Exception::of(place, why.into(), None)))
    }
    const KEEPS: bool = true;
    fn tell(field: &mut Self::Field, key: impl FnOnce(&mut Member)) {
        tell(field, key);
    }
}

/// What does not compile.
pub struct Refused;
impl<F: Future> Settle<F> for Refused {
    type Field = F::Output;
    type Failure = Rejection;
    const CATCHES: bool = false;
    fn settle(output: F::Output, _: Place) -> Result<F::Output, Rejection> {
        Ok(output)
    }
    fn interrupted(why: Interruption, _: Place) -> Result<F::Output, Rejection> {
        uncaught(why)
    }
}

/// What went wrong, if anything did, is told of which item.
pub(crate) fn tell<T, E>(field: &mut Result<T, Exception<E>>, key: impl FnOnce(&mut Member)) {
    if let Err(Exception { member: Some(member), .. }) = field {
        key(member);
    }
}
