//! What can go wrong with a member, and with several of them.

mod panic;
mod several;
mod source;

use core::convert::Infallible;
use core::error::Error;
use core::fmt;

use crate::member::{Member, MemberId};

pub use panic::Panic;
pub use several::Exceptions;
pub(crate) use source::{FindSource, SourceFinder};

/// What went wrong, and with which member.
///
/// It is what `return_exceptions` puts into a field, and what a `name_errors` or a spawned group fails with. `E` is the
/// error of the member; [`Infallible`] where it has none, so that there is no [`Error`](ExceptionKind::Error). The name
/// is Python's: `asyncio.gather(.., return_exceptions=True)` gives exceptions where others would end the group.
///
/// [`Display`](fmt::Display) names the member: "member `user` failed: connection refused"; `{:#}` adds the whole chain of causes, on
/// one line. It is an [`Error`] wherever `E` is [`Debug`] and [`Display`](fmt::Display), so `?` turns it into `anyhow::Error`,
/// `eyre::Report` and `Box<dyn Error + Send + Sync>`, also where `E` is one of these itself, or a [`String`]. Its
/// [`source`](Error::source) is the source of the member's error, so that printing the chain shows nothing twice. It is [`Send`]
/// and [`Sync`] where `E` is.
///
/// The error itself is therefore not in the chain. Before `?` it is [`error()`](Self::error); after it,
/// `downcast_ref::<Exception<E>>()` finds the exception; [`into_error_with`](Self::into_error_with) makes the caller's own error of
/// it. The guide's chapter on errors has a recipe for each.
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
#[non_exhaustive]
pub struct Exception<E = Infallible> {
    /// The member it happened to; `None` when it happened to the group as a whole.
    pub member: Option<Member>,
    /// What happened.
    pub kind: ExceptionKind<E>,
    /// `None` where the error has no source, and where nobody knows yet.
    source: Option<FindSource<E>>,
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
#[derive(Debug, PartialEq, Eq)]
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
    /// An exception for a test of code that takes one: of any kind, with or without a member. It has no [`source`](Error::source);
    /// [`from_error`](Self::from_error) gives it the error's own.
    ///
    /// # Examples
    ///
    /// ```
    /// use gather::{Exception, ExceptionKind, Member, gather};
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let r = gather! { user => async { Err::<u8, _>("no luck") }; return_exceptions }.await;
    /// assert_eq!(r.user, Err(Exception::new(Member::named("user"), ExceptionKind::Error("no luck"))));
    ///
    /// let cancelled: Exception = Exception::new(None, ExceptionKind::Cancelled);
    /// assert_eq!(cancelled.to_string(), "the group was cancelled");
    /// # }
    /// ```
    #[must_use]
    pub fn new(member: impl Into<Option<Member>>, kind: ExceptionKind<E>) -> Self {
        Self { member: member.into(), kind, source: None }
    }

    /// What a group makes of an `error` of this member: with the error's own [`source`](Error::source).
    ///
    /// # Examples
    ///
    /// ```
    /// use gather::{Exception, Member};
    /// use std::io;
    ///
    /// let exception = Exception::from_error(Member::item("pages", 17), io::Error::other("refused"));
    /// assert_eq!(exception.to_string(), "member `pages[17]` failed: refused");
    /// ```
    #[must_use]
    pub fn from_error(member: Member, error: E) -> Self
    where
        E: Error + 'static,
    {
        Self { member: Some(member), kind: ExceptionKind::Error(error), source: Some(E::source) }
    }

    pub(crate) fn of(place: MemberId, kind: ExceptionKind<E>, source: Option<FindSource<E>>) -> Self {
        Self { member: Some(place.member()), kind, source }
    }

    /// An exception of the group as a whole, which names no member.
    #[cfg(feature = "tokio")]
    pub(crate) fn of_group(kind: ExceptionKind<E>) -> Self {
        Self { member: None, kind, source: None }
    }

