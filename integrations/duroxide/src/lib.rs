//! What the example, the worker of the tests and the tests share.

pub mod random;
pub mod store;
