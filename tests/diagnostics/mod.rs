//! Wrong programs and what rustc says of them: for the tests of messages.
#![allow(dead_code, reason = "each of these tests uses its part")]

pub mod cases;
pub mod rustc;