    /// The exception with another error, whose source is found by `source`.
    #[cfg(feature = "tokio")]
    pub(crate) fn map_error<T>(
        self,
        error: impl FnOnce(E) -> T,
        source: impl FnOnce(Option<FindSource<E>>) -> Option<FindSource<T>>,
    ) -> Exception<T> {
        let kind = match self.kind {
            ExceptionKind::Error(e) => ExceptionKind::Error(error(e)),
            ExceptionKind::Panicked(panic) => ExceptionKind::Panicked(panic),
            ExceptionKind::Cancelled => ExceptionKind::Cancelled,
            ExceptionKind::TimedOut => ExceptionKind::TimedOut,
            ExceptionKind::Skipped => ExceptionKind::Skipped,
        };
        Exception { member: self.member, kind, source: source(self.source) }
    }

    /// The exception, whose source is found by `source` unless it is known how.
    pub(crate) fn or_source(self, source: Option<FindSource<E>>) -> Self {
        Self { source: self.source.or(source), ..self }
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
            kind => Err(Self { kind, ..self }),
        }
    }

    /// Makes the caller's own error of the member and its error.
    ///
    /// # Errors
    ///
    /// Gives the exception back where it is of another kind, or has no member.
    ///
    /// # Examples
    ///
    /// With anyhow, whose chain can then be searched for the error:
    ///
    /// ```
    /// use gather::gather;
    /// use std::io;
    ///
    /// async fn load(name: &str) -> anyhow::Result<String> {
    ///     Err(io::Error::from(io::ErrorKind::NotFound).into())
    /// }
    ///
    /// async fn both() -> anyhow::Result<String> {
    ///     let r = gather! { page => load("page")?, style => load("style")?; name_errors }.await.map_err(|exception| {
    ///         exception
    ///             .into_error_with(|member, error| error.context(format!("member `{member}` failed")))
    ///             .unwrap_or_else(anyhow::Error::from)
    ///     })?;
    ///     Ok(r.page + &r.style)
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let error = both().await.unwrap_err();
    /// assert_eq!(error.to_string(), "member `page` failed");
    /// assert_eq!(error.downcast_ref::<io::Error>().unwrap().kind(), io::ErrorKind::NotFound);
    /// # }
    /// ```
    pub fn into_error_with<T>(self, f: impl FnOnce(Member, E) -> T) -> Result<T, Self> {
        match (self.member, self.kind) {
            (Some(member), ExceptionKind::Error(error)) => Ok(f(member, error)),
            (member, kind) => Err(Self { member, kind, source: self.source }),
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
            ExceptionKind::Error(e) => {
                f.write_str("failed: ")?;
                match self.source {
                    // The error may print a chain of its own.
                    None if f.alternate() => write!(f, "{e:#}"),
                    Some(find) if f.alternate() => {
                        write!(f, "{e}")?;
                        let mut next = find(e);
                        while let Some(cause) = next {
                            write!(f, ": {cause}")?;
                            next = cause.source();
                        }
                        Ok(())
                    }
                    _ => write!(f, "{e}"),
                }
            }
            ExceptionKind::Panicked(panic) => write!(f, "panicked: {}", panic.message()),
            ExceptionKind::Cancelled => f.write_str("was cancelled"),
            ExceptionKind::TimedOut => f.write_str("timed out"),
            ExceptionKind::Skipped => f.write_str("was skipped: a dependency failed"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> Error for Exception<E> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source?(self.error()?)
    }
}

#[allow(clippy::missing_fields_in_debug, reason = "where the source is found says nothing to readers")]
impl<E: fmt::Debug> fmt::Debug for Exception<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Exception").field("member", &self.member).field("kind", &self.kind).finish()
    }
}

/// Exceptions are compared by member and kind: one that is made by hand, for a test, equals the one that a group gives.
impl<E: PartialEq> PartialEq for Exception<E> {
    fn eq(&self, other: &Self) -> bool {
        (&self.member, &self.kind) == (&other.member, &other.kind)
    }
}

impl<E: Eq> Eq for Exception<E> {}
