//! The programs of `examples/`, run as users run them.

#[cfg(feature = "tokio")]
mod claims;
mod run_example;
#[cfg(all(unix, feature = "tokio"))]
mod supervisor;
mod tutorial;
