//! Members that give their places back, against what ends the line.

use std::sync::Arc;

use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::{Line, Next, Queue};
use crate::policy::StopReason;
use crate::spawn::state::{Core, Stopper};
use crate::sync::model;

struct Told;

impl Stopper for Told {
    fn stop(&self) {}
}

struct Group {
    core: Core<usize, &'static str, Told>,
    line: Line,
    /// What the last member depends on is done.
    ready: AtomicBool,
    started: AtomicUsize,
    skipped: AtomicUsize,
}

/// Members that are gone when they have started: they count, and keep their places.
struct Waiting {
    group: Arc<Group>,
    members: usize,
}

impl Queue for Waiting {
    fn start_next(&mut self) -> Next {
        if self.members == 0 {
            return Next::None;
        }
        if self.members == 1 && !self.group.ready.load(Ordering::Acquire) {
            return Next::Waiting;
        }
        self.members -= 1;
        self.group.started.fetch_add(1, Ordering::AcqRel);
        Next::Started
    }

    fn stop(&mut self, _: StopReason) {
        self.group.skipped.fetch_add(self.members, Ordering::AcqRel);
        self.members = 0;
    }
}

impl Group {
    /// One member runs and holds the only place; `members` wait.
    fn new(members: usize, ready: bool) -> (Arc<Self>, usize) {
        let group = Arc::new(Self {
            core: Core::new(|| "cancelled"),
            line: Line::new(Some(1), true),
            ready: AtomicBool::new(ready),
            started: AtomicUsize::new(0),
            skipped: AtomicUsize::new(0),
        });
        group.core.hold();
        group.line.put(Box::new(Waiting { group: Arc::clone(&group), members: members + 1 }));
        assert!(!group.line.fill(&group.core));
        let seat = group.core.enter();
        group.core.register(seat, Told);
        assert!(!group.core.leave(None));
        group.started.store(0, Ordering::Release);
        (group, seat)
    }

    fn gone(&self, seat: Option<usize>) {
        if self.core.leave(seat) {
            self.core.settle(Ok(self.started.load(Ordering::Acquire)));
        }
    }

    /// What the task of a member does at its end.
    fn leave(&self, seat: Option<usize>) {
        if seat.is_some() {
            self.gone(seat);
        }
        if self.line.release() && self.line.fill(&self.core) {
            self.gone(None);
        }
    }

    fn outcome(&self) -> Option<Result<usize, &'static str>> {
        let mut outcome = None;
        self.core.set_share(|outcome| Arc::new(outcome));
        self.core.see(|seen| outcome = Some(*seen.get()));
        outcome
    }
}

#[test]
fn places_that_come_free_at_once() {
    model(|| {
        let (group, seat) = Group::new(1, true);
        let other = Arc::clone(&group);
        // It gives back the place of the member that starts meanwhile, or just one more.
        let other = thread::spawn(move || other.leave(None));
        group.leave(Some(seat));
        other.join().unwrap();
        assert_eq!(group.outcome(), Some(Ok(1)));
    });
}

#[test]
fn a_free_place_against_cancel() {
    model(|| {
        let (group, seat) = Group::new(1, true);
        let canceller = Arc::clone(&group);
        let canceller = thread::spawn(move || {
            let cancelled = canceller.core.cancel();
            if cancelled && canceller.line.discard() {
                assert!(!canceller.core.leave(None));
            }
            cancelled
        });
        group.leave(Some(seat));
        if group.outcome().is_none() && !group.core.is_cancelled() {
            // The started one has its place still.
            group.leave(None);
        }
        let cancelled = canceller.join().unwrap();
        assert_eq!(group.outcome(), Some(if cancelled { Err("cancelled") } else { Ok(1) }));
    });
}

#[test]
fn a_free_place_against_the_deadline() {
    model(|| {
        let (group, seat) = Group::new(2, true);
        let clock = Arc::clone(&group);
        let clock = thread::spawn(move || {
            clock.core.stop(StopReason::TimedOut);
            if clock.line.stop(StopReason::TimedOut) {
                clock.gone(None);
            }
        });
        group.leave(Some(seat));
        group.leave(None);
        group.leave(None);
        clock.join().unwrap();
        assert!(group.outcome().is_some_and(|outcome| outcome.is_ok()));
        assert_eq!(group.started.load(Ordering::Acquire) + group.skipped.load(Ordering::Acquire), 2);
    });
}

#[test]
fn a_dependency_against_a_free_place() {
    model(|| {
        let (group, seat) = Group::new(1, false);
        let dependency = Arc::clone(&group);
        let dependency = thread::spawn(move || {
            dependency.ready.store(true, Ordering::Release);
            if dependency.line.open() && dependency.line.fill(&dependency.core) {
                dependency.gone(None);
            }
        });
        group.leave(Some(seat));
        group.leave(None);
        dependency.join().unwrap();
        assert_eq!(group.outcome(), Some(Ok(1)));
    });
}
