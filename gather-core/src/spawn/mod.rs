//! Spawned groups: each member is a tokio task of its own.
//!
//! * [`state`]: the state machine of a group: deciding, settling, callbacks, cancelling, waiting. It knows neither tokio nor
//!   members, so that it can be modelled.
//! * [`data`]: that state and the members' fields, in one allocation that all tasks and the handle share.
//! * [`task`]: the future of one member's task.
//! * [`crew`]: the members of a group, how they are started, and where each puts its field.
//! * [`batch`]: the items of a list that all start at once, which are one member to the state machine.
//! * [`queue`]: members that wait for a place of the `limit`.
//! * [`policy`]: what failures mean for a spawned group.
//! * [`adopted`]: what tasks and groups that run already are polled as.
//! * [`handle`]: what the user holds, and [`canceller`], which has no types of the group.
//!
//! There is no task that drives the group: the members settle it themselves.

#[cfg(feature = "tokio")]
mod adopted;
#[cfg(feature = "tokio")]
mod batch;
#[cfg(feature = "tokio")]
mod canceller;
#[cfg(feature = "tokio")]
mod crew;
#[cfg(feature = "tokio")]
mod data;
#[cfg(feature = "tokio")]
mod handle;
#[cfg(feature = "tokio")]
mod launch;
#[cfg(feature = "tokio")]
pub(crate) mod policy;
#[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "for its models"))]
mod queue;
#[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "for its models and tests"))]
mod state;
#[cfg(feature = "tokio")]
mod task;

#[cfg(feature = "tokio")]
pub use adopted::AsAdopted;
#[cfg(feature = "tokio")]
pub use canceller::Canceller;
#[cfg(feature = "tokio")]
pub use crew::{Crew, InvalidTask, LateTasks, Shared, Task, Tasks, TasksAlone};
#[cfg(feature = "tokio")]
pub use handle::{AbortOnDrop, Group, GroupFuture};
#[cfg(feature = "tokio")]
pub use launch::{EitherEnding, NoEnding, Spawner, TimeoutEnding, UntilEnding, launch};
