//! The allocation that all tasks of a group and its handle share.
//!
//! It has three faces: [`SharedGroup<T, X>`](SharedGroup) for the handle, which knows the outcome's types only; [`ErasedGroup`] for
//! tasks, which know no type of the group; and [`TypedGroup`] for what starts members and puts their outputs in place.

use std::any::Any;

use tokio::runtime::Handle;

use super::abort::AbortMember;
use super::pending::PendingStarts;
use super::policy::SpawnedPolicy;
use super::state::GroupState;
use crate::exception::Panic;
use crate::member::{MemberId, MemberNames};
use crate::observe::Outcome;
use crate::policy::{Abort, Record, StopReason};
use crate::sync::{Mutex, lock};
use crate::unwind::{catch, quietly};

/// The state of a group with the outcome `Result<T, X>`, its pending members, and the outputs so far, `O`.
pub struct SharedGroup<T, X, O: ?Sized = dyn Discard> {
    pub(super) state: GroupState<T, X, AbortMember>,
    pub(super) pending: PendingStarts,
    pub(super) runtime: Handle,
    names: MemberNames,
    /// Empty once the group is decided.
    outputs: Mutex<O>,
}

/// The outputs so far, and what becomes of them.
pub struct Outputs<S, F, P, B> {
    pub(super) storage: S,
    pub(super) into_fields: fn(S) -> F,
    pub(super) policy: P,
    pub(super) build: B,
}

/// The outputs, as the handle sees them.
pub trait Discard: Send {
    fn discard(&mut self) -> Option<Box<dyn Send>>;
}

impl<S: Send + 'static, F, P: Send + 'static, B: Send + 'static> Discard for Option<Outputs<S, F, P, B>> {
    fn discard(&mut self) -> Option<Box<dyn Send>> {
        self.take().map(|outputs| Box::new((outputs.storage, outputs.policy, outputs.build)) as Box<dyn Send>)
    }
}

impl<T, X, O> SharedGroup<T, X, O> {
    pub(super) fn new(
        cancelled: fn() -> X,
        names: MemberNames,
        runtime: Handle,
        pending: PendingStarts,
        outputs: O,
    ) -> Self {
        Self { state: GroupState::new(cancelled), pending, runtime, names, outputs: Mutex::new(outputs) }
    }
}

impl<T, X, O: Discard + ?Sized> SharedGroup<T, X, O> {
    /// See [`Group::cancel`](super::Group::cancel).
    pub(super) fn cancel(&self) -> bool {
        let cancelled = self.state.cancel();
        if cancelled {
            self.discard();
        }
        cancelled
    }

    /// The group is decided: its pending members do not start, and nobody sees the outputs.
    fn discard(&self) {
        if self.pending.discard(self.state.outcome_of_the_rest()) {
            // A decided group does not have to be completed.
            let _ = self.state.release(None);
        }
        let outputs = lock(&self.outputs).discard();
        quietly(|| drop(outputs));
    }
}

/// A group without its types, as the tasks of its members see it.
pub trait ErasedGroup: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn names(&self) -> MemberNames;
    /// The outcome of a member for its span: one that is cancelled because the group is decided has none in the result.
    fn observed(&self, outcome: Outcome) -> Outcome;
    fn stopping(&self) -> Option<StopReason>;
    fn runtime(&self) -> &Handle;
    fn cancel(&self);
    /// See [`GroupState::linger`].
    fn linger(&self);
    fn lingers_no_more(&self);

    /// A member that had started has reported: the next may start.
    fn release_permit(&self);

    /// A task was dropped before its future had ended. Unless the group has aborted it, the runtime is gone, and the group is
    /// cancelled.
    fn task_dropped(&self);
}

/// A group as what starts its members sees it.
pub trait TypedGroup: ErasedGroup + Sized + 'static {
    /// Holds the outputs of all members.
    type Storage;
    type GroupPolicy;

    /// See [`GroupState::add_task`].
    fn add_task(&self) -> usize;
    /// See [`GroupState::register`].
    fn register(&self, task: usize, abort: AbortMember);
    /// Whether an item may start: not where the limit is 0.
    fn allows_items(&self) -> bool;
    /// Changes the storage, unless the group is decided. `change` gives whether dependants may start.
    fn change_storage(&self, change: impl FnOnce(&mut Self::Storage) -> bool);

    /// A member has ended: its output is put in place, or its failure may decide the group. `ended` gives the task that has ended,
    /// if all that it held is dropped; it is called after the output was put, and before the group is settled.
    fn report<U, E>(
        &self,
        ended: impl FnOnce() -> Option<usize>,
        output: Result<U, E>,
        id: MemberId,
        put: impl FnOnce(&mut Self::Storage, Option<U>) -> bool,
    ) where
        Self::GroupPolicy: Record<E>;
}

