//! What `gather!` costs, beside its peers and the floor. CONTRIBUTING.md has the commands.
#![recursion_limit = "512"]
#![forbid(unsafe_code)]

pub mod arguments;
mod bias;
pub mod callgrind;
pub mod cells;
mod completions;
pub mod fairness;
mod goals;
mod ours;
pub mod ratios;
pub mod spawned;
mod wall;

pub use ours::{GATHER, gather};
