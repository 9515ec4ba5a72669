//! Where the source of an error is found: a ladder on the type of the error, or of the kind of a member that keeps one.
//!
//! [`OfErrorSource`] -> [`OfTargetSource`] -> [`OfOtherSource`] -> [`NoErrorKept`]
//!
//! An error whose type is not known where the group stands takes the first rung, since rustc leaves the question for later. If it
//! turns out to be no `Error`, the text of [`KnownError`] says so.

use core::marker::PhantomData;
use core::ops::Deref;

use super::Kind;
use crate::exception::{AnyError, FindSource, NoSource, OfError, OfTarget, SourceFinder};
use crate::typing::messages::{Gather, KnownError};
use crate::policy::NeedsFinder;

macro_rules! rung {
    ($(#[$doc:meta])* $from:ident -> $to:ident) => {
        $(#[$doc])*
        pub struct $from<T>(PhantomData<fn() -> T>);
        impl<T> Deref for $from<T> {
            type Target = $to<T>;
            fn deref(&self) -> &$to<T> {
                const { &$to(PhantomData) }
            }
        }
    };
}

rung!(
    /// It is an `Error`.
    OfErrorSource -> OfTargetSource
);
rung!(
    /// It derefs to one.
    OfTargetSource -> OfOtherSource
);
rung!(
    /// Anything else has no source.
    OfOtherSource -> NoErrorKept
);
/// What keeps no error.
pub struct NoErrorKept<T>(PhantomData<fn() -> T>);

impl<T> OfErrorSource<T> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

/// Of a kind.
pub fn found<K>(_: K) -> OfErrorSource<K> {
    OfErrorSource::NEW
}

impl<K, A: NeedsFinder<Error = E>, E> OfErrorSource<Kind<K, A>>
where
    Gather: KnownError<E>,
{
    // Not named, so that nothing but this call asks whether it is known.
    pub fn __found(&self) -> Kind<K, A::By<impl SourceFinder<E> + use<K, A, E>>> {
        let kind: Kind<K, A::By<OfError>> = Kind::default();
        kind
    }
}
impl<K, A: NeedsFinder<Error = E>, E: Deref<Target: AnyError>> OfTargetSource<Kind<K, A>> {
    pub fn __found(&self) -> Kind<K, A::By<OfTarget>> {
        Kind::default()
    }
}
impl<K, A: NeedsFinder> OfOtherSource<Kind<K, A>> {
    pub fn __found(&self) -> Kind<K, A::By<NoSource>> {
        Kind::default()
    }
}
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
        NoSource::FIND
    }
}
