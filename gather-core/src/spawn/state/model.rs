//! Threads do at once what members, the handle and cancellers do with one group, in every order.

mod deadlines;

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::future::{AtomicWaker, block_on};
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::{Callback, GroupState};
use crate::policy::StopReason;
use crate::spawn::abort::Abortable;
use crate::sync::model;

type Outcome = Result<u32, &'static str>;
type ModelState = GroupState<u32, &'static str, Arc<Task>>;

/// The task of a member that runs until it is told to stop.
struct Task {
    told: AtomicUsize,
    waker: AtomicWaker,
}

impl Task {
    fn new() -> Arc<Self> {
        Arc::new(Self { told: AtomicUsize::new(0), waker: AtomicWaker::new() })
    }

    fn told(&self) -> usize {
        self.told.load(Ordering::Acquire)
    }

    /// loom reports a deadlock where it is never told.
    fn run(&self) {
        block_on(poll_fn(|cx| {
            self.waker.register_by_ref(cx.waker());
            if self.told() > 0 { Poll::Ready(()) } else { Poll::Pending }
        }));
    }
}

impl Abortable for Arc<Task> {
    fn abort(&self) {
        self.told.fetch_add(1, Ordering::AcqRel);
        self.waker.wake();
    }
}

fn private_group<const N: usize>() -> (Arc<ModelState>, [(usize, Arc<Task>); N]) {
    let state = ModelState::new(|| "cancelled");
    let members = [(); N].map(|()| {
        let (number, task) = (state.add_task(), Task::new());
        state.register(number, Arc::clone(&task));
        (number, task)
    });
    assert!(!state.release(None));
    (Arc::new(state), members)
}

fn group<const N: usize>() -> (Arc<ModelState>, [(usize, Arc<Task>); N]) {
    let (state, members) = private_group();
    state.set_share(|outcome| Arc::new(outcome));
    (state, members)
}

/// What the task of a member does at its end.
fn leave(state: &ModelState, number: usize) {
    if state.release(Some(number)) {
        state.settle(Ok(1));
    }
}

/// The same where the member has failed.
fn fail(state: &ModelState, number: usize) {
    let _ = state.release(Some(number));
    state.settle(Err("a"));
}

fn outcome(state: &ModelState) -> Option<Outcome> {
    let mut outcome = None;
    state.observe(|seen| outcome = Some(*seen.get()));
    outcome
}

/// A callback, and how often it has run. It lets other threads in while it runs.
fn callback() -> (Callback<u32, &'static str>, Arc<AtomicUsize>) {
    let calls = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&calls);
    let callback = move |_: &Outcome| {
        counted.fetch_add(1, Ordering::AcqRel);
        thread::yield_now();
    };
    (Box::new(callback), calls)
}

fn count(calls: &AtomicUsize) -> usize {
    calls.load(Ordering::Acquire)
}

fn on_done(state: &ModelState) -> Arc<AtomicUsize> {
    let (callback, calls) = callback();
    state.set_share(|outcome| Arc::new(outcome));
    if state.add_callback(callback) {
        state.announce_late();
    }
    calls
}

/// The future of a group. It is polled once by a task, then moves to another.
fn own(state: &ModelState) -> Option<Outcome> {
    state.claim_ownership();
    let mut key = None;
    let _ = state.poll_owned(&mut Context::from_waker(Waker::noop()), &mut key);
    block_on(poll_fn(|cx| state.poll_owned(cx, &mut key)));
    state.take(None)
}

#[test]
fn an_error_against_cancel() {
    model(|| {
        let (state, [(a, _), (b, _)]) = group();
        let calls = on_done(&state);
        let canceller = Arc::clone(&state);
        let cancelled_first = Arc::new(AtomicUsize::new(0));
        let flag = Arc::clone(&cancelled_first);
        let canceller = thread::spawn(move || {
            let cancelled = canceller.cancel();
            flag.store(1, Ordering::Release);
            (cancelled, outcome(&canceller))
        });
        let cancelled_first = count(&cancelled_first) == 1;
        fail(&state, a);
        let first = outcome(&state);
        leave(&state, b);
        let (cancelled, seen) = canceller.join().unwrap();
        let last = outcome(&state).unwrap();
        assert!([first, seen].into_iter().flatten().all(|early| early == last));
        assert_eq!(last, if state.is_cancelled() { Err("cancelled") } else { Err("a") });
        assert!(cancelled || last == Err("a"));
        assert!(state.is_cancelled() || !cancelled_first);
        assert_eq!(count(&calls), 1);
        assert!(state.is_done() && !state.cancel());
    });
}

