//! Threads do at once what members, the handle and cancellers do with one group, in every order.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use loom::future::{AtomicWaker, block_on};
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;

use super::{Callback, Core, Stopper};
use crate::policy::StopReason;
use crate::sync::model;

type Outcome = Result<u32, &'static str>;
type ModelCore = Core<u32, &'static str, Arc<Task>>;

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

impl Stopper for Arc<Task> {
    fn stop(&self) {
        self.told.fetch_add(1, Ordering::AcqRel);
        self.waker.wake();
    }
}

fn private_group<const N: usize>() -> (Arc<ModelCore>, [(usize, Arc<Task>); N]) {
    let core = ModelCore::new(|| "cancelled");
    let members = [(); N].map(|()| {
        let (seat, task) = (core.enter(), Task::new());
        core.register(seat, Arc::clone(&task));
        (seat, task)
    });
    assert!(!core.leave(None));
    (Arc::new(core), members)
}

fn group<const N: usize>() -> (Arc<ModelCore>, [(usize, Arc<Task>); N]) {
    let (core, members) = private_group();
    core.set_share(|outcome| Arc::new(outcome));
    (core, members)
}

/// What the task of a member does at its end.
fn leave(core: &ModelCore, seat: usize) {
    if core.leave(Some(seat)) {
        core.settle(Ok(1));
    }
}

/// The same where the member has failed.
fn fail(core: &ModelCore, seat: usize) {
    let _ = core.leave(Some(seat));
    core.settle(Err("a"));
}

