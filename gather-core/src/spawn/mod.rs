//! Spawned groups: each member is a tokio task of its own. No task drives the group: the members settle it.
//!
//! The way of a member's result to the outcome:
//!
//! ```text
//! MemberTask::poll       task.rs     the future is ready (or it panicked, or its task was aborted): it is dropped
//!   settle               task.rs     the member's policy makes an output or a failure of that
//!   Report::report       task.rs     the types of the group are erased; report_to finds them again
//!     TypedGroup::report shared.rs   under the lock of the outputs:
//!       FieldStorage::put  storage.rs  an output goes into the member's storage, found by its StoragePath
//!       Record::record     policy.rs   a failure goes to the group's policy, which may be decided by it
//!     GroupState::release state.rs   the task is alive no more; was it the last one?
//!     GroupState::settle state.rs    if the policy is decided: the outcome is its error
//!     complete           shared.rs   if that was the last one: the outcome is built from the storage
//!       announce         state.rs    callbacks run, then awaiters wake
//!   release_permit       shared.rs   under a limit, or with dependants: PendingStarts::start starts the next member
//! ```
//!
//! An item of a [`batch`] stops halfway: its output stays in its task until the last item has ended, and that one reports for all.
//!
//! * [`members`]: a group's members before it is launched: [`single`], [`list`], [`batch`].
//! * [`launch`]: starts them, and watches the deadline.
//! * [`pending`]: members that have not started.
//! * [`task`]: the task of a member. [`abort`]: how it is aborted.
//! * [`shared`]: what all tasks and the handle share. [`storage`]: the outputs in it. [`state`]: the state machine in it, which knows
//!   neither tokio nor members, so that it can be modelled.
//! * [`policy`]: what failures mean for a spawned group.
//! * [`group`]: what the user holds, and [`canceller`], which has no types of the group.
//! * [`adopted`]: tasks and groups that are members of another group.

#[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "for its models"))]
mod abort;
#[cfg(feature = "tokio")]
mod adopted;
#[cfg(feature = "tokio")]
mod batch;
#[cfg(feature = "tokio")]
mod canceller;
#[cfg(feature = "tokio")]
mod group;
#[cfg(feature = "tokio")]
mod launch;
#[cfg(feature = "tokio")]
mod list;
#[cfg(feature = "tokio")]
mod members;
#[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "for its models"))]
mod pending;
#[cfg(feature = "tokio")]
pub(crate) mod policy;
#[cfg(feature = "tokio")]
mod shared;
#[cfg(feature = "tokio")]
mod single;
#[cfg_attr(not(feature = "tokio"), allow(dead_code, reason = "for its models and tests"))]
mod state;
#[cfg(feature = "tokio")]
mod storage;
#[cfg(feature = "tokio")]
mod task;

#[cfg(feature = "tokio")]
pub use self::{
    adopted::AsAdopted,
    batch::SpawnBatch,
    canceller::Canceller,
    group::{AbortOnDrop, Group, GroupFuture},
    launch::{Spawner, launch},
    list::{Deferred, Existing, SpawnList},
    members::{InvalidTask, Publish, SpawnTree},
    single::SpawnOne,
    storage::{OwnField, OwnList},
};
