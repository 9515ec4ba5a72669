//! Errors of members in applications: with anyhow, eyre, thiserror, boxed errors and texts, in each way in which an exception arises.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod classified;
mod compared;
mod failing;
mod generic;
mod names;
mod unfailing;
mod ways;
