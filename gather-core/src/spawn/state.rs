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
//! are counted until each has been dropped. Everything is under one lock; stopping members, callbacks and wakers are user or
//! runtime code and run outside it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use super::sync::{Mutex, MutexGuard, lock};
use crate::deadline::Stop;

/// How a member is told to stop.
pub(super) trait Stopper {
    /// Returns at once. The member reports when it has been dropped.
    fn stop(&self);
}

/// An outcome that several threads look at: callbacks, and the handle.
pub(super) trait Shared<T, X>: Send + Sync {
    fn get(&self) -> &Result<T, X>;
    /// By value for the last who has it.
    fn take(self: Arc<Self>) -> Option<Result<T, X>>;
}

impl<T: Send + Sync, X: Send + Sync> Shared<T, X> for Result<T, X> {
    fn get(&self) -> &Result<T, X> {
        self
    }
    fn take(self: Arc<Self>) -> Option<Result<T, X>> {
        Arc::into_inner(self)
    }
}

pub(super) type SharedOutcome<T, X> = Arc<dyn Shared<T, X>>;
/// Makes an outcome shareable: known where it is known that the types are `Sync`.
pub(super) type Share<T, X> = fn(Result<T, X>) -> SharedOutcome<T, X>;
pub(super) type Callback<T, X> = Box<dyn FnOnce(&Result<T, X>) + Send>;

enum Outcome<T, X> {
    /// Not settled.
    None,
    Private(Result<T, X>),
    Shared(SharedOutcome<T, X>),
    /// With the handle.
    Taken,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    Undecided,
    Cancelling,
    Settled,
}

enum Seat<H> {
    /// Not told yet how to stop it.
    Starting,
    Running(H),
    Left,
}

struct State<T, X, H> {
    phase: Phase,
    outcome: Outcome<T, X>,
    failed: bool,
    cancelled: bool,
    /// Members that have not left, and whoever may still start some.
    alive: usize,
    /// In member order.
    seats: Vec<Seat<H>>,
    /// Somebody awaits the group by value: an error ends the siblings.
    owned: bool,
    /// The deadline has come.
    stopping: Option<Stop>,
    share: Option<Share<T, X>>,
    callbacks: Vec<Callback<T, X>>,
    /// Some thread is running callbacks.
    calling: bool,
    /// The callbacks that were there when it settled have run.
    announced: bool,
    waiting: Vec<Waiting>,
}

/// One who waits; the key stays his until he forgets it.
enum Waiting {
    Nobody,
    Woken,
    Asleep(Waker),
}

pub(super) struct Core<T, X, H> {
    state: Mutex<State<T, X, H>>,
    /// The group's own `Cancelled`.
    cancelled: fn() -> X,
}

/// What the handle takes along when it looks at the outcome.
pub(super) enum Seen<T, X> {
    Own(Result<T, X>),
    Shared(SharedOutcome<T, X>),
}

