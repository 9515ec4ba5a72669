//! Where the source of an error is found: a ladder on the type of the error, or of the kind of a member that keeps one.
//!
//! An exception is an [`Error`] for every `E: Debug + Display`, and its source is the source of the member's error. Whether `E` has
//! one cannot be asked of a bare `E`, and a trait with an implementation for every `E: Error` cannot have another for
//! `anyhow::Error` or `Box<dyn Error>`, which are none. So the question is answered where the group stands and `E` is known, by method
//! lookup as in [`kinds`](super::kinds), and the exception keeps the answer as a pointer to a fn.
//!
//! [`OfErrorSource`] -> [`OfTargetSource`] -> [`OfOtherSource`] -> [`NoErrorKept`]
//!
//! An error whose type is not known where the group stands takes the first level, since rustc leaves the question for later. If it
//! turns out to be no `Error`, the text of [`KnownError`] says so.

use core::error::Error;
use core::ops::Deref;

use super::kinds::Kind;
use super::levels::{ladder, level};
use super::messages::{Gather, KnownError};
use crate::exception::{FindSource, SourceFinder};
use crate::policy::NeedsFinder;

ladder! { <T>
    /// The error is an `Error`.
    OfErrorSource;
    /// The error derefs to an `Error`.
    OfTargetSource;
    /// Any other error: it has no source.
    OfOtherSource;
    /// A kind of member that keeps no error.
    NoErrorKept;
}

/// Asks for the kind of a member that keeps errors how their sources are found.
pub fn found<K>(_: K) -> OfErrorSource<K> {
    OfErrorSource::NEW
}

impl<K, A: NeedsFinder<Error = E>, E> OfErrorSource<Kind<K, A>>
where
    Gather: KnownError<E>,
{
    // The type is not named, so that nothing but this call asks whether the error is known.
    pub fn __found(&self) -> Kind<K, A::By<impl SourceFinder<E> + use<K, A, E>>> {
        Kind::<K, A::By<OfError>>::NEW
    }
}
level!(OfTargetSource<Kind<K, A>>[K, A: NeedsFinder<Error = E>, E: Deref<Target: AnyError>].__found() => Kind<K, A::By<OfTarget>>);
level!(OfOtherSource<Kind<K, A>>[K, A: NeedsFinder].__found() => Kind<K, A::By<()>>);
impl<K: Default> NoErrorKept<K> {
    pub fn __found(&self) -> K {
        K::default()
    }
}

impl<E> OfErrorSource<E>
where
    Gather: KnownError<E>,
{
    pub fn __source(&self) -> Option<FindSource<E>> {
        OfError::FIND
    }
}
impl<E: Deref<Target: AnyError>> OfTargetSource<E> {
    pub fn __source(&self) -> Option<FindSource<E>> {
        OfTarget::FIND
    }
}
impl<E> OfOtherSource<E> {
    pub fn __source(&self) -> Option<FindSource<E>> {
        None
    }
}

/// The error is an [`Error`].
pub struct OfError;
/// The error derefs to one, as `anyhow::Error` and `Box<dyn Error>` do.
pub struct OfTarget;

impl<E> SourceFinder<E> for OfError
where
    Gather: KnownError<E>,
{
    const FIND: Option<FindSource<E>> = Some(Gather::FIND);
}
impl<E: Deref<Target: AnyError>> SourceFinder<E> for OfTarget {
    const FIND: Option<FindSource<E>> = Some(|error| error.deref().as_error().source());
}

/// `dyn Error` with or without auto traits.
pub trait AnyError {
    fn as_error(&self) -> &(dyn Error + 'static);
}
macro_rules! any_error {
    ($($any:ty),+) => { $(
        impl AnyError for $any {
            fn as_error(&self) -> &(dyn Error + 'static) {
                self
            }
        }
    )+ };
}
any_error!(dyn Error, dyn Error + Send, dyn Error + Sync, dyn Error + Send + Sync);
