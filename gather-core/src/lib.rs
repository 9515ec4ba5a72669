//! The polling engine and the types of the `gather` crate.
//!
//! Use `gather`: this crate is its inside, and only what `gather` re-exports is stable.
#![cfg_attr(docsrs, feature(doc_cfg))]
#![deny(unsafe_code)]
#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod completions;
#[allow(missing_docs, reason = "inside")]
mod dependency;
mod exception;
#[allow(missing_docs, reason = "inside")]
mod in_task;
mod member;
#[allow(missing_docs, reason = "inside")]
mod policy;
#[cfg(any(feature = "tokio", all(test, feature = "std")))]
#[allow(missing_docs, reason = "inside")]
mod spawn;
mod sync;
#[allow(missing_docs, reason = "inside")]
mod typing;
mod unwind;

#[doc(hidden)]
#[allow(missing_docs, reason = "inside")]
pub mod private;

pub use completions::Completions;
pub use exception::{Exception, ExceptionKind, Exceptions, Panic};
pub use member::Member;
#[cfg(feature = "tokio")]
pub use spawn::{AbortOnDrop, Canceller, Group, GroupFuture};