impl<T, X> Seen<T, X> {
    pub(super) fn get(&self) -> &Result<T, X> {
        match self {
            Self::Own(outcome) => outcome,
            Self::Shared(outcome) => outcome.get(),
        }
    }
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
            seats: Vec::new(),
            owned: false,
            stopping: None,
            share: None,
            callbacks: Vec::new(),
            calling: false,
            announced: false,
            waiting: Vec::new(),
        };
        Self { state: Mutex::new(state), cancelled }
    }

    // ---- members

    /// A member starts: its seat.
    pub(super) fn enter(&self) -> usize {
        let mut state = lock(&self.state);
        state.alive += 1;
        state.seats.push(Seat::Starting);
        state.seats.len() - 1
    }

    /// How the member in `seat` is stopped; it may have left already, or be due to stop.
    pub(super) fn register(&self, seat: usize, stopper: H) {
        let mut state = lock(&self.state);
        if matches!(state.seats[seat], Seat::Left) {
            return;
        }
        let orphaned = state.owned && state.failed;
        if state.phase == Phase::Cancelling || state.stopping.is_some() || orphaned {
            drop(state);
            return stopper.stop();
        }
        state.seats[seat] = Seat::Running(stopper);
    }

    /// Somebody counted as alive is gone, a member with everything that it held. `true`: it was the last, and the group is
    /// complete: [`settle`](Self::settle) it.
    #[must_use]
    pub(super) fn leave(&self, seat: Option<usize>) -> bool {
        let mut state = lock(&self.state);
        let stopper = seat.map(|seat| std::mem::replace(&mut state.seats[seat], Seat::Left));
        state.alive -= 1;
        let mut complete = false;
        if state.alive == 0 {
            match state.phase {
                Phase::Undecided => complete = true,
                Phase::Cancelling => self.conclude(state, Err((self.cancelled)()), true),
                Phase::Settled => Self::wake(state),
            }
        }
        drop(stopper);
        complete
    }

    /// Whether members may still start.
    pub(super) fn is_open(&self) -> bool {
        let state = lock(&self.state);
        state.phase == Phase::Undecided && state.stopping.is_none()
    }

    /// Why unfinished members are being ended, where that is the deadline.
    pub(super) fn stopping(&self) -> Option<Stop> {
        lock(&self.state).stopping
    }

    /// Counts one more as alive, unless the group is decided: somebody who may start members.
    pub(super) fn hold(&self) {
        lock(&self.state).alive += 1;
    }

    // ---- deciding

    /// The first to come decides; a later outcome is dropped.
    pub(super) fn settle(&self, outcome: Result<T, X>) {
        let state = lock(&self.state);
        if state.phase == Phase::Undecided {
            self.conclude(state, outcome, false);
        }
    }

    /// Asks every unfinished member to stop; whether there was one.
    pub(super) fn cancel(&self) -> bool {
        let mut state = lock(&self.state);
        if state.alive == 0 {
            return false;
        }
        if state.phase == Phase::Undecided {
            state.phase = Phase::Cancelling;
        }
        Self::stop_all(state);
        true
    }

    /// The deadline has come: unfinished members end, and are told why.
    pub(super) fn stop(&self, why: Stop) {
        let mut state = lock(&self.state);
        if state.phase == Phase::Undecided && state.alive > 0 && state.stopping.is_none() {
            state.stopping = Some(why);
            Self::stop_all(state);
        }
    }

    fn stop_all(mut state: Guard<'_, T, X, H>) {
        let stoppers: Vec<H> = state
            .seats
            .iter_mut()
            .filter_map(|seat| match std::mem::replace(seat, Seat::Starting) {
                Seat::Running(stopper) => Some(stopper),
                other => {
                    *seat = other;
                    None
                }
            })
            .collect();
        drop(state);
        for stopper in stoppers {
            stopper.stop();
        }
    }

    fn conclude(&self, mut state: Guard<'_, T, X, H>, outcome: Result<T, X>, cancelled: bool) {
        state.phase = Phase::Settled;
        state.cancelled = cancelled;
        state.failed = outcome.is_err();
        state.outcome = match state.share {
            Some(share) => Outcome::Shared(share(outcome)),
            None => Outcome::Private(outcome),
        };
        if state.owned && state.failed {
            Self::stop_all(state);
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
        state.outcome = match std::mem::replace(&mut state.outcome, Outcome::None) {
            Outcome::Private(outcome) => Outcome::Shared(share(outcome)),
            other => other,
        };
    }

    /// `true`: the group was announced before, so somebody has to call [`announce`](Self::announce) soon.
    #[must_use]
    pub(super) fn add_callback(&self, callback: Callback<T, X>) -> bool {
        let mut state = lock(&self.state);
        state.callbacks.push(callback);
        state.announced && !state.calling
    }

    /// Runs the callbacks, then wakes who waits.
    pub(super) fn announce(&self) {
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
                // It disturbs nobody: the panic hook has reported it.
                drop(catch_unwind(AssertUnwindSafe(|| callback(outcome.get()))));
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

    pub(super) fn is_cancelled(&self) -> bool {
        lock(&self.state).cancelled
    }

    /// The outcome, handed to `keep` under the lock. A private one moves.
    pub(super) fn see(&self, keep: impl FnOnce(Seen<T, X>)) {
        let mut state = lock(&self.state);
        match std::mem::replace(&mut state.outcome, Outcome::Taken) {
            Outcome::Private(outcome) => keep(Seen::Own(outcome)),
            Outcome::Shared(outcome) => {
                state.outcome = Outcome::Shared(Arc::clone(&outcome));
                keep(Seen::Shared(outcome));
            }
            other => state.outcome = other,
        }
    }

    /// The outcome by value, once [`poll_owned`](Self::poll_owned) was ready. `seen` is what the handle had taken.
    pub(super) fn take(&self, seen: Option<Seen<T, X>>) -> Option<Result<T, X>> {
        let outcome = std::mem::replace(&mut lock(&self.state).outcome, Outcome::Taken);
        match (outcome, seen) {
            (_, Some(Seen::Own(outcome))) | (Outcome::Private(outcome), None) => Some(outcome),
            (Outcome::Shared(outcome), seen) => {
                drop(seen);
                outcome.take()
            }
            _ => None,
        }
    }

    // ---- waiting

    /// From now on an error ends the siblings.
    pub(super) fn own(&self) {
        lock(&self.state).owned = true;
    }

    /// Settled, announced, nobody running, no callback left.
    pub(super) fn poll_owned(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        loop {
            let mut state = lock(&self.state);
            let settled = state.phase == Phase::Settled;
            let left_running = state.seats.iter().any(|seat| matches!(seat, Seat::Running(_)));
            if settled && state.failed && state.alive > 0 && left_running {
                Self::stop_all(state);
            } else if state.announced && !state.calling && !state.callbacks.is_empty() && state.is_shared() {
                drop(state);
                self.announce_late();
            } else if state.announced && !state.calling && state.alive == 0 {
                return Poll::Ready(());
            } else {
                state.wait(cx, key);
                return Poll::Pending;
            }
        }
    }

    pub(super) fn poll_announced(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        let mut state = lock(&self.state);
        if state.announced {
            return Poll::Ready(());
        }
        state.wait(cx, key);
        Poll::Pending
    }

    pub(super) fn poll_finished(&self, cx: &mut Context<'_>, key: &mut Option<usize>) -> Poll<()> {
        let mut state = lock(&self.state);
        if state.alive == 0 && state.announced {
            return Poll::Ready(());
        }
        state.wait(cx, key);
        Poll::Pending
    }

    /// Who waited under `key` does not wait any more.
    pub(super) fn forget(&self, key: usize) {
        let waiting = std::mem::replace(&mut lock(&self.state).waiting[key], Waiting::Nobody);
        drop(waiting);
    }

    fn wake(mut state: Guard<'_, T, X, H>) {
        let mut wakers = Vec::new();
        for waiting in &mut state.waiting {
            match std::mem::replace(waiting, Waiting::Woken) {
                Waiting::Asleep(waker) => wakers.push(waker),
                other => *waiting = other,
            }
        }
        drop(state);
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl<T, X, H> State<T, X, H> {
    fn is_shared(&self) -> bool {
        matches!(self.outcome, Outcome::Shared(_))
    }

    fn wait(&mut self, cx: &Context<'_>, key: &mut Option<usize>) {
        let key = *key.get_or_insert_with(|| {
            let vacant = self.waiting.iter().position(|waiting| matches!(waiting, Waiting::Nobody));
            vacant.unwrap_or_else(|| {
                self.waiting.push(Waiting::Nobody);
                self.waiting.len() - 1
            })
        });
        match &mut self.waiting[key] {
            Waiting::Asleep(known) if known.will_wake(cx.waker()) => {}
            other => *other = Waiting::Asleep(cx.waker().clone()),
        }
    }
}
