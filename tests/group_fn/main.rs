//! `#[gather_group]`: each fn under test runs on tokio's paused clock, and the ticks at which its parts start and end show
//! that they ran together, or in order.
#![cfg(feature = "tokio")]
#![deny(unused)]
#![allow(clippy::unused_async, reason = "the fns under test have the shapes of real ones")]
#![allow(clippy::many_single_char_names, reason = "what a fn is about is the order of its lines")]

mod barriers;
mod client;
mod clock;
mod errors;
mod hygiene;
mod limit;
mod patterns;
mod receivers;
mod returns;
mod send;
mod shapes;
mod stages;
