//! Members that wait for others: `name => |a, b| future`.
#![forbid(unsafe_code)]
#![allow(dead_code, reason = "of some members it is tested when they run, and nobody reads what they give")]
#![allow(clippy::many_single_char_names, reason = "graphs are drawn with letters")]
#![allow(clippy::no_effect_underscore_binding, reason = "to wait for a member is to name it")]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod borrowing;
mod capturing;
mod drops;
mod early_lists;
mod failures;
mod layouts;
mod limits;
mod panics;
mod sending;
mod shapes;
mod sizes;
#[cfg(feature = "tokio")]
mod spawned;
mod stars;
mod stops;
#[path = "../support/mod.rs"]
mod support;
mod sweeps;
mod times;
