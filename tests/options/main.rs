//! What stands behind the `;` besides the policies: `limit`, `timeout` and `until`.
#![forbid(unsafe_code)]

mod limit;
mod limit_and_failure;
mod limited_lists;
#[path = "../support/mod.rs"]
mod support;
#[cfg(feature = "tokio")]
mod timeout;
mod until;
