//! Lists as members: with keys, of a stream, and their results one by one.
#![cfg(feature = "tokio")]
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod completions;
mod keyed;
mod programs;
mod streams;
