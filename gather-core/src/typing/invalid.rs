//! What stands for a member that is none, so that one mistake is reported once.

use core::marker::PhantomData;
use core::ops::Deref;

use super::levels::answers;

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
