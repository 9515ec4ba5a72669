//! What all tasks of a group and its handle share, in one allocation.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::runtime::Handle;
use tokio::task::AbortHandle;

use super::queue::Line;
use super::state::{Core, Stopper};
use crate::exception::Panic;
use crate::member::{MemberId, MemberNames};
use crate::observe::{Outcome, TaskSpans, WeakTaskSpans};
use crate::policy::Record;
use crate::policy::StopReason;
use crate::policy::{AbortAdopted, AbortGroup};
use crate::spawn::policy::Cancellable;
use crate::sync::{Mutex, lock};
use crate::unwind::quietly;

/// How a member is stopped: a task of the group, the one that waits for an adopted task or group, or all items of a list.
pub enum StopMember {
    Task(AbortHandle),
    AdoptedTask(AbortHandle, AbortHandle),
    AdoptedGroup(Arc<AbortGroup>, AbortHandle),
    Batch(Arc<dyn StopBatch>),
}

impl StopMember {
    pub(super) fn of(task: AbortHandle, adopted: Option<AbortAdopted>) -> Self {
        match adopted {
            None => Self::Task(task),
            Some(AbortAdopted::Task(adopted)) => Self::AdoptedTask(adopted, task),
            Some(AbortAdopted::Group(group)) => Self::AdoptedGroup(group, task),
        }
    }
}

/// All items of a list.
pub trait StopBatch: Send + Sync {
    fn stop(&self);
    fn stop_promptly(&self);
}

impl Stopper for StopMember {
    /// An adopted member is waited for: its own task ends with it.
    fn stop(&self) {
        match self {
            Self::Task(task) | Self::AdoptedTask(task, _) => task.abort(),
            Self::AdoptedGroup(group, _) => group.stop(),
            Self::Batch(batch) => batch.stop(),
        }
    }

    fn stop_promptly(&self) {
        match self {
            Self::Batch(batch) => batch.stop_promptly(),
            Self::Task(task) => task.abort(),
            Self::AdoptedTask(_, task) | Self::AdoptedGroup(_, task) => {
                // First, and most often it is gone before its member looks.
                self.stop();
                task.abort();
            }
        }
    }
}

/// What the handle has of it.
pub(super) type GroupData<T, X> = Data<T, X, dyn Discard>;

/// The state, the members that wait for a place, and the fields so far: `W`, which only tasks know.
pub struct Data<T, X, W: ?Sized> {
    pub(super) core: Core<T, X, StopMember>,
    pub(super) line: Line,
    pub(super) runtime: Handle,
    pub(super) names: MemberNames,
    spans: WeakTaskSpans,
    work: Mutex<W>,
}

/// Fields so far, what they mean, and what is made of them.
pub struct Work<S, F, V, B> {
    pub(super) slots: S,
    /// Once every member has one.
    pub(super) fields: fn(S) -> F,
    pub(super) verdict: V,
    pub(super) build: B,
}

/// What the handle can do with the work of a group that it cancels.
pub trait Discard: Send {
    fn discard(&mut self) -> Option<Box<dyn Send>>;
}

impl<S: Send + 'static, F, V: Send + 'static, B: Send + 'static> Discard for Option<Work<S, F, V, B>> {
    fn discard(&mut self) -> Option<Box<dyn Send>> {
        self.take().map(|work| Box::new((work.slots, work.verdict, work.build)) as Box<dyn Send>)
    }
}

impl<T, X, W> Data<T, X, W> {
    pub(super) fn new(
        cancelled: fn() -> X,
        names: MemberNames,
        spans: WeakTaskSpans,
        runtime: Handle,
        line: Line,
        work: W,
    ) -> Self {
        Self { core: Core::new(cancelled), line, runtime, names, spans, work: Mutex::new(work) }
    }
}

impl<T, X, W: Discard + ?Sized> Data<T, X, W> {
    /// See [`Group::cancel`](super::Group::cancel).
    pub(super) fn cancel(&self) -> bool {
        let cancelled = self.core.cancel();
        if cancelled {
            if self.line.discard(self.core.outcome_of_the_rest()) {
                // It is decided, so nobody has to complete it.
                let _ = self.core.leave(None);
            }
            let work = lock(&self.work).discard();
            quietly(|| drop(work));
        }
        cancelled
    }
}

/// The group as the tasks of its members see it, whatever it is made of.
pub trait Hub: Send + Sync {
    fn as_any(&self) -> &dyn Any;
    fn names(&self) -> MemberNames;
    /// Of a member that reports `outcome`: one that is cancelled because the group is decided has none in the result.
    fn observed(&self, outcome: Outcome) -> Outcome;
    fn stopping(&self) -> Option<StopReason>;
    fn runtime(&self) -> &Handle;
    fn cancel(&self);
    /// See [`Core::linger`].
    fn linger(&self);
    fn lingers_no_more(&self);

    /// A member that had started has reported; the next may start.
    fn make_way(&self);

    /// A task was dropped before its member had ended. Unless the group told it to stop, its runtime is gone, and with it the
    /// group.
    fn abandoned(&self);
}

/// The group as what starts its members sees it.
pub trait Home: Hub + Sized + 'static {
    type Slots;
    type GroupPolicy;

    /// Until its creator has left: afterwards what starts members has them.
    fn spans(&self) -> TaskSpans;

    /// A member starts: its seat.
    fn enter(&self) -> usize;
    fn register(&self, seat: usize, stopper: StopMember);

    /// A member has ended: its field is put where it belongs, or its failure may decide the group. `leave` gives the seat of one
    /// that had started and is gone with everything that it held.
    fn report<T, F>(
        &self,
        leave: impl FnOnce() -> Option<usize>,
        settled: Result<T, F>,
        place: MemberId,
        put: impl FnOnce(&mut Self::Slots, Option<T>) -> bool,
    ) where
        Self::GroupPolicy: Record<F>;

    /// Whether an item may start: not where the limit is 0.
    fn admits(&self) -> bool;

    /// A list is there.
    fn expect(&self, expect: impl FnOnce(&mut Self::Slots) -> bool);
}

