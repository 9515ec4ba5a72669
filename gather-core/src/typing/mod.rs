//! Compile time only: which member this is, and where it is none, what the compiler says.

pub mod dependent;
pub mod error_source;
mod foreign_names;
pub mod invalid;
pub mod keys;
pub mod kinds;
pub mod levels;
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "a thread is std's, and so are mistakes with it"))]
pub mod messages;
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "as above"))]
pub mod not_a_member;
pub mod options;
pub mod plain;
#[cfg(feature = "tokio")]
pub mod send;
#[cfg(feature = "tokio")]
pub mod share;
pub mod syntax;
