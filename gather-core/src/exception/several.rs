//! What went wrong with several members.

use alloc::vec::{self, Vec};
use core::convert::Infallible;
use core::error::Error;
use core::fmt;

use super::Exception;
#[cfg(feature = "tokio")]
use super::ExceptionKind;

/// Everything that went wrong in an `all_errors` group, in member order. There is at least one.
///
/// [`Display`](fmt::Display) gives a line for each, with no line break at the end, and on each line the whole chain of causes, since
/// nothing else would print it: several errors have no one [`source`](Error::source). It is an [`Error`] wherever `E` is
/// [`Debug`] and [`Display`](fmt::Display). Members that were skipped because a
/// dependency failed are not listed: what they waited for is. A spawned group that was cancelled has one, without a member.
///
/// # Examples
///
/// ```
/// use gather::gather;
///
/// async fn number(text: &str) -> Result<u8, std::num::ParseIntError> {
///     text.parse()
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let group = gather! { x => number("1")?, y => number("")?, z => number("300")?; all_errors };
/// let exceptions = group.await.map(|r| (r.x, r.y, r.z)).unwrap_err();
/// assert_eq!(exceptions.len(), 2);
/// assert_eq!(
///     exceptions.to_string(),
///     "member `y` failed: cannot parse integer from empty string\n\
///      member `z` failed: number too large to fit in target type"
/// );
/// let names: Vec<_> = exceptions.iter().filter_map(|e| e.member.as_ref()?.name()).collect();
/// assert_eq!(names, ["y", "z"]);
/// # }
/// ```
#[derive(Debug, PartialEq)]
pub struct Exceptions<E = Infallible> {
    /// In member order, never empty.
    all: Vec<Exception<E>>,
}

#[allow(clippy::len_without_is_empty, reason = "it is never empty")]
impl<E> Exceptions<E> {
    /// `None` where there is nothing to report.
    pub(crate) fn new(all: Vec<Exception<E>>) -> Option<Self> {
        (!all.is_empty()).then_some(Self { all })
    }

    /// The exception of a group as a whole, which names no member.
    #[cfg(feature = "tokio")]
    pub(crate) fn of_group(kind: ExceptionKind<E>) -> Self {
        Self { all: vec![Exception::of_group(kind)] }
    }

    /// The exceptions by reference, in member order.
    pub fn iter(&self) -> core::slice::Iter<'_, Exception<E>> {
        self.all.iter()
    }

    /// How many there are: at least 1.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// The exception of the lowest member.
    pub fn first(&self) -> &Exception<E> {
        &self.all[0]
    }
}

impl<E> IntoIterator for Exceptions<E> {
    type Item = Exception<E>;
    type IntoIter = vec::IntoIter<Exception<E>>;
    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'a, E> IntoIterator for &'a Exceptions<E> {
    type Item = &'a Exception<E>;
    type IntoIter = core::slice::Iter<'a, Exception<E>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<E: fmt::Display> fmt::Display for Exceptions<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, e) in self.iter().enumerate() {
            if i > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{e:#}")?;
        }
        Ok(())
    }
}

impl<E: fmt::Debug + fmt::Display> Error for Exceptions<E> {}
