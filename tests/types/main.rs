//! The type of a group: whether it is `Send`, how many members it takes, how deep groups stand in each other (`tests/nesting.rs` has what holds on the heap only).
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod depth;
#[cfg(feature = "tokio")]
mod limited_closures;
mod many_members;
mod send;
#[path = "../support/mod.rs"]
mod support;
