//! What can go wrong with a member, and with several of them.

use std::any::Any;
use std::convert::Infallible;
use std::error::Error;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use crate::member::{Member, Place};

/// What went wrong, and with which member.
///
/// It is what `return_exceptions` puts into a field, and what a `name_errors` or a spawned group fails with. `E` is the
/// error of the member; [`Infallible`] where it has none, so that there is no [`Error`](ExceptionKind::Error). The name
/// is Python's: `asyncio.gather(.., return_exceptions=True)` gives exceptions where others would end the group.
///
/// [`Display`](fmt::Display) names the member: "member `user` failed: connection refused". It is an [`Error`] wherever
/// `E` is one; its [`source`](Error::source) is the source of the member's error, so that printing the chain shows
/// nothing twice. It is [`Send`] and [`Sync`] where `E` is.
///
/// # Examples
///
/// ```
/// use gather::{Exception, ExceptionKind, gather};
/// use std::num::ParseIntError;
///
/// async fn number(text: &str) -> Result<u8, ParseIntError> {
///     text.parse()
/// }
///
/// fn advice(exception: &Exception<ParseIntError>) -> &'static str {
///     match &exception.kind {
///         ExceptionKind::Error(_) => "write digits",
///         ExceptionKind::TimedOut => "try again",
///         _ => "a bug",
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let r = gather! { good => number("1"), bad => number("one"); return_exceptions }.await;
/// assert_eq!(r.good.unwrap(), 1);
/// let exception = r.bad.unwrap_err();
/// assert_eq!(exception.to_string(), "member `bad` failed: invalid digit found in string");
/// assert_eq!(advice(&exception), "write digits");
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Exception<E = Infallible> {
    /// The member it happened to; `None` when the group as a whole was cancelled.
    pub member: Option<Member>,
    /// What happened.
    pub kind: ExceptionKind<E>,
}

/// The kinds of [`Exception`]. There may be more of them in later versions.
///
/// # Examples
///
/// ```
/// use gather::{ExceptionKind, gather};
/// # async fn no_answer() { std::future::pending().await }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let r = gather! {
///     slow => no_answer(),
///     broken => async { if true { panic!("a bug") } };
///     return_exceptions, until = async {}
/// }
/// .await;
/// assert!(matches!(r.slow.unwrap_err().kind, ExceptionKind::Cancelled));
/// assert!(matches!(r.broken.unwrap_err().kind, ExceptionKind::Panicked(panic) if panic.message() == "a bug"));
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum ExceptionKind<E = Infallible> {
    /// The member gave an error.
    Error(E),
    /// The member panicked.
    Panicked(Panic),
    /// The member, or the group, was cancelled before it had ended.
    Cancelled,
    /// The group's `timeout` passed before the member had ended.
    TimedOut,
    /// The member never started, because one that it depends on did not succeed.
    Skipped,
}

impl<E> Exception<E> {
    pub(crate) fn of(place: Place, kind: ExceptionKind<E>) -> Self {
        Self { member: Some(place.member()), kind }
    }

    #[cfg(feature = "tokio")]
    pub(crate) fn map_error<U>(self, convert: impl FnOnce(E) -> U) -> Exception<U> {
        let kind = match self.kind {
            ExceptionKind::Error(e) => ExceptionKind::Error(convert(e)),
            ExceptionKind::Panicked(panic) => ExceptionKind::Panicked(panic),
            ExceptionKind::Cancelled => ExceptionKind::Cancelled,
            ExceptionKind::TimedOut => ExceptionKind::TimedOut,
            ExceptionKind::Skipped => ExceptionKind::Skipped,
        };
        Exception { member: self.member, kind }
    }

    /// The member's own error, where that is what happened.
    pub fn error(&self) -> Option<&E> {
        match &self.kind {
            ExceptionKind::Error(e) => Some(e),
            _ => None,
        }
    }

    /// The member's own error by value.
    ///
    /// # Errors
    ///
    /// Gives the exception back where it is of another kind.
    ///
    /// # Examples
    ///
    /// ```
    /// # use gather::gather;
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let group = gather!(async { Ok(1) }?, async { Err::<u8, _>("no luck") }?; name_errors);
    /// assert_eq!(group.await.unwrap_err().into_error().unwrap(), "no luck");
    /// # }
    /// ```
    pub fn into_error(self) -> Result<E, Self> {
        match self.kind {
            ExceptionKind::Error(e) => Ok(e),
            kind => Err(Self { member: self.member, kind }),
        }
    }