impl<T, X, S, F, V, B> Data<T, X, Option<Work<S, F, V, B>>>
where
    V: Cancellable<Error = X>,
    B: FnOnce(F) -> T,
{
    /// Every member has left.
    pub(super) fn complete(&self) {
        let work = lock(&self.work).take();
        if let Some(Work { slots, fields, mut verdict, build }) = work {
            let mut success = Some((slots, build));
            let mut make = || {
                let (slots, build) = success.take()?;
                Some(build(fields(slots)))
            };
            // Ignored members' outputs are dropped here: that is user code.
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                verdict.result(|| make().unwrap_or_else(|| unreachable!("a group ends once")))
            }));
            // Of a group that has failed nobody will see the fields, and its errors stand whatever their destructors do.
            quietly(|| drop(success));
            self.core.settle(outcome.unwrap_or_else(|payload| Err(V::panicked(Panic::from_payload(payload)))));
        }
    }

    /// The deadline has come.
    pub(super) fn stop(&self, why: StopReason) {
        self.core.stop(why);
        if self.line.stop(why) && self.core.leave(None) {
            self.complete();
        }
    }

    /// The future of `until` has panicked.
    pub(super) fn fail(&self, panic: Panic) {
        self.core.fail(Err(V::panicked(panic)));
        if self.line.discard(self.core.outcome_of_the_rest()) {
            // It is decided, so nobody has to complete it.
            let _ = self.core.leave(None);
        }
        let work = lock(&self.work).take();
        quietly(|| drop(work));
    }

    /// Starts members while there are places; whoever finds the end of the line lets the group go on without it.
    pub(super) fn fill(&self) {
        if self.line.fill(&self.core) && self.core.leave(None) {
            self.complete();
        }
    }
}

impl<T, X, S, F, V, B> Hub for Data<T, X, Option<Work<S, F, V, B>>>
where
    T: Send + 'static,
    X: Send + 'static,
    S: Send + 'static,
    F: 'static,
    V: Cancellable<Error = X> + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
{
    fn as_any(&self) -> &dyn Any {
        self
    }

    fn names(&self) -> MemberNames {
        self.names
    }

    fn observed(&self, outcome: Outcome) -> Outcome {
        if outcome == Outcome::Cancelled { self.core.outcome_of_the_rest() } else { outcome }
    }

    fn stopping(&self) -> Option<StopReason> {
        self.core.stopping()
    }

    fn runtime(&self) -> &Handle {
        &self.runtime
    }

    fn cancel(&self) {
        Data::cancel(self);
    }

    fn linger(&self) {
        self.core.linger();
    }

    fn lingers_no_more(&self) {
        self.core.lingers_no_more();
    }

    fn make_way(&self) {
        if self.line.release() {
            self.fill();
        }
    }

    fn abandoned(&self) {
        if self.core.is_open() {
            Data::cancel(self);
        }
    }
}

impl<T, X, S, F, V, B> Home for Data<T, X, Option<Work<S, F, V, B>>>
where
    T: Send + 'static,
    X: Send + 'static,
    S: Send + 'static,
    F: 'static,
    V: Cancellable<Error = X> + Send + 'static,
    B: FnOnce(F) -> T + Send + 'static,
{
    type Slots = S;
    type GroupPolicy = V;

    fn spans(&self) -> TaskSpans {
        self.spans.upgrade()
    }

    fn enter(&self) -> usize {
        self.core.enter()
    }

    fn register(&self, seat: usize, stopper: StopMember) {
        self.core.register(seat, stopper);
    }

    fn admits(&self) -> bool {
        self.line.admits()
    }

    fn report<U, E>(
        &self,
        leave: impl FnOnce() -> Option<usize>,
        settled: Result<U, E>,
        place: MemberId,
        put: impl FnOnce(&mut S, Option<U>) -> bool,
    ) where
        V: Record<E>,
    {
        let mut guard = lock(&self.work);
        let (opened, decided, unseen) = match (guard.as_mut(), settled) {
            (Some(work), Ok(field)) => (put(&mut work.slots, Some(field)), None, None),
            (Some(work), Err(failure)) => {
                let opened = put(&mut work.slots, None);
                work.verdict.record(failure, place);
                (opened, if work.verdict.is_decided() { guard.take() } else { None }, None)
            }
            // The group is decided: nobody will see it.
            (None, settled) => (false, None, Some(settled)),
        };
        drop(guard);
        quietly(|| drop(unseen));
        let outcome = decided.map(|Work { slots, mut verdict, build, .. }| {
            quietly(|| drop((slots, build)));
            verdict.result(|| unreachable!("it is decided by a failure"))
        });
        // Before it is settled: for its callbacks this member is no unfinished one.
        let last = leave().is_some_and(|seat| self.core.leave(Some(seat)));
        if let Some(outcome) = outcome {
            self.core.settle(outcome);
        } else if last {
            self.complete();
        }
        if opened && self.line.open() {
            self.fill();
        }
    }

    fn expect(&self, expect: impl FnOnce(&mut S) -> bool) {
        let opened = lock(&self.work).as_mut().is_some_and(|work| expect(&mut work.slots));
        if opened && self.line.open() {
            self.fill();
        }
    }
}
