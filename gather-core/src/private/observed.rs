//! What members are called, for the feature `tracing`. The expansion says it where `gather-macros` has the feature. The two crates
//! may be compiled apart, for a build script and for the program, so what the one says the other need not want.

use crate::in_task::Limit;
use crate::member::MemberNames;
pub use crate::observe::Labels;

#[must_use]
pub const fn labels(policy: &'static str, names: MemberNames, after: &'static [(usize, &'static str)]) -> Labels {
    Labels::new(policy, names, after)
}

/// The limit of an in-task group, with the group's labels beside it.
#[cfg(feature = "tracing")]
pub fn labelled<L: Limit, G: Fn() -> Labels>(limit: L, labels: G) -> crate::in_task::Labelled<L, G> {
    crate::in_task::Labelled::new(limit, labels)
}
#[cfg(not(feature = "tracing"))]
pub fn labelled<L: Limit, G: Fn() -> Labels>(limit: L, _: G) -> L {
    limit
}

/// The spawner of a group, with the group's labels.
#[cfg(feature = "tokio")]
#[must_use]
pub fn labelled_tasks(spawner: crate::spawn::Spawner, labels: Labels) -> crate::spawn::Spawner {
    spawner.labelled(labels)
}
