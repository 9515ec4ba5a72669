//! What a group yields: a tuple, a record, the user's own struct, or a `Vec`.
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod hygiene;
mod lists;
mod records;
mod structs;
#[path = "../support/mod.rs"]
mod support;
mod tuples;
mod writing;

#[derive(Clone, Debug, Default, PartialEq)]
struct Page {
    user: &'static str,
    ads: Vec<u8>,
    views: u32,
}
