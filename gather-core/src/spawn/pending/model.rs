//! Members that give their permits back, against what ends the pending members.

use std::sync::Arc;

use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::{Pending, PendingMember, PendingStarts, StartResult};
use crate::observe::Outcome;
use crate::policy::StopReason;
use crate::spawn::abort::Abortable;
use crate::spawn::state::GroupState;
use crate::sync::model;

struct Told;

impl Abortable for Told {
    fn abort(&self) {}
}

struct Group {
    state: GroupState<usize, &'static str, Told>,
    pending: PendingStarts,
    /// What the last member depends on is done.
    ready: AtomicBool,
    started: AtomicUsize,
    skipped: AtomicUsize,
}

/// Members that are gone when they have started: they count, and keep their permits.
struct Waiting {
    group: Arc<Group>,
    members: usize,
}

impl PendingMember for Waiting {
    fn start_next(&mut self) -> StartResult {
        if self.members == 0 {
            return StartResult::Ended;
        }
        if self.members == 1 && !self.group.ready.load(Ordering::Acquire) {
            return StartResult::Blocked;
        }
        self.members -= 1;
        self.group.started.fetch_add(1, Ordering::AcqRel);
        StartResult::Started
    }

    fn interrupt_rest(&mut self, _: StopReason) {
        self.group.skipped.fetch_add(self.members, Ordering::AcqRel);
        self.members = 0;
    }
}

impl Group {
    /// One member runs and holds the only permit; `members` wait.
    fn new(members: usize, ready: bool) -> (Arc<Self>, usize) {
        let group = Arc::new(Self {
            state: GroupState::new(|| "cancelled"),
            pending: PendingStarts::new(Some(1), true),
            ready: AtomicBool::new(ready),
            started: AtomicUsize::new(0),
            skipped: AtomicUsize::new(0),
        });
        group.state.acquire();
        let mut pending = Pending::default();
        pending.push(Waiting { group: Arc::clone(&group), members: members + 1 });
        group.pending.set(pending);
        assert!(!group.pending.start(&group.state));
        let task = group.state.add_task();
        group.state.register(task, Told);
        assert!(!group.state.release(None));
        group.started.store(0, Ordering::Release);
        (group, task)
    }

    fn release(&self, task: Option<usize>) {
        if self.state.release(task) {
            self.state.settle(Ok(self.started.load(Ordering::Acquire)));
        }
    }

    /// What the task of a member does at its end.
    fn end(&self, task: Option<usize>) {
        if task.is_some() {
            self.release(task);
        }
        if self.pending.release_permit() && self.pending.start(&self.state) {
            self.release(None);
        }
    }

    fn outcome(&self) -> Option<Result<usize, &'static str>> {
        let mut outcome = None;
        self.state.set_share(|outcome| Arc::new(outcome));
        self.state.observe(|seen| outcome = Some(*seen.get()));
        outcome
    }
}

#[test]
fn permits_that_are_released_at_once() {
    model(|| {
        let (group, task) = Group::new(1, true);
        let other = Arc::clone(&group);
        // It gives back the permit of the member that starts meanwhile, or just one more.
        let other = thread::spawn(move || other.end(None));
        group.end(Some(task));
        other.join().unwrap();
        assert_eq!(group.outcome(), Some(Ok(1)));
    });
}

#[test]
fn a_free_permit_against_cancel() {
    model(|| {
        let (group, task) = Group::new(1, true);
        let canceller = Arc::clone(&group);
        let canceller = thread::spawn(move || {
            let cancelled = canceller.state.cancel();
            if cancelled && canceller.pending.discard(Outcome::Cancelled) {
                assert!(!canceller.state.release(None));
            }
            cancelled
        });
        group.end(Some(task));
        if group.outcome().is_none() && !group.state.is_cancelled() {
            // The started one has its permit still.
            group.end(None);
        }
        let cancelled = canceller.join().unwrap();
        assert_eq!(group.outcome(), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
    });
}

#[test]
fn a_free_permit_against_the_deadline() {
    model(|| {
        let (group, task) = Group::new(2, true);
        let clock = Arc::clone(&group);
        let clock = thread::spawn(move || {
            clock.state.deadline_passed(StopReason::TimedOut);
            if clock.pending.interrupt(StopReason::TimedOut) {
                clock.release(None);
            }
        });
        group.end(Some(task));
        group.end(None);
        group.end(None);
        clock.join().unwrap();
        assert!(group.outcome().is_some_and(|outcome| outcome.is_ok()));
        assert_eq!(group.started.load(Ordering::Acquire) + group.skipped.load(Ordering::Acquire), 2);
    });
}

#[test]
fn a_dependency_against_a_free_permit() {
    model(|| {
        let (group, task) = Group::new(1, false);
        let dependency = Arc::clone(&group);
        let dependency = thread::spawn(move || {
            dependency.ready.store(true, Ordering::Release);
            if dependency.pending.dependency_ended() && dependency.pending.start(&dependency.state) {
                dependency.release(None);
            }
        });
        group.end(Some(task));
        group.end(None);
        dependency.join().unwrap();
        assert_eq!(group.outcome(), Some(Ok(1)));
    });
}