impl<T, X, S, F, P, B> SharedGroup<T, X, Option<Outputs<S, F, P, B>>>
where
    S: Send + 'static,
    P: SpawnedPolicy<Error = X> + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
{
    /// Settles the group, once nothing in it is alive.
    pub(super) fn complete(&self) {
        let outputs = lock(&self.outputs).take();
        if let Some(Outputs { storage, into_fields, mut policy, build }) = outputs {
            let mut success = Some((storage, build));
            let mut make = || {
                let (storage, build) = success.take()?;
                Some(build(into_fields(storage)))
            };
            // The outputs of `_` members are dropped here: that is user code.
            let outcome = catch(|| policy.result(|| make().unwrap_or_else(|| unreachable!("a group ends once"))));
            // Nobody sees the outputs of a group that has failed, and its errors stand whatever the destructors do.
            quietly(|| drop(success));
            self.state.settle(outcome.unwrap_or_else(|panic| Err(P::aborted(Abort::Panicked(panic)))));
        }
    }

    /// `timeout` or `until` has come.
    pub(super) fn deadline_passed(&self, why: StopReason) {
        self.state.deadline_passed(why);
        if self.pending.interrupt(why) && self.state.release(None) {
            self.complete();
        }
    }

    /// The future of `until` has panicked.
    pub(super) fn deadline_panicked(&self, panic: Panic) {
        self.state.deadline_failed(Err(P::aborted(Abort::Panicked(panic))));
        self.discard();
    }

    /// Starts pending members while there are permits. Where none is pending any more, the group goes on without this thread.
    pub(super) fn start_pending(&self) {
        if self.pending.start(&self.state) && self.state.release(None) {
            self.complete();
        }
    }

    fn start_dependants(&self) {
        if self.pending.dependency_ended() {
            self.start_pending();
        }
    }
}

impl<T, X, S, F, P, B> ErasedGroup for SharedGroup<T, X, Option<Outputs<S, F, P, B>>>
where
    T: Send + 'static,
    X: Send + 'static,
    S: Send + 'static,
    F: 'static,
    P: SpawnedPolicy<Error = X> + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
{
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn names(&self) -> MemberNames {
        self.names
    }

    fn observed(&self, outcome: Outcome) -> Outcome {
        if outcome == Outcome::Cancelled { self.state.outcome_of_the_rest() } else { outcome }
    }

    fn stopping(&self) -> Option<StopReason> {
        self.state.stopping()
    }

    fn runtime(&self) -> &Handle {
        &self.runtime
    }

    fn cancel(&self) {
        SharedGroup::cancel(self);
    }

    fn linger(&self) {
        self.state.linger();
    }

    fn lingers_no_more(&self) {
        self.state.lingers_no_more();
    }

    fn release_permit(&self) {
        if self.pending.release_permit() {
            self.start_pending();
        }
    }

    fn task_dropped(&self) {
        if self.state.is_open() {
            SharedGroup::cancel(self);
        }
    }
}

impl<T, X, S, F, P, B> TypedGroup for SharedGroup<T, X, Option<Outputs<S, F, P, B>>>
where
    T: Send + 'static,
    X: Send + 'static,
    S: Send + 'static,
    F: 'static,
    P: SpawnedPolicy<Error = X> + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
{
    type Storage = S;
    type GroupPolicy = P;

    fn add_task(&self) -> usize {
        self.state.add_task()
    }

    fn register(&self, task: usize, abort: AbortMember) {
        self.state.register(task, abort);
    }

    fn allows_items(&self) -> bool {
        self.pending.allows_items()
    }

    fn change_storage(&self, change: impl FnOnce(&mut S) -> bool) {
        if lock(&self.outputs).as_mut().is_some_and(|outputs| change(&mut outputs.storage)) {
            self.start_dependants();
        }
    }

    fn report<U, E>(
        &self,
        ended: impl FnOnce() -> Option<usize>,
        output: Result<U, E>,
        id: MemberId,
        put: impl FnOnce(&mut S, Option<U>) -> bool,
    ) where
        P: Record<E>,
    {
        let mut locked = lock(&self.outputs);
        let (dependency_ended, decided, unseen) = match (locked.as_mut(), output) {
            (Some(outputs), Ok(output)) => (put(&mut outputs.storage, Some(output)), None, None),
            (Some(outputs), Err(failure)) => {
                let dependency_ended = put(&mut outputs.storage, None);
                outputs.policy.record(failure, id);
                (dependency_ended, if outputs.policy.is_decided() { locked.take() } else { None }, None)
            }
            // Nobody sees the outputs of a group that is decided.
            (None, output) => (false, None, Some(output)),
        };
        drop(locked);
        quietly(|| drop(unseen));
        let outcome = decided.map(|Outputs { storage, mut policy, build, .. }| {
            quietly(|| drop((storage, build)));
            policy.result(|| unreachable!("it is decided by a failure"))
        });
        // Before the group is settled, so that its callbacks do not count this member as unfinished.
        let last = ended().is_some_and(|task| self.state.release(Some(task)));
        if let Some(outcome) = outcome {
            self.state.settle(outcome);
        } else if last {
            self.complete();
        }
        if dependency_ended {
            self.start_dependants();
        }
    }
}
