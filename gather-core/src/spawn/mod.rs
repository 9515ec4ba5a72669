//! Spawned groups: each member is a tokio task of its own.
//!
//! * [`state`]: the state machine of a group: deciding, settling, callbacks, cancelling, waiting. It knows neither tokio nor
//!   members, so that it can be modelled.
//! * [`data`]: that state and the members' fields, in one allocation that all tasks and the handle share.
//! * [`task`]: the future of one member's task.
//! * [`crew`]: the members of a group, how they are started, and where each puts its field.
//! * [`queue`]: members that wait for a place of the `limit`.
//! * [`handle`]: what the user holds.
//!
//! There is no task that drives the group: the members settle it themselves.

mod crew;
mod data;
mod handle;
mod launch;
mod queue;
mod state;
mod sync;
mod task;

pub use crew::{Task, Tasks};
pub use data::StopMember;
pub use handle::{AbortOnDrop, Canceller, Group, GroupFuture};
pub use launch::{EitherEnding, NoEnding, Spawner, TimeoutEnding, UntilEnding, launch};
