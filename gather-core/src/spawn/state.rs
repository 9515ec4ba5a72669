//! The state machine of a spawned group.
//!
//! ```text
//!             first error                        ┌─────────────────────────────┐
//! Undecided ───────────────────────────────────> │ Settled                     │
//!     │       nothing is alive ────────────────> │ callbacks run, in order;    │
//!     │ cancel()                                 │ then it is announced:       │
//!     └────────> Cancelling ───────────────────> │ awaiters wake               │
//!                             nothing is alive   └─────────────────────────────┘
//! ```
//!
//! A group leaves `Undecided` with its outcome, which never changes. Members may still be running when the group is settled:
//! they count as alive until they have been dropped. Everything is under one lock; aborts, callbacks, wakers and destructors are user
//! or runtime code, and run outside it.

mod outcome;
mod tasks;
mod waiting;

#[cfg(all(test, loom))]
mod model;
#[cfg(all(test, not(loom)))]
mod tests;

use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(super) use outcome::{Callback, ObservedOutcome, ShareOutcome};

use super::abort::Abortable;
use crate::observe;
use crate::policy::StopReason;
use crate::sync::{AtomicBool, Mutex, MutexGuard, lock};
use crate::unwind::quietly;
use outcome::OutcomeSlot;
use tasks::TaskTable;
use waiting::Waiters;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Undecided,
    Cancelling,
    Settled,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own; what excludes one another is `Phase`")]
struct LockedState<T, X, A> {
    phase: Phase,
    outcome: OutcomeSlot<T, X>,
    failed: bool,
    cancelled: bool,
    /// How many tasks have not ended, plus one for the launch and one for all pending members, which may still start tasks.
    alive: usize,
    /// Adopted tasks and groups that a deadline has told to stop and left behind.
    lingering: usize,
    tasks: TaskTable<A>,
    /// All tasks are aborted, and so is each that is registered from now on.
    ending: bool,
    /// The deadline has passed, and this is why.
    stopping: Option<StopReason>,
    /// The group is awaited by value: an error aborts the siblings.
    owned: bool,
    share: Option<ShareOutcome<T, X>>,
    callbacks: Vec<Callback<T, X>>,
    /// Some thread runs callbacks.
    calling: bool,
    /// The callbacks that were there when the group was settled have run.
    announced: bool,
    waiters: Waiters,
}

pub(super) struct GroupState<T, X, A> {
    state: Mutex<LockedState<T, X, A>>,
    /// `stopping` may be set. Every member asks when it ends, and most need not lock.
    may_be_stopping: AtomicBool,
    /// The group's own `Cancelled`.
    cancelled: fn() -> X,
}

type LockedGuard<'a, T, X, A> = MutexGuard<'a, LockedState<T, X, A>>;

impl<T, X, A: Abortable> GroupState<T, X, A> {
    /// A group whose launch counts as alive until it is [released](Self::release).
    pub(super) fn new(cancelled: fn() -> X) -> Self {
        let state = LockedState {
            phase: Phase::Undecided,
            outcome: OutcomeSlot::Empty,
            failed: false,
            cancelled: false,
            alive: 1,
            lingering: 0,
            tasks: TaskTable::new(),
            ending: false,
            stopping: None,
            owned: false,
            share: None,
            callbacks: Vec::new(),
            calling: false,
            announced: false,
            waiters: Waiters::new(),
        };
        Self { state: Mutex::new(state), may_be_stopping: AtomicBool::new(false), cancelled }
    }

    // ---- tasks

    /// A task is about to be spawned: its number. It counts as alive.
    pub(super) fn add_task(&self) -> usize {
        let mut state = lock(&self.state);
        state.alive += 1;
        state.tasks.add()
    }

    /// Registers how the task is aborted. It may have ended already; if the group is ending, it is aborted here.
    pub(super) fn register(&self, task: usize, abort: A) {
        let mut state = lock(&self.state);
        let refused = if state.ending { Some(abort) } else { state.tasks.register(task, abort) };
        let promptly = state.stopping.is_some();
        drop(state);
        // A task that has ended does not notice.
        if let Some(abort) = refused {
            if promptly { abort.abort_promptly() } else { abort.abort() }
        }
    }

