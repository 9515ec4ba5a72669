//! What a group needs of the stack in a build that is not optimised.
#![forbid(unsafe_code)]
#![allow(clippy::large_futures, clippy::large_stack_arrays, reason = "that is what it is about")]
#![allow(clippy::unused_async, reason = "members are calls of async fns")]
#![allow(clippy::many_single_char_names, reason = "there are sixteen of them")]
#![allow(dead_code, reason = "records and structs are made, and that is all")]

#[cfg(target_os = "linux")]
mod bytes;
mod recursion;
#[cfg(feature = "tokio")]
mod sixteen;
#[cfg(target_os = "linux")]
#[path = "../support/stack.rs"]
mod support;