    /// The member gave an error.
    pub fn is_error(&self) -> bool {
        matches!(self.kind, ExceptionKind::Error(_))
    }

    /// The member panicked.
    pub fn is_panicked(&self) -> bool {
        matches!(self.kind, ExceptionKind::Panicked(_))
    }

    /// The member, or the group, was cancelled.
    pub fn is_cancelled(&self) -> bool {
        matches!(self.kind, ExceptionKind::Cancelled)
    }

    /// The group's `timeout` came first.
    pub fn is_timed_out(&self) -> bool {
        matches!(self.kind, ExceptionKind::TimedOut)
    }

    /// The member never started: one that it depends on did not succeed.
    pub fn is_skipped(&self) -> bool {
        matches!(self.kind, ExceptionKind::Skipped)
    }
}

impl<E: fmt::Display> fmt::Display for Exception<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.member {
            Some(member) => write!(f, "member `{member}` ")?,
            None => f.write_str("the group ")?,
        }
        match &self.kind {
            ExceptionKind::Error(e) => write!(f, "failed: {e}"),
            ExceptionKind::Panicked(panic) => write!(f, "panicked: {}", panic.message()),
            ExceptionKind::Cancelled => f.write_str("was cancelled"),
            ExceptionKind::TimedOut => f.write_str("timed out"),
            ExceptionKind::Skipped => f.write_str("was skipped: a dependency failed"),
        }
    }
}

impl<E: Error + 'static> Error for Exception<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error().and_then(Error::source)
    }
}

/// A panic that was caught.
///
/// The message is kept beside the payload, so that the whole is [`Sync`] although a payload need not be; the payload
/// itself is reached by value only. The panic hook has run already, where the panic happened. In a program that is built with
/// `panic = "abort"` there is nothing to catch.
///
/// # Examples
///
/// ```
/// use gather::{ExceptionKind, gather};
///
/// async fn broken(n: u8) -> u8 {
///     panic!("no number {n}")
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let (field,) = gather!(broken(7); return_exceptions).await;
/// let ExceptionKind::Panicked(panic) = field.unwrap_err().kind else { unreachable!() };
/// assert_eq!(panic.message(), "no number 7");
/// let payload = panic.into_payload().downcast::<String>().unwrap();
/// assert_eq!(*payload, "no number 7");
/// # }
/// ```
pub struct Panic {
    message: Box<str>,
    payload: Mutex<Box<dyn Any + Send>>,
}

impl Panic {
    pub(crate) fn new(payload: Box<dyn Any + Send>) -> Self {
        let message = match payload.downcast_ref::<&'static str>() {
            Some(text) => (*text).into(),
            None => match payload.downcast_ref::<String>() {
                Some(text) => text.as_str().into(),
                None => "a payload that is no text".into(),
            },
        };
        Self { message, payload: Mutex::new(payload) }
    }

    /// The text given to `panic!`; for a payload that is no text, the words "a payload that is no text".
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Lets the panic go on, as [`std::panic::resume_unwind`] does: the panic hook does not run a second time.
    ///
    /// # Panics
    ///
    /// Always: that is what it is for.
    pub fn resume(self) -> ! {
        std::panic::resume_unwind(self.into_payload())
    }

    /// What was given to `panic!`, to be downcast.
    #[must_use]
    pub fn into_payload(self) -> Box<dyn Any + Send> {
        self.payload.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Panic").field(&self.message).finish()
    }
}

/// Everything that went wrong in an `all_errors` group, in member order. There is at least one.
///
/// [`Display`](fmt::Display) gives a line for each, with no line break at the end. Members that were skipped because a
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
#[derive(Debug)]
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

    /// What happened to the group as a whole: no member.
    #[cfg(feature = "tokio")]
    pub(crate) fn of_group(kind: ExceptionKind<E>) -> Self {
        Self { all: vec![Exception { member: None, kind }] }
    }

    /// The exceptions by reference, in member order.
    pub fn iter(&self) -> std::slice::Iter<'_, Exception<E>> {
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
    type IntoIter = std::vec::IntoIter<Exception<E>>;
    fn into_iter(self) -> Self::IntoIter {
        self.all.into_iter()
    }
}

impl<'a, E> IntoIterator for &'a Exceptions<E> {
    type Item = &'a Exception<E>;
    type IntoIter = std::slice::Iter<'a, Exception<E>>;
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
            write!(f, "{e}")?;
        }
        Ok(())
    }
}

impl<E: Error + 'static> Error for Exceptions<E> {}
