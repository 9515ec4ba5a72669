//! What a group does with errors: the table of policies, one file per row.
#![forbid(unsafe_code)]

mod all_errors;
mod error_type;
mod exceptions;
mod fail_fast;
#[cfg(feature = "tokio")]
mod join_handles;
mod name_errors;
mod return_exceptions;
#[path = "../support/mod.rs"]
mod support;