    /// Counts one more that may start tasks as alive.
    pub(super) fn acquire(&self) {
        lock(&self.state).alive += 1;
    }

    /// Counts one less as alive: a task, which has dropped everything that it held, or one that may start tasks. `true`: that was the last,
    /// and the group is complete, so that the caller [settles](Self::settle) it.
    #[must_use]
    pub(super) fn release(&self, task: Option<usize>) -> bool {
        let mut state = lock(&self.state);
        let abort = task.and_then(|task| state.tasks.remove(task));
        state.alive -= 1;
        let last = state.alive == 0;
        let complete = last && state.phase == Phase::Undecided;
        match state.phase {
            Phase::Cancelling if last => self.conclude(state, Err((self.cancelled)()), true),
            Phase::Settled if last => Self::wake(state),
            _ => drop(state),
        }
        drop(abort);
        complete
    }

    /// A task or group, adopted by a member whose own task ends now, goes on until it sees that it is to stop. Only
    /// [`poll_finished`](Self::poll_finished) waits for it.
    pub(super) fn linger(&self) {
        lock(&self.state).lingering += 1;
    }

    /// An adopted task or group that lingered has ended.
    pub(super) fn lingers_no_more(&self) {
        let mut state = lock(&self.state);
        state.lingering -= 1;
        if state.lingering == 0 && state.alive == 0 && state.phase == Phase::Settled {
            Self::wake(state);
        }
    }

    /// Whether members may start.
    pub(super) fn is_open(&self) -> bool {
        let state = lock(&self.state);
        state.phase == Phase::Undecided && state.stopping.is_none()
    }

    /// Why members are aborted, if that is the deadline.
    pub(super) fn stopping(&self) -> Option<StopReason> {
        if !self.may_be_stopping.load(Ordering::Acquire) {
            return None;
        }
        lock(&self.state).stopping
    }

    // ---- deciding

    /// The first outcome counts; a later one is dropped.
    pub(super) fn settle(&self, outcome: Result<T, X>) {
        let state = lock(&self.state);
        if state.phase == Phase::Undecided {
            return self.conclude(state, outcome, false);
        }
        drop(state);
        quietly(|| drop(outcome));
    }

    /// Aborts every task. Gives whether there was one, or something lingers.
    pub(super) fn cancel(&self) -> bool {
        let mut state = lock(&self.state);
        if state.alive == 0 {
            // Adopted tasks and groups that linger were told to stop.
            return state.lingering > 0;
        }
        if state.phase == Phase::Undecided {
            state.phase = Phase::Cancelling;
        }
        Self::end_all(state);
        true
    }

    /// `timeout` or `until` has come: members are aborted, and find out why. The outcome of a group that has failed does not change.
    pub(super) fn deadline_passed(&self, why: StopReason) {
        let mut state = lock(&self.state);
        if state.phase != Phase::Cancelling && state.alive > 0 && state.stopping.is_none() {
            self.set_stopping(&mut state, why);
            Self::end_all(state);
        }
    }

    /// The future of `until` has failed: that is the outcome, unless there is one, and aborts members as a deadline does.
    pub(super) fn deadline_failed(&self, outcome: Result<T, X>) {
        let mut state = lock(&self.state);
        if state.phase == Phase::Cancelling {
            drop(state);
            return quietly(|| drop(outcome));
        }
        self.set_stopping(&mut state, StopReason::Cancelled);
        drop(state);
        self.settle(outcome);
        Self::end_all(lock(&self.state));
    }

    /// Notes the deadline before members are aborted, so that each of them finds out.
    fn set_stopping(&self, state: &mut LockedState<T, X, A>, why: StopReason) {
        state.stopping = Some(why);
        self.may_be_stopping.store(true, Ordering::Release);
    }

    /// Notes that the group is awaited by value: an error aborts the siblings, also one that came before.
    pub(super) fn claim_ownership(&self) {
        let mut state = lock(&self.state);
        state.owned = true;
        if state.failed {
            Self::end_all(state);
        }
    }

