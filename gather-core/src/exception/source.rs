//! Where the source of a member's error is found.
//!
//! An exception is an [`Error`] for every `E: Debug + Display`, and its source is the source of the member's error. Whether `E` has
//! one cannot be asked of a bare `E`, and a trait with an implementation for every `E: Error` cannot have another for
//! `anyhow::Error` or `Box<dyn Error>`, which are none. So the question is answered where the group stands and `E` is known, by method
//! lookup as in the module `kinds`, and the exception keeps the answer as a pointer to a fn.

use core::error::Error;
use core::ops::Deref;

use crate::typing::messages::{Gather, KnownError};

/// The source of an error, where it has one.
pub type FindSource<E> = for<'a> fn(&'a E) -> Option<&'a (dyn Error + 'static)>;

/// A way to find it. Implemented by markers.
pub trait SourceFinder<E> {
    const FIND: Option<FindSource<E>>;
}

/// The error is an [`Error`].
pub struct OfError;
/// It derefs to one, as `anyhow::Error` and `Box<dyn Error>` do.
pub struct OfTarget;
/// It has no source.
pub struct NoSource;

impl<E> SourceFinder<E> for OfError
where
    Gather: KnownError<E>,
{
    const FIND: Option<FindSource<E>> = Some(Gather::FIND);
}
impl<E: Deref<Target: AnyError>> SourceFinder<E> for OfTarget {
    const FIND: Option<FindSource<E>> = Some(|error| error.deref().as_error().source());
}
impl<E> SourceFinder<E> for NoSource {
    const FIND: Option<FindSource<E>> = None;
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
