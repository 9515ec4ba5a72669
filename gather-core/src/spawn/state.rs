//! The state machine of a spawned group.
//!
//! ```text
//!             first error                        ┌─────────────────────────────┐
//! Undecided ───────────────────────────────────> │ Settled                     │
//!     │       every member has left ───────────> │ callbacks run, in order;    │
//!     │ cancel()                                 │ then it is announced:       │
//!     └────────> Cancelling ───────────────────> │ awaiters wake               │
//!                             every member left  └─────────────────────────────┘
//! ```
//!
//! What moves it out of `Undecided` is the outcome and never changes. Members may still be running when it is settled: they
//! are counted until each has been dropped. Everything is under one lock; stopping members, callbacks, wakers and destructors
//! are user or runtime code and run outside it.

mod outcome;
mod seats;
mod waiting;

#[cfg(all(test, loom))]
mod model;
#[cfg(all(test, not(loom)))]
mod tests;

use std::sync::Arc;
use std::sync::atomic::Ordering;

pub(super) use outcome::{Callback, Seen, Share};

use crate::observe;
use crate::policy::StopReason;
use crate::sync::{AtomicBool, Mutex, MutexGuard, lock};
use crate::unwind::quietly;
use outcome::Outcome;
use seats::Seats;
use waiting::Waiters;

