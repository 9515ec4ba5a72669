//! Each transition of the state machine, without a runtime: the tests do what members and the handle do.

mod deadlines;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use super::tasks::TaskTable;
use super::{GroupState, ObservedOutcome};
use crate::policy::StopReason;
use crate::spawn::abort::Abortable;

type TestState = GroupState<u32, &'static str, Told>;

/// Records who was told to stop.
struct Told {
    member: usize,
    log: Log,
}

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<usize>>>);

impl Log {
    fn member(&self, member: usize) -> Told {
        Told { member, log: self.clone() }
    }
    fn take(&self) -> Vec<usize> {
        std::mem::take(&mut self.0.lock().unwrap())
    }
}

impl Abortable for Told {
    fn abort(&self) {
        self.log.0.lock().unwrap().push(self.member);
    }
}

/// Counts how often it was woken.
#[derive(Default)]
struct Alarm(AtomicUsize);

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Alarm {
    fn count(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// A group of `N` running members, all created.
fn group<const N: usize>() -> (TestState, [usize; N], Log) {
    let state = TestState::new(|| "cancelled");
    let log = Log::default();
    let tasks = [(); N].map(|()| state.add_task());
    for task in tasks {
        state.register(task, log.member(task));
    }
    assert!(!state.release(None) || N == 0);
    (state, tasks, log)
}

fn outcome(state: &TestState) -> Option<Result<u32, &'static str>> {
    state.set_share(|outcome| Arc::new(outcome));
    let mut outcome = None;
    state.observe(|seen| outcome = Some(*seen.get()));
    outcome
}

fn is_ready(poll: impl FnOnce(&mut Context<'_>, &mut Option<usize>) -> Poll<()>) -> bool {
    poll(&mut Context::from_waker(Waker::noop()), &mut None).is_ready()
}

#[test]
fn every_member_has_left() {
    let (state, [a, b], log) = group();
    assert!(!state.release(Some(b)));
    assert!(state.release(Some(a)));
    assert!(!state.is_done(), "its creator of the outcome settles it");
    assert!(!state.cancel(), "nobody is left to be cancelled");
    state.settle(Ok(1));
    assert!(state.is_done() && !state.is_cancelled());
    assert_eq!(outcome(&state), Some(Ok(1)));
    assert!(log.take().is_empty());
}

#[test]
fn no_member_at_all() {
    let state = TestState::new(|| "cancelled");
    assert!(state.release(None));
}

#[test]
fn the_first_error() {
    let (state, [a, b], log) = group();
    state.settle(Err("a"));
    assert!(state.is_done() && !state.is_cancelled());
    assert!(!state.release(Some(a)));
    state.settle(Err("b"));
    assert!(!state.release(Some(b)), "it is settled");
    assert_eq!(outcome(&state), Some(Err("a")));
    assert!(log.take().is_empty(), "nobody owns the siblings");
}

#[test]
fn cancelling() {
    let (state, [a, b, c], log) = group();
    assert!(!state.release(Some(b)));
    assert!(state.cancel());
    assert_eq!(log.take(), [a, c]);
    assert!(!state.is_done() && !state.is_cancelled() && !state.is_open());
    assert!(!state.release(Some(a)));
    state.settle(Err("too late"));
    assert!(state.cancel(), "there is one left");
    assert!(log.take().is_empty(), "it was told");
    assert!(!state.release(Some(c)));
    assert!(state.is_done() && state.is_cancelled() && !state.cancel());
    assert_eq!(outcome(&state), Some(Err("cancelled")));
}

#[test]
fn cancelling_what_runs_on_after_an_error() {
    let (state, [a, b], log) = group();
    state.settle(Err("a"));
    assert!(!state.release(Some(a)));
    assert!(state.cancel());
    assert_eq!(log.take(), [b]);
    assert!(!state.release(Some(b)));
    assert!(!state.is_cancelled());
    assert_eq!(outcome(&state), Some(Err("a")));
}

#[test]
fn a_member_that_starts_while_others_are_told_to_stop() {
    let end: [fn(&TestState); 4] = [
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
    for end in end {
        let (state, [_], log) = group();
        let starting = state.add_task();
        end(&state);
        log.take();
        state.register(starting, log.member(starting));
        assert_eq!(log.take(), [starting]);
    }
}

#[test]
fn a_member_that_left_before_it_could_be_told_how_it_is_stopped() {
    let (state, [a], log) = group();
    let fast = state.add_task();
    assert!(!state.release(Some(fast)));
    state.register(fast, log.member(fast));
    assert!(state.cancel());
    assert_eq!(log.take().last(), Some(&a));
    assert!(!state.release(Some(a)));
    assert!(state.is_cancelled());
}

#[test]
fn who_may_start_members_counts_as_alive() {
    let (state, [a], _) = group();
    state.acquire();
    assert!(!state.release(Some(a)));
    assert!(state.release(None));
}

#[test]
fn the_deadline() {
    let (state, [a, b], log) = group();
    assert!(state.is_open());
    state.deadline_passed(StopReason::TimedOut);
    state.deadline_passed(StopReason::Cancelled);
    assert_eq!((state.stopping(), state.is_open()), (Some(StopReason::TimedOut), false));
    assert_eq!(log.take(), [a, b]);
    assert!(!state.release(Some(a)));
    assert!(state.release(Some(b)), "it decides nothing");
    state.settle(Ok(1));
    state.deadline_passed(StopReason::Cancelled);
    assert_eq!(outcome(&state), Some(Ok(1)));
}

#[test]
fn the_deadline_of_a_decided_group() {
    let (state, [a, b], log) = group();
    state.settle(Err("a"));
    assert!(!state.release(Some(a)));
    state.deadline_passed(StopReason::TimedOut);
    assert_eq!(
        (state.stopping(), log.take()),
        (Some(StopReason::TimedOut), vec![b]),
        "it is only watched, so one ran on"
    );
    assert!(!state.release(Some(b)));
    assert_eq!(state.take(None), Some(Err("a")));

    let (state, [a, b], log) = group();
    state.settle(Err("a"));
    state.deadline_failed(Err("until"));
    assert_eq!(log.take(), [a, b]);
    assert_eq!(state.take(None), Some(Err("a")));

    let (state, [a], log) = group();
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    state.deadline_passed(StopReason::TimedOut);
    assert_eq!((state.stopping(), log.take()), (None, vec![]), "nothing is alive");
}

#[test]
fn the_deadline_of_a_cancelled_group() {
    let (state, [a], log) = group();
    assert!(state.cancel());
    assert_eq!(log.take(), [a]);
    state.deadline_passed(StopReason::TimedOut);
    state.deadline_failed(Err("until"));
    assert_eq!((state.stopping(), log.take()), (None, vec![]));
    assert!(!state.release(Some(a)));
    assert_eq!(state.take(None), Some(Err("cancelled")));
}

#[test]
fn an_error_ends_the_siblings_of_an_owned_group() {
    let (state, [a, b], log) = group();
    state.claim_ownership();
    assert!(!is_ready(|cx, key| state.poll_owned(cx, key)));
    state.settle(Err("a"));
    assert_eq!(log.take(), [a, b]);
    assert!(!state.release(Some(a)));
    assert!(!is_ready(|cx, key| state.poll_owned(cx, key)), "one is left");
    assert!(!state.release(Some(b)));
    assert!(is_ready(|cx, key| state.poll_owned(cx, key)));
    assert_eq!(state.take(None), Some(Err("a")));
}

#[test]
fn owning_ends_the_siblings_of_an_error_that_came_before() {
    let (state, [a, b], log) = group();
    state.settle(Err("a"));
    assert!(!state.release(Some(a)));
    assert!(log.take().is_empty());
    state.claim_ownership();
    assert_eq!(log.take(), [b]);
}

#[test]
fn callbacks_run_in_order_before_anybody_wakes() {
    let (state, [a], _) = group();
    let state = Arc::new(state);
    state.set_share(|outcome| Arc::new(outcome));
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    assert!(state.poll_announced(&mut Context::from_waker(&waker), &mut None).is_pending());
    let seen = Arc::new(Mutex::new(Vec::new()));
    for number in 0..3 {
        let (core_inside, alarm, seen) = (Arc::clone(&state), Arc::clone(&alarm), Arc::clone(&seen));
        let late = state.add_callback(Box::new(move |outcome| {
            assert_eq!((outcome, alarm.count(), core_inside.is_done()), (&Ok(1), 0, true));
            let seen_later = Arc::clone(&seen);
            let late = core_inside.add_callback(Box::new(move |_| seen_later.lock().unwrap().push(10 + number)));
            assert!(!late, "who runs the callbacks runs this one too");
            seen.lock().unwrap().push(number);
        }));
        assert!(!late);
    }
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    assert_eq!(*seen.lock().unwrap(), [0, 1, 2, 10, 11, 12]);
    assert_eq!(alarm.count(), 1);
}

#[test]
fn a_late_callback_runs_with_the_awaiter_or_the_runtime() {
    for awaited in [false, true] {
        let (state, [a], _) = group();
        state.set_share(|outcome| Arc::new(outcome));
        assert!(state.release(Some(a)));
        state.settle(Ok(1));
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        assert!(state.add_callback(Box::new(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        })));
        assert_eq!(calls.load(Ordering::SeqCst), 0);
        if !awaited {
            state.announce_late();
            assert_eq!(calls.load(Ordering::SeqCst), 1);
        }
        state.claim_ownership();
        assert!(is_ready(|cx, key| state.poll_owned(cx, key)));
        assert_eq!(state.take(None), Some(Ok(1)));
        state.announce_late();
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_callback_after_the_handle_took_a_private_outcome() {
    let (state, [a], _) = group();
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    let mut kept = None;
    state.observe(|seen| kept = Some(seen));
    assert!(matches!(kept, Some(ObservedOutcome::Owned(Ok(1)))));
    state.set_share(|outcome| Arc::new(outcome));
    assert!(state.add_callback(Box::new(|_| {})));
    state.announce_late();
    assert!(is_ready(|cx, key| state.poll_owned(cx, key)));
    assert_eq!(state.callbacks_for_handle().len(), 1);
    assert_eq!(state.take(kept), Some(Ok(1)));
}

#[test]
fn finished_is_later_than_done() {
    let (state, [a, b], _) = group();
    state.settle(Err("a"));
    assert!(!state.release(Some(a)));
    assert!(is_ready(|cx, key| state.poll_announced(cx, key)));
    assert!(!is_ready(|cx, key| state.poll_finished(cx, key)));
    assert!(!state.release(Some(b)));
    assert!(is_ready(|cx, key| state.poll_finished(cx, key)));
}

#[test]
fn who_forgets_is_not_woken_and_his_key_is_used_again() {
    let (state, [a], _) = group();
    let alarms = [(); 2].map(|()| Arc::new(Alarm::default()));
    let [one, two] = alarms.each_ref().map(|alarm| Waker::from(Arc::clone(alarm)));
    let (mut first, mut second) = (None, None);
    assert!(state.poll_announced(&mut Context::from_waker(&one), &mut first).is_pending());
    state.forget(first.unwrap());
    assert!(state.poll_announced(&mut Context::from_waker(&two), &mut second).is_pending());
    assert_eq!(first, second);
    assert!(state.release(Some(a)));
    state.settle(Ok(1));
    assert_eq!(alarms.map(|alarm| alarm.count()), [0, 1]);
}

#[test]
fn user_code_may_call_back() {
    /// Its destructor asks the group.
    struct Asks(Arc<GroupState<u32, Asks, Asks>>);
    impl Abortable for Asks {
        fn abort(&self) {
            self.0.is_done();
        }
    }
    impl Drop for Asks {
        fn drop(&mut self) {
            self.0.is_done();
        }
    }
    let state = Arc::new(GroupState::new(|| unreachable!("nobody cancels")));
    let tasks = [state.add_task(), state.add_task()];
    for task in tasks {
        state.register(task, Asks(Arc::clone(&state)));
    }
    assert!(!state.release(Some(tasks[0])));
    state.settle(Ok(1));
    state.settle(Err(Asks(Arc::clone(&state))));
    assert!(state.cancel());
    state.register(tasks[0], Asks(Arc::clone(&state)));
    assert!(!state.release(Some(tasks[1])));
}

#[test]
fn entries_are_as_many_as_members_alive_at_once() {
    let mut tasks = TaskTable::new();
    let first = tasks.add();
    assert_eq!(tasks.register(first, first), None);
    for number in 1..10_000 {
        let task = tasks.add();
        assert_eq!((task, tasks.register(task, task)), (number, None));
        if number > 8 {
            assert_eq!(tasks.remove(number - 8), Some(number - 8));
        }
    }
    assert_eq!(tasks.register(5_000, 0), Some(0), "it has ended");
    assert_eq!(tasks.take_running(), [&[first], &(9_992..10_000).collect::<Vec<_>>()[..]].concat());
    assert!(tasks.capacity() < 100, "{}", tasks.capacity());
}