fn outcome(core: &ModelCore) -> Option<Outcome> {
    let mut outcome = None;
    core.see(|seen| outcome = Some(*seen.get()));
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

fn on_done(core: &ModelCore) -> Arc<AtomicUsize> {
    let (callback, calls) = callback();
    core.set_share(|outcome| Arc::new(outcome));
    if core.add_callback(callback) {
        core.announce_late();
    }
    calls
}

/// The future of a group. It is polled once by a task, then moves to another.
fn own(core: &ModelCore) -> Option<Outcome> {
    core.own();
    let mut key = None;
    let _ = core.poll_owned(&mut Context::from_waker(Waker::noop()), &mut key);
    block_on(poll_fn(|cx| core.poll_owned(cx, &mut key)));
    core.take(None)
}

#[test]
fn an_error_against_cancel() {
    model(|| {
        let (core, [(a, _), (b, _)]) = group();
        let calls = on_done(&core);
        let canceller = Arc::clone(&core);
        let cancelled_first = Arc::new(AtomicUsize::new(0));
        let flag = Arc::clone(&cancelled_first);
        let canceller = thread::spawn(move || {
            let cancelled = canceller.cancel();
            flag.store(1, Ordering::Release);
            (cancelled, outcome(&canceller))
        });
        let cancelled_first = count(&cancelled_first) == 1;
        fail(&core, a);
        let first = outcome(&core);
        leave(&core, b);
        let (cancelled, seen) = canceller.join().unwrap();
        let last = outcome(&core).unwrap();
        assert!([first, seen].into_iter().flatten().all(|early| early == last));
        assert_eq!(last, if core.is_cancelled() { Err("cancelled") } else { Err("a") });
        assert!(cancelled || last == Err("a"));
        assert!(core.is_cancelled() || !cancelled_first);
        assert_eq!(count(&calls), 1);
        assert!(core.is_done() && !core.cancel());
    });
}

#[test]
fn the_last_to_leave_against_cancel() {
    model(|| {
        let (core, [(a, _), (b, _)]) = group();
        let calls = on_done(&core);
        let [other, canceller] = [(); 2].map(|()| Arc::clone(&core));
        let other = thread::spawn(move || leave(&other, b));
        let canceller = thread::spawn(move || canceller.cancel());
        leave(&core, a);
        other.join().unwrap();
        let cancelled = canceller.join().unwrap();
        assert_eq!(outcome(&core), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
        assert_eq!((core.is_cancelled(), count(&calls)), (cancelled, 1));
    });
}

#[test]
fn an_error_against_the_last_to_leave() {
    model(|| {
        let (core, [(a, _), (b, _)]) = group();
        let calls = on_done(&core);
        let other = Arc::clone(&core);
        // It finds no fields: the one that failed has taken them.
        let other = thread::spawn(move || other.leave(Some(b)));
        fail(&core, a);
        let _ = other.join().unwrap();
        assert_eq!((own(&core), count(&calls)), (Some(Err("a")), 1));
    });
}

#[test]
fn cancel_against_cancel() {
    model(|| {
        let (core, [(seat, task)]) = group();
        let other = Arc::clone(&core);
        let other = thread::spawn(move || other.cancel());
        let cancelled = core.cancel();
        task.run();
        leave(&core, seat);
        assert!(other.join().unwrap() || cancelled);
        assert_eq!((task.told(), outcome(&core)), (1, Some(Err("cancelled"))));
    });
}

#[test]
fn callbacks_run_once_and_before_the_awaiter_wakes() {
    model(|| {
        let (core, [(seat, _)]) = group();
        let early = on_done(&core);
        let [member, caller] = [(); 2].map(|()| Arc::clone(&core));
        let member = thread::spawn(move || leave(&member, seat));
        let caller = thread::spawn(move || on_done(&caller));
        let mut key = None;
        block_on(poll_fn(|cx| core.poll_announced(cx, &mut key)));
        assert_eq!(count(&early), 1);
        member.join().unwrap();
        let late = caller.join().unwrap();
        assert_eq!((count(&early), count(&late)), (1, 1));
    });
}

#[test]
fn a_late_callback_against_the_awaiter() {
    model(|| {
        let (core, [(seat, _)]) = group();
        leave(&core, seat);
        let (callback, calls) = callback();
        assert!(core.add_callback(callback));
        let runtime = Arc::clone(&core);
        let runtime = thread::spawn(move || runtime.announce_late());
        assert_eq!(own(&core), Some(Ok(1)));
        assert_eq!(count(&calls), 1);
        runtime.join().unwrap();
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn the_awaiter_against_members_that_leave() {
    model(|| {
        let (core, [(a, _), (b, task)]) = group();
        let [first, second] = [(); 2].map(|()| Arc::clone(&core));
        let first = thread::spawn(move || fail(&first, a));
        let second = thread::spawn(move || {
            task.run();
            leave(&second, b);
            task.told()
        });
        assert_eq!(own(&core), Some(Err("a")));
        first.join().unwrap();
        assert_eq!(second.join().unwrap(), 1);
    });
}

#[test]
fn the_deadline_against_the_last_to_leave() {
    model(|| {
        let (core, [(seat, task)]) = group();
        let [member, clock] = [(); 2].map(|()| Arc::clone(&core));
        let member = thread::spawn(move || leave(&member, seat));
        let clock = thread::spawn(move || clock.stop(StopReason::TimedOut));
        let mut key = None;
        block_on(poll_fn(|cx| core.poll_finished(cx, &mut key)));
        member.join().unwrap();
        clock.join().unwrap();
        assert_eq!(task.told(), usize::from(core.stopping().is_some()));
        assert_eq!(outcome(&core), Some(Ok(1)));
    });
}

#[test]
fn a_member_that_starts_against_whatever_ends_members() {
    let ends: [fn(&ModelCore); 4] = [
        |core| assert!(core.cancel()),
        |core| core.stop(StopReason::TimedOut),
        |core| {
            core.settle(Err("a"));
            assert!(core.cancel());
        },
        |core| {
            core.settle(Err("a"));
            core.own();
        },
    ];
    for end in ends {
        model(move || {
            let (core, [_]) = group();
            let other = Arc::clone(&core);
            let other = thread::spawn(move || end(&other));
            let (seat, task) = (core.enter(), Task::new());
            core.register(seat, Arc::clone(&task));
            task.run();
            assert!(!core.leave(Some(seat)));
            other.join().unwrap();
            assert_eq!(task.told(), 1);
        });
    }
}

#[test]
fn a_member_that_leaves_before_it_is_registered() {
    model(|| {
        let core = Arc::new(ModelCore::new(|| "cancelled"));
        core.set_share(|outcome| Arc::new(outcome));
        let (seat, task) = (core.enter(), Task::new());
        let [member, canceller] = [(); 2].map(|()| Arc::clone(&core));
        let member = thread::spawn(move || leave(&member, seat));
        let canceller = thread::spawn(move || canceller.cancel());
        core.register(seat, Arc::clone(&task));
        if core.leave(None) {
            core.settle(Ok(1));
        }
        member.join().unwrap();
        let cancelled = canceller.join().unwrap();
        assert_eq!(outcome(&core), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
        assert!(task.told() <= 1);
    });
}

#[test]
fn looking_at_a_private_outcome_while_it_settles() {
    model(|| {
        let (core, [(seat, _)]) = private_group();
        let member = Arc::clone(&core);
        let member = thread::spawn(move || leave(&member, seat));
        let mut kept = None;
        core.see(|seen| kept = Some(seen));
        let calls = on_done(&core);
        if kept.is_none() {
            core.see(|seen| kept = Some(seen));
        }
        let mut key = None;
        core.own();
        block_on(poll_fn(|cx| core.poll_owned(cx, &mut key)));
        for callback in core.callbacks_for_handle() {
            callback(kept.as_ref().unwrap().get());
        }
        assert_eq!((core.take(kept), count(&calls)), (Some(Ok(1)), 1));
        member.join().unwrap();
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn observers_that_come_and_go() {
    model(|| {
        let (core, [(seat, _)]) = group();
        let [restless, patient] = [(); 2].map(|()| Arc::clone(&core));
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
        leave(&core, seat);
        restless.join().unwrap();
        patient.join().unwrap();
    });
}

#[test]
fn a_deadline_that_fails_against_the_last_to_leave() {
    model(|| {
        let (core, [(seat, task)]) = group();
        let calls = on_done(&core);
        let [member, deadline] = [(); 2].map(|()| Arc::clone(&core));
        let member = thread::spawn(move || leave(&member, seat));
        let deadline = thread::spawn(move || deadline.fail(Err("until")));
        let outcome = own(&core).unwrap();
        assert!(matches!(outcome, Ok(1) | Err("until")));
        member.join().unwrap();
        deadline.join().unwrap();
        assert!(task.told() <= 1);
        assert_eq!(count(&calls), 1);
    });
}

#[test]
fn one_that_lingers_against_who_waits_for_it() {
    model(|| {
        let (core, [(seat, task)]) = group();
        let [member, rest] = [(); 2].map(|()| Arc::clone(&core));
        let member = thread::spawn(move || {
            task.run();
            member.linger();
            leave(&member, seat);
            thread::spawn(move || rest.lingers_no_more())
        });
        core.stop(StopReason::TimedOut);
        let mut key = None;
        block_on(poll_fn(|cx| core.poll_finished(cx, &mut key)));
        assert!(!core.cancel());
        member.join().unwrap().join().unwrap();
        assert_eq!(outcome(&core), Some(Ok(1)));
    });
}