/// How a member is told to stop.
pub(super) trait Stopper {
    /// Returns at once. The member reports when it has been dropped.
    fn stop(&self);
    /// The same for a deadline, which waits for nobody who cannot be dropped: such a member reports at once, and
    /// [lingers](Core::linger).
    fn stop_promptly(&self) {
        self.stop();
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Undecided,
    Cancelling,
    Settled,
}

#[allow(clippy::struct_excessive_bools, reason = "each is a fact of its own; what excludes one another is `Phase`")]
struct State<T, X, H> {
    phase: Phase,
    outcome: Outcome<T, X>,
    failed: bool,
    cancelled: bool,
    /// Members that have not left, and whoever may still start some.
    alive: usize,
    /// Members that a deadline has left behind, told to stop.
    lingering: usize,
    seats: Seats<H>,
    /// Unfinished members are told to stop; a member that starts now is told too.
    ending: bool,
    /// The deadline has come.
    stopping: Option<StopReason>,
    /// Somebody awaits the group by value: an error ends the siblings.
    owned: bool,
    share: Option<Share<T, X>>,
    callbacks: Vec<Callback<T, X>>,
    /// Some thread is running callbacks.
    calling: bool,
    /// The callbacks that were there when it settled have run.
    announced: bool,
    waiters: Waiters,
}

pub(super) struct Core<T, X, H> {
    state: Mutex<State<T, X, H>>,
    /// Whether `stopping` may be set: every member asks when it ends.
    may_be_stopping: AtomicBool,
    /// The group's own `Cancelled`.
    cancelled: fn() -> X,
}

type Guard<'a, T, X, H> = MutexGuard<'a, State<T, X, H>>;

impl<T, X, H: Stopper> Core<T, X, H> {
    /// A group whose creator counts as alive until it [leaves](Self::leave).
    pub(super) fn new(cancelled: fn() -> X) -> Self {
        let state = State {
            phase: Phase::Undecided,
            outcome: Outcome::None,
            failed: false,
            cancelled: false,
            alive: 1,
            lingering: 0,
            seats: Seats::new(),
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

    // ---- members

    /// A member starts: its seat.
    pub(super) fn enter(&self) -> usize {
        let mut state = lock(&self.state);
        state.alive += 1;
        state.seats.enter()
    }

    /// How the member in `seat` is stopped; it may have left already, or be due to stop.
    pub(super) fn register(&self, seat: usize, stopper: H) {
        let mut state = lock(&self.state);
        let refused = if state.ending { Some(stopper) } else { state.seats.register(seat, stopper) };
        let promptly = state.stopping.is_some();
        drop(state);
        // To one that has left it makes no difference.
        if let Some(stopper) = refused {
            if promptly { stopper.stop_promptly() } else { stopper.stop() }
        }
    }

    /// Counts one more as alive: somebody who may start members.
    pub(super) fn hold(&self) {
        lock(&self.state).alive += 1;
    }

    /// Somebody counted as alive is gone, a member with everything that it held. `true`: it was the last, and the group is
    /// complete: [`settle`](Self::settle) it.
    #[must_use]
    pub(super) fn leave(&self, seat: Option<usize>) -> bool {
        let mut state = lock(&self.state);
        let stopper = seat.and_then(|seat| state.seats.leave(seat));
        state.alive -= 1;
        let last = state.alive == 0;
        let complete = last && state.phase == Phase::Undecided;
        match state.phase {
            Phase::Cancelling if last => self.conclude(state, Err((self.cancelled)()), true),
            Phase::Settled if last => Self::wake(state),
            _ => drop(state),
        }
        drop(stopper);
        complete
    }

    /// A member that is about to leave goes on until it sees that it is to stop. Nobody but [`poll_finished`](Self::poll_finished)
    /// waits for it.
    pub(super) fn linger(&self) {
        lock(&self.state).lingering += 1;
    }

    /// It is gone.
    pub(super) fn lingers_no_more(&self) {
        let mut state = lock(&self.state);
        state.lingering -= 1;
        if state.lingering == 0 && state.alive == 0 && state.phase == Phase::Settled {
            Self::wake(state);
        }
    }

    /// Whether members may still start.
    pub(super) fn is_open(&self) -> bool {
        let state = lock(&self.state);
        state.phase == Phase::Undecided && state.stopping.is_none()
    }

    /// Why unfinished members are being ended, where that is the deadline.
    pub(super) fn stopping(&self) -> Option<StopReason> {
        if !self.may_be_stopping.load(Ordering::Acquire) {
            return None;
        }
        lock(&self.state).stopping
    }

    // ---- deciding

    /// The first to come decides; a later outcome is dropped.
    pub(super) fn settle(&self, outcome: Result<T, X>) {
        let state = lock(&self.state);
        if state.phase == Phase::Undecided {
            return self.conclude(state, outcome, false);
        }
        drop(state);
        quietly(|| drop(outcome));
    }

    /// Asks every unfinished member to stop; whether there was one.
    pub(super) fn cancel(&self) -> bool {
        let mut state = lock(&self.state);
        if state.alive == 0 {
            // Those that linger were told.
            return state.lingering > 0;
        }
        if state.phase == Phase::Undecided {
            state.phase = Phase::Cancelling;
        }
        Self::end_all(state);
        true
    }

    /// The deadline has come: unfinished members end, and are told why.
    pub(super) fn stop(&self, why: StopReason) {
        let mut state = lock(&self.state);
        if state.phase == Phase::Undecided && state.alive > 0 && state.stopping.is_none() {
            state.stopping = Some(why);
            // Before any member is told, so that those who end by it see it.
            self.may_be_stopping.store(true, Ordering::Release);
            Self::end_all(state);
        }
    }

    /// What was to tell the deadline has failed: that is the outcome, unless there is one, and ends all members as a deadline does.
    pub(super) fn fail(&self, outcome: Result<T, X>) {
        let mut state = lock(&self.state);
        if state.phase != Phase::Undecided {
            drop(state);
            return quietly(|| drop(outcome));
        }
        state.stopping = Some(StopReason::Cancelled);
        self.may_be_stopping.store(true, Ordering::Release);
        self.conclude(state, outcome, false);
        Self::end_all(lock(&self.state));
    }

    /// From now on an error ends the siblings, also one that came before.
    pub(super) fn own(&self) {
        let mut state = lock(&self.state);
        state.owned = true;
        if state.failed {
            Self::end_all(state);
        }
    }

    fn end_all(mut state: Guard<'_, T, X, H>) {
        state.ending = true;
        let stoppers = state.seats.take_stoppers();
        let promptly = state.stopping.is_some();
        drop(state);
        stoppers.iter().for_each(if promptly { H::stop_promptly } else { H::stop });
    }

    fn conclude(&self, mut state: Guard<'_, T, X, H>, outcome: Result<T, X>, cancelled: bool) {
        state.phase = Phase::Settled;
        state.cancelled = cancelled;
        state.failed = outcome.is_err();
        state.outcome = Outcome::new(outcome, state.share);
        if state.owned && state.failed {
            Self::end_all(state);
        } else {
            drop(state);
        }
        self.announce();
    }

    // ---- callbacks

    /// The outcome may be shared between threads, and this is how.
    pub(super) fn set_share(&self, share: Share<T, X>) {
        let mut state = lock(&self.state);
        state.share = Some(share);
        state.outcome.share(share);
    }

    /// `true`: the group was announced before, so somebody has to call [`announce_late`](Self::announce_late) soon.
    #[must_use]
    pub(super) fn add_callback(&self, callback: Callback<T, X>) -> bool {
        let mut state = lock(&self.state);
        state.callbacks.push(callback);
        state.announced && !state.calling
    }

    /// Runs the callbacks, then wakes who waits.
    fn announce(&self) {
        loop {
            let mut state = lock(&self.state);
            let (false, Outcome::Shared(outcome)) = (state.callbacks.is_empty(), &state.outcome) else {
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

    /// The same for callbacks that came later, unless another thread is at it.
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
            Outcome::Taken => std::mem::take(&mut state.callbacks),
            _ => Vec::new(),
        }
    }

    // ---- looking

    pub(super) fn is_done(&self) -> bool {
        lock(&self.state).phase == Phase::Settled
    }

    /// What has become of members that end now, and of those that never start, unless a deadline tells them.
    pub(super) fn outcome_of_the_rest(&self) -> observe::Outcome {
        if self.is_done() { observe::Outcome::Dropped } else { observe::Outcome::Cancelled }
    }

    pub(super) fn is_cancelled(&self) -> bool {
        lock(&self.state).cancelled
    }

    /// The outcome, handed to `keep` under the lock: who comes next finds it there. A private one moves.
    pub(super) fn see(&self, keep: impl FnOnce(Seen<T, X>)) {
        let mut state = lock(&self.state);
        if let Some(seen) = state.outcome.see() {
            keep(seen);
        }
    }

    /// The outcome by value, once [`poll_owned`](Self::poll_owned) was ready. `seen` is what the handle had taken.
    pub(super) fn take(&self, seen: Option<Seen<T, X>>) -> Option<Result<T, X>> {
        let outcome = std::mem::replace(&mut lock(&self.state).outcome, Outcome::Taken);
        outcome.into_inner(seen)
    }
}

/// What nobody will see any more is dropped here, on whatever thread: a panic of its destructor concerns nobody.
impl<T, X, H> Drop for Core<T, X, H> {
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        let outcome = std::mem::replace(&mut state.outcome, Outcome::Taken);
        let callbacks = std::mem::take(&mut state.callbacks);
        drop(state);
        quietly(|| drop(outcome));
        for callback in callbacks {
            quietly(|| drop(callback));
        }
    }
}
