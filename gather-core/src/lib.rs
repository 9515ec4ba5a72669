//! The polling engine and the types of the `gather` crate.
//!
//! Use `gather`: this crate is its inside, and only what `gather` re-exports is stable.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(feature = "tokio")]
#[allow(missing_docs, reason = "inside")]
mod adopt;
mod completions;
#[allow(missing_docs, reason = "inside")]
mod deadline;
#[allow(missing_docs, reason = "inside")]
mod depend;
mod exception;
#[allow(missing_docs, reason = "inside")]
mod group_fn;
#[allow(missing_docs, reason = "inside")]
mod keyed;
#[allow(missing_docs, reason = "inside")]
mod kinds;
mod member;
#[allow(missing_docs, reason = "inside")]
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "a thread is std's, and so are mistakes with it"))]
mod messages;
#[allow(missing_docs, reason = "inside")]
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "as above"))]
mod mistakes;
#[allow(missing_docs, reason = "inside")]
mod poll;
#[allow(missing_docs, reason = "inside")]
mod settle;
#[allow(missing_docs, reason = "inside")]
mod sources;
#[cfg(any(feature = "tokio", all(test, feature = "std")))]
#[allow(missing_docs, reason = "inside")]
mod spawn;
mod sync;
mod unwind;
#[allow(missing_docs, reason = "inside")]
mod verdict;

#[doc(hidden)]
#[allow(missing_docs, reason = "inside")]
pub mod private;

pub use completions::Completions;
pub use exception::{Exception, ExceptionKind, Exceptions, Panic};
pub use member::Member;
#[cfg(feature = "tokio")]
pub use spawn::{AbortOnDrop, Canceller, Group, GroupFuture};
