//! Wrong programs and what rustc says of them: for the tests of messages.
#![allow(dead_code, reason = "each of these tests uses its part")]

pub mod cases;
pub mod rustc;

use std::path::Path;

/// The workspace, which is the package `gather` as well.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the package lies two folders below the root")
}
