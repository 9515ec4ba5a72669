//! What the tests of several topics share: members under the test's control, polling by hand, and counts.
#![allow(dead_code, unused_imports, unused_macros, reason = "each test target uses its own part")]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod gate;
mod polling;
mod send;
mod trace;
mod yields;

pub(crate) use gate::{Gate, Gated};
pub(crate) use polling::{CountingWaker, Inline, poll};
pub(crate) use send::{assert_has_not, assert_not_send, send};
pub(crate) use trace::{Live, Token, Trace, Traced};
pub(crate) use yields::yield_once;

use std::fmt;

/// An ordinary error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Wrong(pub(crate) u8);

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "wrong by {}", self.0)
    }
}

impl std::error::Error for Wrong {}

/// Yields `value` at its first poll.
pub(crate) async fn value<T>(value: T) -> T {
    value
}

/// Yields `Ok(value)` at its first poll.
pub(crate) async fn good<T>(value: T) -> Result<T, Wrong> {
    Ok(value)
}

/// Yields `Err(Wrong(by))` at its first poll.
pub(crate) async fn bad(by: u8) -> Result<u8, Wrong> {
    Err(Wrong(by))
}

/// Panics when it is dropped, without a word of the panic hook.
#[derive(Debug)]
pub(crate) struct Bomb;

impl Drop for Bomb {
    fn drop(&mut self) {
        std::panic::resume_unwind(Box::new("bomb"));
    }
}
