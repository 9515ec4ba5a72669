//! Every form of the macro under every lint: `cargo clippy -p lint-expansions` is the test.
#![forbid(unsafe_code)]
#![deny(warnings, clippy::all, clippy::pedantic)]
#![deny(
    future_incompatible,
    keyword_idents,
    let_underscore_drop,
    macro_use_extern_crate,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    non_ascii_idents,
    nonstandard_style,
    redundant_lifetimes,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused,
    unused_crate_dependencies,
    unused_import_braces,
    unused_lifetimes,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

pub mod forms;
pub mod names;
pub mod no_prelude;
pub mod policies;
#[cfg(feature = "tokio")]
pub mod spawned;

/// As a crate of helpers hands the macro on.
pub mod reexport {
    pub use gather::gather;
}
