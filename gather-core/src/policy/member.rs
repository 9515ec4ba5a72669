//! How what a member's future gives becomes its field, or the group's failure.

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;

#[cfg(feature = "tokio")]
use super::abort::StopReason;
use super::abort::{Abort, uncaught};
use crate::exception::{Exception, ExceptionKind, FindSource, SourceFinder};
use crate::member::{Member, MemberId};
use crate::observe::{KeyText, Outcome};

/// The error of a `?` member, where nothing else can fail the group.
pub struct MemberError<E>(pub(crate) E);

/// What the output of a future `F` means for its field and its group. Implemented by markers that are never values.
pub trait MemberPolicy<F: Future> {
    /// What stands in the group's result.
    type Field;
    /// What is recorded by the group where there is no field.
    type Failure;
    /// Whether a panic of the member is caught and settled. Else it goes on.
    const CATCHES: bool;

    /// What a member becomes that gave an output, or was aborted.
    fn settle(ended: Result<F::Output, Abort>, id: MemberId) -> Result<Self::Field, Self::Failure>;

    /// [`settle`](Self::settle) for a member that is aborted while its future is still there, and is dropped next.
    fn settle_aborted(_future: Pin<&mut F>, why: Abort, id: MemberId) -> Result<Self::Field, Self::Failure> {
        Self::settle(Err(why), id)
    }

    /// The output to settle of a member that gave an output while the deadline of a spawned group ended it. An adopted member that was told to
    /// stop gives `Cancelled`, for which the reason is `why`.
    #[cfg(feature = "tokio")]
    fn stopped(output: F::Output, _why: StopReason) -> Result<F::Output, Abort> {
        Ok(output)
    }

    /// What has become of a member that was settled so.
    fn outcome(settled: Result<&Self::Field, &Self::Failure>) -> Outcome;

    /// The text of the key that the future of an item holds, where there is one.
    fn key(_future: Pin<&mut F>) -> KeyText {
        None
    }

    /// The text of the key that the future of an item holds that was not polled yet, and is not pinned.
    #[cfg(feature = "tokio")]
    fn key_of_new(_future: &F) -> KeyText {
        None
    }

    /// Drops what the future holds but for what [`settle_aborted`](Self::settle_aborted) needs. `false`: it needs nothing, and nothing was
    /// dropped.
    fn drop_inside(_future: Pin<&mut F>) -> bool {
        false
    }

    /// Whether a field holds what went wrong.
    const RETURNS_EXCEPTIONS: bool = false;

    /// Whether something other than a panic can be a failure.
    const MAY_FAIL: bool = true;

    /// Whether an item that was never pulled when the deadline came has a field all the same.
    const FILLS_UNSTARTED: bool = true;

    /// Whether the output is the outcome of a spawned group, whose exception names a member of that group.
    fn is_group_outcome(_output: &F::Output) -> bool {
        false
    }

    /// Adds the key of an item to the exception in its field, if [`RETURNS_EXCEPTIONS`](Self::RETURNS_EXCEPTIONS).
    fn add_key(_field: &mut Self::Field, _key: impl FnOnce(&mut Member)) {}

    /// Tells a member to stop that does not end by being dropped. Gives its output where it has ended already and was not polled since.
    fn stop(_future: Pin<&mut F>) -> Option<F::Output> {
        None
    }

    /// Moves such a member out of its pinned place after it was told to stop, so that its end can be waited for.
    #[cfg(feature = "tokio")]
    fn detach(_future: Pin<&mut F>) -> Option<F>
    where
        F: Sized,
    {
        None
    }
}

/// What a member's error becomes in its group: itself, or what `T::from` makes of it.
pub trait ConvertError<E> {
    type Error;
    fn convert(error: E) -> Self::Error;
    /// How the source of the converted error is found, if it is known how that of the member's is.
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<Self::Error>>;
}

/// All `?` members have the one error type `E`.
pub struct Identity<E>(pub(crate) PhantomData<fn() -> E>);
/// `error = T`.
pub struct FromError<T>(pub(crate) PhantomData<fn() -> T>);
/// Each member keeps its own error type.
pub struct PerMember;

impl<E> ConvertError<E> for Identity<E> {
    type Error = E;
    fn convert(error: E) -> E {
        error
    }
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<E>> {
        of_member
    }
}
impl<E, T: From<E>> ConvertError<E> for FromError<T> {
    type Error = T;
    fn convert(error: E) -> T {
        T::from(error)
    }
    fn source(_: Option<FindSource<E>>) -> Option<FindSource<T>> {
        None
    }
}
impl<E> ConvertError<E> for PerMember {
    type Error = E;
    fn convert(error: E) -> E {
        error
    }
    fn source(of_member: Option<FindSource<E>>) -> Option<FindSource<E>> {
        of_member
    }
}

/// No policy, no `?`: the output is the field.
pub struct Plain;
impl<F: Future> MemberPolicy<F> for Plain {
    type Field = F::Output;
    type Failure = Infallible;
    const MAY_FAIL: bool = false;
    const CATCHES: bool = false;
    fn settle(ended: Result<F::Output, Abort>, _: MemberId) -> Result<F::Output, Infallible> {
        Ok(ended.unwrap_or_else(|why| uncaught(why)))
    }
    fn outcome(_: Result<&F::Output, &Infallible>) -> Outcome {
        Outcome::Ok
    }
}

