//! What stands for a member that is none, so that one mistake is reported once.

use core::ops::Deref;

use super::levels::{answers, marker_type};

answers!(Invalid<R>);

marker_type! {
    /// The kind of what is no member. Its field is of whatever type is wanted, so that nothing else is reported.
    Invalid<R>
}

impl<R> Default for Invalid<R> {
    fn default() -> Self {
        Self::NEW
    }
}

marker_type! {
    /// Whether the one `?` member of a group was rejected: then there may be no error at all, and the group gives whatever is wanted.
    LoneFallible<P>
}
/// The level below [`LoneFallible`], for a member that is valid.
pub struct LoneFallibleValid;

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
