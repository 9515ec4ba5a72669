//! What `asyncio.gather` does, case by case, and what a group does in its place.
//!
//! A test is named by the row of the catalogue of cases that it checks: A results, F failures, K cancellation,
//! H the handle, M what may be a member, X neighbours of gather. It compares the whole list of events, with their times.
//!
//! The catalogue was recorded on `CPython` 3.11. A list differs from it in three ways throughout: a field
//! of a `return_exceptions` group is `Ok(..)` or `Err(..)`, strings are quoted as Rust does, and siblings that the
//! first error ends are dropped before the awaiter goes on. Every other difference is explained at its test.
#![forbid(unsafe_code)]

mod both;
mod in_task;
#[cfg(feature = "tokio")]
mod spawned;
#[path = "../support/log.rs"]
mod support;
