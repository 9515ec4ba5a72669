//! A group's run as a picture, made of its spans alone.
//!
//! [`Recording`] is a layer for `tracing-subscriber` that remembers the spans of groups. [`Picture`] draws them.

mod picture;
mod recording;

pub use picture::{Picture, Style};
pub use recording::{Member, Name, Poll, Recording, Row, Run};
