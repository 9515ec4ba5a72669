//! Where the source of a member's error is found: `typing::error_source` finds it.

use core::error::Error;

/// The source of an error, where it has one.
pub type FindSource<E> = for<'a> fn(&'a E) -> Option<&'a (dyn Error + 'static)>;

/// A way to find it. Implemented by markers; `()` finds none.
pub trait SourceFinder<E> {
    const FIND: Option<FindSource<E>>;
}
impl<E> SourceFinder<E> for () {
    const FIND: Option<FindSource<E>> = None;
}
