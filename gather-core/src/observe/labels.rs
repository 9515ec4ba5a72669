//! What is said of a group's members before they run.

use crate::member::MemberNames;

/// What the members of a group are called, and what each waits for.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "nobody reads it"))]
pub struct Labels {
    pub(crate) policy: &'static str,
    pub(crate) names: MemberNames,
    /// The position of a dependant, and the names of the members that it waits for, joined by commas.
    pub(crate) after: &'static [(usize, &'static str)],
}

impl Labels {
    pub(crate) const fn new(policy: &'static str, names: MemberNames, after: &'static [(usize, &'static str)]) -> Self {
        Self { policy, names, after }
    }

    /// The labels of a group whose expansion gives none.
    #[cfg(any(feature = "tracing", feature = "tokio"))]
    pub(crate) const fn of(names: MemberNames) -> Self {
        Self::new("none", names, &[])
    }
}

/// Learns which members a group has, before the first of them is polled, or when a list is there.
pub trait Roster {
    /// A single member, or a list that is not there yet. `waits`: it may have to wait before its first poll.
    fn one(&mut self, position: usize, waits: bool);
    /// A list of so many items.
    fn items(&mut self, position: usize, len: usize, waits: bool);
    /// A list whose items come one by one.
    fn pulled(&mut self, position: usize, waits: bool);
}