#[test]
fn the_last_to_leave_against_cancel() {
    model(|| {
        let (state, [(a, _), (b, _)]) = group();
        let calls = on_done(&state);
        let [other, canceller] = [(); 2].map(|()| Arc::clone(&state));
        let other = thread::spawn(move || leave(&other, b));
        let canceller = thread::spawn(move || canceller.cancel());
        leave(&state, a);
        other.join().unwrap();
        let cancelled = canceller.join().unwrap();
        assert_eq!(outcome(&state), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
        assert_eq!((state.is_cancelled(), count(&calls)), (cancelled, 1));
    });
}

#[test]
fn an_error_against_the_last_to_leave() {
    model(|| {
        let (state, [(a, _), (b, _)]) = group();
        let calls = on_done(&state);
        let other = Arc::clone(&state);
        // It finds no fields: the one that failed has taken them.
        let other = thread::spawn(move || other.release(Some(b)));
        fail(&state, a);
        let _ = other.join().unwrap();
        assert_eq!((own(&state), count(&calls)), (Some(Err("a")), 1));
    });
}

#[test]
fn cancel_against_cancel() {
    model(|| {
        let (state, [(number, task)]) = group();
        let other = Arc::clone(&state);
        let other = thread::spawn(move || other.cancel());
        let cancelled = state.cancel();
        task.run();
        leave(&state, number);
        assert!(other.join().unwrap() || cancelled);
        assert_eq!((task.told(), outcome(&state)), (1, Some(Err("cancelled"))));
    });
}

#[test]
fn callbacks_run_once_and_before_the_awaiter_wakes() {
    model(|| {
        let (state, [(number, _)]) = group();
        let early = on_done(&state);
        let [member, caller] = [(); 2].map(|()| Arc::clone(&state));
        let member = thread::spawn(move || leave(&member, number));
        let caller = thread::spawn(move || on_done(&caller));
        let mut key = None;
        block_on(poll_fn(|cx| state.poll_announced(cx, &mut key)));
        assert_eq!(count(&early), 1);
        member.join().unwrap();
        let late = caller.join().unwrap();
        assert_eq!((count(&early), count(&late)), (1, 1));
    });
}

#[test]
fn a_late_callback_against_the_awaiter() {
    model(|| {
        let (state, [(number, _)]) = group();
        leave(&state, number);
        let (callback, calls) = callback();
        assert!(state.add_callback(callback));
        let runtime = Arc::clone(&state);
        let runtime = thread::spawn(move || runtime.announce_late());
        assert_eq!(own(&state), Some(Ok(1)));
        assert_eq!(count(&calls), 1);
        runtime.join().unwrap();
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn the_awaiter_against_members_that_leave() {
    model(|| {
        let (state, [(a, _), (b, task)]) = group();
        let [first, second] = [(); 2].map(|()| Arc::clone(&state));
        let first = thread::spawn(move || fail(&first, a));
        let second = thread::spawn(move || {
            task.run();
            leave(&second, b);
            task.told()
        });
        assert_eq!(own(&state), Some(Err("a")));
        first.join().unwrap();
        assert_eq!(second.join().unwrap(), 1);
    });
}

#[test]
fn a_member_that_starts_against_whatever_ends_members() {
    let ends: [fn(&ModelState); 4] = [
        |state| assert!(state.cancel()),
        |state| state.deadline_passed(StopReason::TimedOut),
        |state| {
            state.settle(Err("a"));
            assert!(state.cancel());
        },
        |state| {
            state.settle(Err("a"));
            state.claim_ownership();
        },
    ];
    for end in ends {
        model(move || {
            let (state, [_]) = group();
            let other = Arc::clone(&state);
            let other = thread::spawn(move || end(&other));
            let (number, task) = (state.add_task(), Task::new());
            state.register(number, Arc::clone(&task));
            task.run();
            assert!(!state.release(Some(number)));
            other.join().unwrap();
            assert_eq!(task.told(), 1);
        });
    }
}

#[test]
fn a_member_that_leaves_before_it_is_registered() {
    model(|| {
        let state = Arc::new(ModelState::new(|| "cancelled"));
        state.set_share(|outcome| Arc::new(outcome));
        let (number, task) = (state.add_task(), Task::new());
        let [member, canceller] = [(); 2].map(|()| Arc::clone(&state));
        let member = thread::spawn(move || leave(&member, number));
        let canceller = thread::spawn(move || canceller.cancel());
        state.register(number, Arc::clone(&task));
        if state.release(None) {
            state.settle(Ok(1));
        }
        member.join().unwrap();
        let cancelled = canceller.join().unwrap();
        assert_eq!(outcome(&state), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
        assert!(task.told() <= 1);
    });
}

#[test]
fn looking_at_a_private_outcome_while_it_settles() {
    model(|| {
        let (state, [(number, _)]) = private_group();
        let member = Arc::clone(&state);
        let member = thread::spawn(move || leave(&member, number));
        let mut kept = None;
        state.observe(|seen| kept = Some(seen));
        let calls = on_done(&state);
        if kept.is_none() {
            state.observe(|seen| kept = Some(seen));
        }
        let mut key = None;
        state.claim_ownership();
        block_on(poll_fn(|cx| state.poll_owned(cx, &mut key)));
        for callback in state.callbacks_for_handle() {
            callback(kept.as_ref().unwrap().get());
        }
        assert_eq!((state.take(kept), count(&calls)), (Some(Ok(1)), 1));
        member.join().unwrap();
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn observers_that_come_and_go() {
    model(|| {
        let (state, [(number, _)]) = group();
        let [restless, patient] = [(); 2].map(|()| Arc::clone(&state));
        let restless = thread::spawn(move || {
            let mut key = None;
            let mut cx = Context::from_waker(Waker::noop());
            let _ = restless.poll_announced(&mut cx, &mut key);
            if let Some(key) = key {
                restless.forget(key);
            }
        });
        let patient = thread::spawn(move || {
            let mut key = None;
            block_on(poll_fn(|cx| patient.poll_finished(cx, &mut key)));
            if let Some(key) = key {
                patient.forget(key);
            }
        });
        leave(&state, number);
        restless.join().unwrap();
        patient.join().unwrap();
    });
}
