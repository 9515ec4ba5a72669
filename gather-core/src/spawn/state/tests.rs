//! Each transition of the state machine, without a runtime: the tests do what members and the handle do.

mod deadlines;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use super::seats::Seats;
use super::{Core, Seen, Stopper};
use crate::policy::StopReason;

type TestCore = Core<u32, &'static str, Told>;

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

impl Stopper for Told {
    fn stop(&self) {
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
fn group<const N: usize>() -> (TestCore, [usize; N], Log) {
    let core = TestCore::new(|| "cancelled");
    let log = Log::default();
    let seats = [(); N].map(|()| core.enter());
    for seat in seats {
        core.register(seat, log.member(seat));
    }
    assert!(!core.leave(None) || N == 0);
    (core, seats, log)
}

fn outcome(core: &TestCore) -> Option<Result<u32, &'static str>> {
    core.set_share(|outcome| Arc::new(outcome));
    let mut outcome = None;
    core.see(|seen| outcome = Some(*seen.get()));
    outcome
}

fn is_ready(poll: impl FnOnce(&mut Context<'_>, &mut Option<usize>) -> Poll<()>) -> bool {
    poll(&mut Context::from_waker(Waker::noop()), &mut None).is_ready()
}

#[test]
fn every_member_has_left() {
    let (core, [a, b], log) = group();
    assert!(!core.leave(Some(b)));
    assert!(core.leave(Some(a)));
    assert!(!core.is_done(), "its creator of the outcome settles it");
    assert!(!core.cancel(), "nobody is left to be cancelled");
    core.settle(Ok(1));
    assert!(core.is_done() && !core.is_cancelled());
    assert_eq!(outcome(&core), Some(Ok(1)));
    assert!(log.take().is_empty());
}

#[test]
fn no_member_at_all() {
    let core = TestCore::new(|| "cancelled");
    assert!(core.leave(None));
}

#[test]
fn the_first_error() {
    let (core, [a, b], log) = group();
    core.settle(Err("a"));
    assert!(core.is_done() && !core.is_cancelled());
    assert!(!core.leave(Some(a)));
    core.settle(Err("b"));
    assert!(!core.leave(Some(b)), "it is settled");
    assert_eq!(outcome(&core), Some(Err("a")));
    assert!(log.take().is_empty(), "nobody owns the siblings");
}

#[test]
fn cancelling() {
    let (core, [a, b, c], log) = group();
    assert!(!core.leave(Some(b)));
    assert!(core.cancel());
    assert_eq!(log.take(), [a, c]);
    assert!(!core.is_done() && !core.is_cancelled() && !core.is_open());
    assert!(!core.leave(Some(a)));
    core.settle(Err("too late"));
    assert!(core.cancel(), "there is one left");
    assert!(log.take().is_empty(), "it was told");
    assert!(!core.leave(Some(c)));
    assert!(core.is_done() && core.is_cancelled() && !core.cancel());
    assert_eq!(outcome(&core), Some(Err("cancelled")));
}

#[test]
fn cancelling_what_runs_on_after_an_error() {
    let (core, [a, b], log) = group();
    core.settle(Err("a"));
    assert!(!core.leave(Some(a)));
    assert!(core.cancel());
    assert_eq!(log.take(), [b]);
    assert!(!core.leave(Some(b)));
    assert!(!core.is_cancelled());
    assert_eq!(outcome(&core), Some(Err("a")));
}

#[test]
fn a_member_that_starts_while_others_are_told_to_stop() {
    let end: [fn(&TestCore); 4] = [
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
    for end in end {
        let (core, [_], log) = group();
        let starting = core.enter();
        end(&core);
        log.take();
        core.register(starting, log.member(starting));
        assert_eq!(log.take(), [starting]);
    }
}

#[test]
fn a_member_that_left_before_it_could_be_told_how_it_is_stopped() {
    let (core, [a], log) = group();
    let fast = core.enter();
    assert!(!core.leave(Some(fast)));
    core.register(fast, log.member(fast));
    assert!(core.cancel());
    assert_eq!(log.take().last(), Some(&a));
    assert!(!core.leave(Some(a)));
    assert!(core.is_cancelled());
}

#[test]
fn who_may_start_members_counts_as_alive() {
    let (core, [a], _) = group();
    core.hold();
    assert!(!core.leave(Some(a)));
    assert!(core.leave(None));
}

#[test]
fn the_deadline() {
    let (core, [a, b], log) = group();
    assert!(core.is_open());
    core.stop(StopReason::TimedOut);
    core.stop(StopReason::Cancelled);
    assert_eq!((core.stopping(), core.is_open()), (Some(StopReason::TimedOut), false));
    assert_eq!(log.take(), [a, b]);
    assert!(!core.leave(Some(a)));
    assert!(core.leave(Some(b)), "it decides nothing");
    core.settle(Ok(1));
    core.stop(StopReason::Cancelled);
    assert_eq!(outcome(&core), Some(Ok(1)));
}

#[test]
fn the_deadline_of_a_decided_group() {
    let (core, [a, _], log) = group();
    core.settle(Err("a"));
    assert!(!core.leave(Some(a)));
    core.stop(StopReason::TimedOut);
    assert_eq!((core.stopping(), log.take()), (None, vec![]));
}

#[test]
fn an_error_ends_the_siblings_of_an_owned_group() {
    let (core, [a, b], log) = group();
    core.own();
    assert!(!is_ready(|cx, key| core.poll_owned(cx, key)));
    core.settle(Err("a"));
    assert_eq!(log.take(), [a, b]);
    assert!(!core.leave(Some(a)));
    assert!(!is_ready(|cx, key| core.poll_owned(cx, key)), "one is left");
    assert!(!core.leave(Some(b)));
    assert!(is_ready(|cx, key| core.poll_owned(cx, key)));
    assert_eq!(core.take(None), Some(Err("a")));
}

#[test]
fn owning_ends_the_siblings_of_an_error_that_came_before() {
    let (core, [a, b], log) = group();
    core.settle(Err("a"));
    assert!(!core.leave(Some(a)));
    assert!(log.take().is_empty());
    core.own();
    assert_eq!(log.take(), [b]);
}

#[test]
fn callbacks_run_in_order_before_anybody_wakes() {
    let (core, [a], _) = group();
    let core = Arc::new(core);
    core.set_share(|outcome| Arc::new(outcome));
    let alarm = Arc::new(Alarm::default());
    let waker = Waker::from(Arc::clone(&alarm));
    assert!(core.poll_announced(&mut Context::from_waker(&waker), &mut None).is_pending());
    let seen = Arc::new(Mutex::new(Vec::new()));
    for number in 0..3 {
        let (core_inside, alarm, seen) = (Arc::clone(&core), Arc::clone(&alarm), Arc::clone(&seen));
        let late = core.add_callback(Box::new(move |outcome| {
            assert_eq!((outcome, alarm.count(), core_inside.is_done()), (&Ok(1), 0, true));
            let seen_later = Arc::clone(&seen);
            let late = core_inside.add_callback(Box::new(move |_| seen_later.lock().unwrap().push(10 + number)));
            assert!(!late, "who runs the callbacks runs this one too");
            seen.lock().unwrap().push(number);
        }));
        assert!(!late);
    }
    assert!(core.leave(Some(a)));
    core.settle(Ok(1));
    assert_eq!(*seen.lock().unwrap(), [0, 1, 2, 10, 11, 12]);
    assert_eq!(alarm.count(), 1);
}

#[test]
fn a_late_callback_runs_with_the_awaiter_or_the_runtime() {
    for awaited in [false, true] {
        let (core, [a], _) = group();
        core.set_share(|outcome| Arc::new(outcome));
        assert!(core.leave(Some(a)));
        core.settle(Ok(1));
        let calls = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&calls);
        assert!(core.add_callback(Box::new(move |_| {
            counted.fetch_add(1, Ordering::SeqCst);
        })));
        assert_eq!(calls.load(Ordering::SeqCst), 0);
        if !awaited {
            core.announce_late();
            assert_eq!(calls.load(Ordering::SeqCst), 1);
        }
        core.own();
        assert!(is_ready(|cx, key| core.poll_owned(cx, key)));
        assert_eq!(core.take(None), Some(Ok(1)));
        core.announce_late();
        assert_eq!(calls.load(Ordering::SeqCst), 1);
    }
}

#[test]
fn a_callback_after_the_handle_took_a_private_outcome() {
    let (core, [a], _) = group();
    assert!(core.leave(Some(a)));
    core.settle(Ok(1));
    let mut kept = None;
    core.see(|seen| kept = Some(seen));
    assert!(matches!(kept, Some(Seen::PerMember(Ok(1)))));
    core.set_share(|outcome| Arc::new(outcome));
    assert!(core.add_callback(Box::new(|_| {})));
    core.announce_late();
    assert!(is_ready(|cx, key| core.poll_owned(cx, key)));
    assert_eq!(core.callbacks_for_handle().len(), 1);
    assert_eq!(core.take(kept), Some(Ok(1)));
}

#[test]
fn finished_is_later_than_done() {
    let (core, [a, b], _) = group();
    core.settle(Err("a"));
    assert!(!core.leave(Some(a)));
    assert!(is_ready(|cx, key| core.poll_announced(cx, key)));
    assert!(!is_ready(|cx, key| core.poll_finished(cx, key)));
    assert!(!core.leave(Some(b)));
    assert!(is_ready(|cx, key| core.poll_finished(cx, key)));
}

#[test]
fn who_forgets_is_not_woken_and_his_key_is_used_again() {
    let (core, [a], _) = group();
    let alarms = [(); 2].map(|()| Arc::new(Alarm::default()));
    let [one, two] = alarms.each_ref().map(|alarm| Waker::from(Arc::clone(alarm)));
    let (mut first, mut second) = (None, None);
    assert!(core.poll_announced(&mut Context::from_waker(&one), &mut first).is_pending());
    core.forget(first.unwrap());
    assert!(core.poll_announced(&mut Context::from_waker(&two), &mut second).is_pending());
    assert_eq!(first, second);
    assert!(core.leave(Some(a)));
    core.settle(Ok(1));
    assert_eq!(alarms.map(|alarm| alarm.count()), [0, 1]);
}

#[test]
fn user_code_may_call_back() {
    /// Its destructor asks the group.
    struct Asks(Arc<Core<u32, Asks, Asks>>);
    impl Stopper for Asks {
        fn stop(&self) {
            self.0.is_done();
        }
    }
    impl Drop for Asks {
        fn drop(&mut self) {
            self.0.is_done();
        }
    }
    let core = Arc::new(Core::new(|| unreachable!("nobody cancels")));
    let seats = [core.enter(), core.enter()];
    for seat in seats {
        core.register(seat, Asks(Arc::clone(&core)));
    }
    assert!(!core.leave(Some(seats[0])));
    core.settle(Ok(1));
    core.settle(Err(Asks(Arc::clone(&core))));
    assert!(core.cancel());
    core.register(seats[0], Asks(Arc::clone(&core)));
    assert!(!core.leave(Some(seats[1])));
}

#[test]
fn seats_are_as_many_as_members_alive_at_once() {
    let mut seats = Seats::new();
    let first = seats.enter();
    assert_eq!(seats.register(first, first), None);
    for number in 1..10_000 {
        let seat = seats.enter();
        assert_eq!((seat, seats.register(seat, seat)), (number, None));
        if number > 8 {
            assert_eq!(seats.leave(number - 8), Some(number - 8));
        }
    }
    assert_eq!(seats.register(5_000, 0), Some(0), "it has left");
    assert_eq!(seats.take_stoppers(), [&[first], &(9_992..10_000).collect::<Vec<_>>()[..]].concat());
    assert!(seats.capacity() < 100, "{}", seats.capacity());
}
