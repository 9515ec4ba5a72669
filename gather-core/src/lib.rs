//! The polling engine and the types of the `gather` crate.
//!
//! Use `gather`: this crate is its inside, and only what `gather` re-exports is stable.
//!
//! # The folders
//!
//! Each names only those before it:
//!
//! * `sync`, `member`, `exception`, `unwind`: small things that everybody uses.
//! * `observe`: what a group tells `tracing`.
//! * `policy`: what an output, an error, a panic, or a deadline means, for a member and for its group, in-task and spawned.
//! * `dependency`: values that other members wait for.
//! * `in_task`: the engine that polls all members inside the awaiting task. All `unsafe` is there.
//! * `spawn`: groups whose members are tokio tasks.
//! * `typing`: compile time only: which member is this, and if it is none, say so.
//! * `private`: what expansions call.
//!
//! # The words
//!
//! * **group**: all that one `gather!` runs; **member**: one of its expressions; **list**: a member written with `*`; **item**: one of a list.
//! * **field**: what a member's output has become in the result; **policy**: how it becomes that, and what fails the group.
//! * **abort**: why a member gives no output: it panicked, was cancelled, timed out, or was skipped.
//! * **dependency**: a member whose value another one, its *dependant*, waits for; the value stands in an *output cell*.
//! * **deadline**: `timeout` or `until`; **permit**: one of the `limit`'s: a member in progress holds it.
//! * **adopt**: to take a `JoinHandle` or a spawned group as a member, which is then stopped with its group.
//! * **node**: a part of the tree of a group's members: one future, a pair, a list.
//! * **slot**: the place of one future, and afterwards of its field; its *state* is pending (started or not), done or empty.
//! * **sweep**: one way through the tree, in member order, made of *passes*: poll who is due, then start who may.
//! * **ready set**: who was woken since the last sweep, kept as a *word* of 64 bits, or as a *table* for long lists.
//! * **storage**: the fields of a spawned group's members until all are there; **pending**: a spawned member without a task yet.
//! * **batch**: a spawned list whose items start at once, and which is one task to its group; **alive**: a task that has not ended.
//! * **due**: to be polled in this sweep; **woken**: marked in the ready set.
//! * **waker source**: the waker that a member is polled with: the task's, one borrowed from the stack, or its own.
//! * **level**: one type of a ladder on which method lookup finds the kind of a member.
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
mod observe;
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
