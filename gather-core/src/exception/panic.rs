//! A panic that was caught.

use alloc::boxed::Box;
use alloc::string::String;
#[cfg(feature = "std")]
use core::any::Any;
use core::fmt;
#[cfg(feature = "std")]
use std::sync::{Mutex, PoisonError};

/// A panic that was caught.
///
/// The message is kept beside the payload, so that the whole is [`Sync`] although a payload need not be; the payload
/// itself is reached by value only. The panic hook has run already, where the panic happened. In a program that is built with
/// `panic = "abort"` there is nothing to catch, and without the feature `std` nobody catches.
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
pub struct Panic(Box<CaughtPanic>);

/// On the heap, so that a field or an error that may hold a panic is not larger for it.
struct CaughtPanic {
    message: Box<str>,
    #[cfg(feature = "std")]
    payload: Mutex<Box<dyn Any + Send>>,
}

impl Panic {
    /// A panic with this message, as [`panic!`] makes one with arguments: the payload is a [`String`]. For tests of code that
    /// takes exceptions; nothing panics.
    ///
    /// # Examples
    ///
    /// ```
    /// use gather::{Exception, ExceptionKind, Member, Panic};
    ///
    /// let exception: Exception = Exception::new(Member::named("db"), ExceptionKind::Panicked(Panic::new("a bug")));
    /// assert_eq!(exception.to_string(), "member `db` panicked: a bug");
    /// ```
    #[must_use]
    pub fn new(message: impl Into<String>) -> Self {
        #[cfg(feature = "std")]
        return Self::from_payload(Box::new(message.into()));
        #[cfg(not(feature = "std"))]
        Self(Box::new(CaughtPanic { message: message.into().into_boxed_str() }))
    }

    #[cfg(feature = "std")]
    pub(crate) fn from_payload(payload: Box<dyn Any + Send>) -> Self {
        let message = match payload.downcast_ref::<&'static str>() {
            Some(text) => (*text).into(),
            None => match payload.downcast_ref::<String>() {
                Some(text) => text.as_str().into(),
                None => "a payload that is no text".into(),
            },
        };
        Self(Box::new(CaughtPanic { message, payload: Mutex::new(payload) }))
    }

    /// The text given to `panic!`; for a payload that is no text, the words "a payload that is no text".
    #[must_use]
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// Lets the panic go on, as [`std::panic::resume_unwind`] does: the panic hook does not run a second time.
    ///
    /// # Panics
    ///
    /// Always: that is what it is for.
    pub fn resume(self) -> ! {
        #[cfg(feature = "std")]
        std::panic::resume_unwind(self.into_payload());
        #[cfg(not(feature = "std"))]
        panic!("{}", self.message());
    }

    /// What was given to `panic!`, to be downcast.
    #[cfg(feature = "std")]
    #[cfg_attr(docsrs, doc(cfg(feature = "std")))]
    #[must_use]
    pub fn into_payload(self) -> Box<dyn Any + Send> {
        self.0.payload.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Panics are compared by their messages: payloads cannot be compared.
impl PartialEq for Panic {
    fn eq(&self, other: &Self) -> bool {
        self.message() == other.message()
    }
}

impl Eq for Panic {}

impl fmt::Debug for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Panic").field(&self.message()).finish()
    }
}
