//! Groups as users write them: every member is an async fn of its own, the group stands in an async block, its outputs are used,
//! and nothing hides it from the compiler. [`gather_bench_peers`] has the same work with members of one type.
#![recursion_limit = "512"]
#![allow(clippy::many_single_char_names, reason = "members have names as short as in a table")]
#![forbid(unsafe_code)]

mod dependants;
mod drive;
mod fallible;
mod fixed;
mod members;

use gather_bench_peers::items::Kind;
use gather_bench_peers::{Entry, WorkItem};

const fn work(name: &'static str, kind: Kind, does: &'static str) -> WorkItem {
    WorkItem { name, does, kind }
}

/// The work items of fixed groups. `h`: of heterogeneous members.
pub const WORK_ITEMS: [WorkItem; 5] = [
    work("A1h", Kind::Fixed, "A1, each member of a type of its own"),
    work("A2h", Kind::Fixed, "A2, each member of a type of its own"),
    work("A3h", Kind::Fixed, "A3, each member of a type of its own"),
    work("T1h", Kind::Fallible, "T1, each member of a type of its own"),
    work("T3h", Kind::Fallible, "T3, each member of a type of its own"),
];

/// The work items whose members depend on others: eight of them.
pub const DEPENDANTS: [WorkItem; 2] = [
    work("Dchain", Kind::Fixed, "each of eight members, which yield once, takes the output of the one before"),
    work(
        "Ddiamond",
        Kind::Fixed,
        "six members, which yield once, take the output of a first one, and a last one theirs",
    ),
];

/// How many members a group has whose members depend on others.
pub const DEPENDANTS_SIZE: usize = 8;

/// The floor, every peer and `gather!`, which is named so.
///
/// # Panics
///
/// For a work item or a size that is none of these.
#[inline(never)]
pub fn entries(item: WorkItem, n: usize, gather: &'static str) -> Vec<Entry> {
    match (item.name, item.kind) {
        ("Dchain", _) => dependants::chain(gather),
        ("Ddiamond", _) => dependants::diamond(gather),
        (name, Kind::Fallible) => fallible::entries(name, n, gather),
        (name, _) => fixed::entries(name, n, gather),
    }
}