    fn end_all(mut state: LockedGuard<'_, T, X, A>) {
        state.ending = true;
        let tasks = state.tasks.take_running();
        let promptly = state.stopping.is_some();
        drop(state);
        tasks.iter().for_each(if promptly { A::abort_promptly } else { A::abort });
    }

    fn conclude(&self, mut state: LockedGuard<'_, T, X, A>, outcome: Result<T, X>, cancelled: bool) {
        state.phase = Phase::Settled;
        state.cancelled = cancelled;
        state.failed = outcome.is_err();
        state.outcome = OutcomeSlot::new(outcome, state.share);
        if state.owned && state.failed {
            Self::end_all(state);
        } else {
            drop(state);
        }
        self.announce();
    }

    // ---- callbacks

    /// The outcome may be shared between threads, by `share`.
    pub(super) fn set_share(&self, share: ShareOutcome<T, X>) {
        let mut state = lock(&self.state);
        state.share = Some(share);
        state.outcome.share(share);
    }

    /// `true`: the group was announced before, so that the caller sees to it that [`announce_late`](Self::announce_late) is called
    /// soon.
    #[must_use]
    pub(super) fn add_callback(&self, callback: Callback<T, X>) -> bool {
        let mut state = lock(&self.state);
        state.callbacks.push(callback);
        state.announced && !state.calling
    }

    /// Runs the callbacks, then wakes all that wait.
    fn announce(&self) {
        loop {
            let mut state = lock(&self.state);
            let (false, OutcomeSlot::Shared(outcome)) = (state.callbacks.is_empty(), &state.outcome) else {
                state.calling = false;
                state.announced = true;
                return Self::wake(state);
            };
            let outcome = Arc::clone(outcome);
            let callbacks = std::mem::take(&mut state.callbacks);
            state.calling = true;
            drop(state);
            for callback in callbacks {
                quietly(|| callback(outcome.get()));
            }
        }
    }

    /// Runs callbacks that were added after the group was announced, unless another thread does.
    pub(super) fn announce_late(&self) {
        let mut state = lock(&self.state);
        if !state.announced || state.calling || state.callbacks.is_empty() {
            return;
        }
        state.calling = true;
        drop(state);
        self.announce();
    }

    /// Callbacks that were added after the handle had taken an outcome that was not known to be shareable.
    pub(super) fn callbacks_for_handle(&self) -> Vec<Callback<T, X>> {
        let mut state = lock(&self.state);
        match state.outcome {
            OutcomeSlot::Taken => std::mem::take(&mut state.callbacks),
            _ => Vec::new(),
        }
    }

    // ---- looking

    pub(super) fn is_done(&self) -> bool {
        lock(&self.state).phase == Phase::Settled
    }

    /// The observed outcome of members that are cancelled now, and of those that never start, unless a deadline decides it.
    pub(super) fn outcome_of_the_rest(&self) -> observe::Outcome {
        if self.is_done() { observe::Outcome::Dropped } else { observe::Outcome::Cancelled }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        lock(&self.state).cancelled
    }

    /// Gives the outcome to `keep`, under the lock, so that the next to ask finds it there. A private outcome moves.
    pub(super) fn observe(&self, keep: impl FnOnce(ObservedOutcome<T, X>)) {
        let mut state = lock(&self.state);
        if let Some(seen) = state.outcome.observe() {
            keep(seen);
        }
    }

    /// The outcome by value, once [`poll_owned`](Self::poll_owned) was ready. `seen` is what the handle has.
    pub(super) fn take(&self, seen: Option<ObservedOutcome<T, X>>) -> Option<Result<T, X>> {
        let outcome = std::mem::replace(&mut lock(&self.state).outcome, OutcomeSlot::Taken);
        outcome.into_inner(seen)
    }
}

/// An outcome that nobody took, and callbacks that did not run, are dropped here, on some thread: a panic of their destructors goes no
/// further.
impl<T, X, A> Drop for GroupState<T, X, A> {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        let outcome = std::mem::replace(&mut state.outcome, OutcomeSlot::Taken);
        let callbacks = std::mem::take(&mut state.callbacks);
        drop(state);
        quietly(|| drop(outcome));
        for callback in callbacks {
            quietly(|| drop(callback));
        }
    }
}