/// No policy, `?`: the error fails the group.
pub struct Required<C>(pub(crate) PhantomData<fn() -> C>);
impl<F: Future<Output = Result<T, E>>, T, E, C: ConvertError<E>> MemberPolicy<F> for Required<C> {
    type Field = T;
    type Failure = MemberError<C::Error>;
    const CATCHES: bool = false;
    fn settle(ended: Result<F::Output, Abort>, _: MemberId) -> Result<T, Self::Failure> {
        ended.unwrap_or_else(|why| uncaught(why)).map_err(|e| MemberError(C::convert(e)))
    }
    fn outcome(settled: Result<&T, &Self::Failure>) -> Outcome {
        if settled.is_ok() { Outcome::Ok } else { Outcome::Error }
    }
}

/// A policy that catches what goes wrong and fails the group with it, for a member without `?`.
pub struct Caught;
impl<F: Future> MemberPolicy<F> for Caught {
    type Field = F::Output;
    type Failure = Abort;
    const CATCHES: bool = true;
    fn settle(ended: Result<F::Output, Abort>, _: MemberId) -> Result<F::Output, Abort> {
        ended
    }
    fn outcome(settled: Result<&F::Output, &Abort>) -> Outcome {
        settled.map_or_else(Outcome::from, |_| Outcome::Ok)
    }
}

/// [`Caught`] for a member with `?`.
pub struct CaughtRequired<C>(pub(crate) PhantomData<fn() -> C>);
impl<F: Future<Output = Result<T, E>>, T, E, C: ConvertError<E>> MemberPolicy<F> for CaughtRequired<C> {
    type Field = T;
    type Failure = ExceptionKind<C::Error>;
    const CATCHES: bool = true;
    fn settle(ended: Result<F::Output, Abort>, _: MemberId) -> Result<T, Self::Failure> {
        ended?.map_err(|e| ExceptionKind::Error(C::convert(e)))
    }
    fn outcome(settled: Result<&T, &Self::Failure>) -> Outcome {
        settled.map_or_else(Outcome::from, |_| Outcome::Ok)
    }
}

/// `return_exceptions`: the field holds what `A` would fail the group with. The sources of its errors are found by `S`.
pub struct ReturnsException<A, S = ()>(PhantomData<fn() -> (A, S)>);
/// Stands for such an `S` as long as it is not known. `E` is the member's error, which is converted by `C`.
pub struct FinderUnknown<C, E>(PhantomData<fn() -> (C, E)>);

/// A policy that is still to be told how the sources of errors are found.
pub trait NeedsFinder {
    /// The error of the field.
    type Error;
    type By<S>;
}
impl<A, C: ConvertError<E>, E> NeedsFinder for ReturnsException<A, FinderUnknown<C, E>> {
    type Error = C::Error;
    type By<S> = ReturnsException<A, S>;
}

/// A failure that can be kept as an exception.
pub trait IntoException {
    type Error;
    fn into_exception(self, id: MemberId, source: Option<FindSource<Self::Error>>) -> Exception<Self::Error>;
}
impl IntoException for Abort {
    type Error = Infallible;
    fn into_exception(self, id: MemberId, source: Option<FindSource<Infallible>>) -> Exception {
        Exception::of(id, self.into(), source)
    }
}
impl<E> IntoException for ExceptionKind<E> {
    type Error = E;
    fn into_exception(self, id: MemberId, source: Option<FindSource<E>>) -> Exception<E> {
        Exception::of(id, self, source)
    }
}

impl<F, A, S, X> MemberPolicy<F> for ReturnsException<A, S>
where
    F: Future,
    A: MemberPolicy<F, Failure = X>,
    S: SourceFinder<X::Error>,
    X: IntoException,
{
    type Field = Result<A::Field, Exception<X::Error>>;
    type Failure = Infallible;
    const MAY_FAIL: bool = false;
    const CATCHES: bool = true;
    fn settle(ended: Result<F::Output, Abort>, id: MemberId) -> Result<Self::Field, Infallible> {
        Ok(A::settle(ended, id).map_err(|failure| failure.into_exception(id, S::FIND)))
    }
    fn outcome(settled: Result<&Self::Field, &Infallible>) -> Outcome {
        match settled {
            Ok(field) => field.as_ref().map_or_else(|exception| Outcome::from(&exception.kind), |_| Outcome::Ok),
            Err(never) => match *never {},
        }
    }
    const RETURNS_EXCEPTIONS: bool = true;
    fn is_group_outcome(output: &F::Output) -> bool {
        A::is_group_outcome(output)
    }
    fn add_key(field: &mut Self::Field, key: impl FnOnce(&mut Member)) {
        if let Err(Exception { member: Some(member), .. }) = field {
            key(member);
        }
    }
}

/// How the members of a group under `return_exceptions` are treated that have a `?`: their errors are converted by `C`.
pub struct Returned<C>(pub(crate) PhantomData<fn() -> C>);
/// How members without a `?` are treated there.
pub struct ReturnedAny;
