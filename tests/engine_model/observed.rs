//! Random graphs of random members, in every variant, ended in every way: what must be true of any of them.
//!
//! It is not said here in which order members are polled; for groups without dependencies the [reference](crate::reference) says it.

use std::cell::RefCell;
use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;

use crate::cases::{Action, Case, case};
use crate::config;
use crate::graphs::{Clock, Due, GRAPHS, Group, Maker, Variant};
use crate::script::{End, Event, Got, Script, World};
use crate::support::CountingWaker;

/// How a group ended.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Outcome {
    Ready(Vec<Got>),
    Panicked,
    Dropped,
}

/// What became of one member.
#[derive(Clone, Copy, Debug, Default)]
struct Fate {
    polls: usize,
    future_drops: usize,
    value_drops: usize,
}

struct Run<'m> {
    case: &'m Case,
    maker: &'m Maker,
    scripts: &'m [Script],
    group: Option<Group<'m>>,
    fates: Vec<Fate>,
    tasks: [Arc<CountingWaker>; 3],
    polled: Option<(usize, usize)>,
    /// The deadline has come.
    due: bool,
    outcome: Outcome,
}

impl Run<'_> {
    fn is_woken(&self) -> bool {
        self.polled.is_none_or(|(task, before)| self.tasks[task].count() > before)
    }

    fn is_running(&self, id: usize) -> bool {
        let fate = &self.fates[id];
        fate.polls > 0 && fate.future_drops == 0
    }

    /// Reads what has happened.
    fn look(&mut self) {
        let mut running = (0..self.fates.len()).filter(|id| self.is_running(*id)).count();
        for event in self.maker.world.take_events() {
            match event {
                Event::Polled(id) => {
                    assert_eq!(self.fates[id].future_drops, 0, "polled after its end");
                    running += usize::from(self.fates[id].polls == 0);
                    self.fates[id].polls += 1;
                    assert!(self.fates[id].polls <= self.scripts[id].steps.len() + 1, "polled after its end");
                    assert!(!self.case.variant.has_limit() || running <= self.maker.limit, "more than the limit");
                }
                Event::FutureDropped(id) => {
                    running -= usize::from(self.is_running(id));
                    self.fates[id].future_drops += 1;
                    assert_eq!(self.fates[id].future_drops, 1, "dropped twice");
                }
                Event::ValueDropped(id) => {
                    self.fates[id].value_drops += 1;
                    assert_eq!(self.fates[id].value_drops, 1, "dropped twice");
                }
            }
        }
    }

    fn poll(&mut self, task: usize) {
        let Some(group) = &mut self.group else { return };
        self.polled = Some((task, self.tasks[task].count()));
        let waker = Waker::from(Arc::clone(&self.tasks[task]));
        let polled = catch_unwind(AssertUnwindSafe(|| group.as_mut().poll(&mut Context::from_waker(&waker))));
        self.look();
        match polled {
            Ok(Poll::Pending) => {
                assert!(!self.due, "a deadline is prompt");
                return;
            }
            Ok(Poll::Ready(got)) => self.outcome = Outcome::Ready(got),
            Err(_) => self.outcome = Outcome::Panicked,
        }
        self.drop();
    }

    fn wake(&mut self, id: usize) {
        let live = self.group.is_some() && self.is_running(id);
        let Some(waker) = self.maker.world.waker(id, true) else { return };
        waker.wake();
        assert!(!live || self.is_woken(), "a wake was lost");
    }

    fn come(&mut self) {
        if self.case.variant.has_deadline() && self.polled.is_some() && self.group.is_some() {
            self.due = true;
            self.maker.clock.come(self.case.due);
            assert!(self.is_woken(), "the deadline's wake was lost");
        }
    }

    fn drop(&mut self) {
        let Some(group) = self.group.take() else { return };
        let panicked = catch_unwind(AssertUnwindSafe(|| drop(group))).is_err();
        assert!(!panicked || self.scripts.iter().any(|script| script.end == End::DropPanics));
        self.look();
    }

    fn finish(&mut self) {
        while self.group.is_some() {
            for id in 0..self.fates.len() {
                if self.is_running(id) {
                    self.wake(id);
                }
            }
            assert!(self.is_woken(), "nobody would ever poll it");
            self.poll(self.polled.map_or(0, |(task, _)| task));
        }
    }

    /// Of a member that has given its output, or panicked.
    fn ended(&self, id: usize) -> bool {
        self.fates[id].polls == self.scripts[id].steps.len() + 1
    }

    fn has_value(&self, id: usize) -> bool {
        self.ended(id) && self.scripts[id].end != End::Panics
    }

    /// How many values were leaked.
    fn check(&self) -> usize {
        let mut leaks = 0;
        let made = |id: usize| self.maker.scripts.borrow()[id].is_none();
        let mut taken = vec![0; self.fates.len()];
        if let Outcome::Ready(got) = &self.outcome {
            for got in got {
                if let Got::Value(id) | Got::Error(id) = got {
                    taken[*id] += 1;
                }
            }
        }
        for (id, fate) in self.fates.iter().enumerate() {
            assert_eq!(fate.future_drops, usize::from(made(id)), "future {id}: made, and dropped");
            let value = usize::from(self.has_value(id));
            let found = fate.value_drops + taken[id];
            // Where a destructor panics after an `.await`, rustc leaks what that has given.
            let leaked = found == 0 && self.scripts[id].end == End::DropPanics;
            leaks += usize::from(leaked && value == 1);
            assert!(found == value || leaked, "value {id}: taken or dropped, once, not {found} times");
        }
        match &self.outcome {
            Outcome::Dropped => {}
            Outcome::Panicked => {
                let ends = |end| self.scripts.iter().any(|script| script.end == end);
                let deadline = self.due && self.case.due == Due::Panics;
                assert!(ends(End::DropPanics) || !self.case.variant.catches() && ends(End::Panics) || deadline);
            }
            Outcome::Ready(got) if self.case.variant.keeps() => self.check_kept(got),
            Outcome::Ready(got) => self.check_fields(got),
        }
        leaks
    }

    fn end_of(&self, id: usize) -> Got {
        match self.scripts[id].end {
            End::Good => Got::Value(id),
            End::Bad => Got::Error(id),
            End::Panics | End::DropPanics => Got::Panic,
        }
    }

    /// Of a policy that keeps what goes wrong: one entry for each member, or one for a list that was never made.
    fn check_kept(&self, got: &[Got]) {
        let mut got = got.iter().copied();
        for (part, (first, len)) in self.maker.parts.iter().enumerate() {
            if self.maker.waiting.borrow()[part] {
                assert!(matches!(got.next(), Some(Got::Skipped | Got::Cancelled)), "part {part} was not made");
                continue;
            }
            for id in *first..first + len {
                // Whatever a deadline finds unpulled, where the length is not known, has no field.
                let found = got.next().unwrap_or_else(|| panic!("no field of {id}"));
                if self.ended(id) {
                    assert_eq!(found, self.end_of(id));
                } else {
                    assert!(self.due, "{found:?} of {id}, which has not ended");
                    assert!(found == Got::Cancelled || self.scripts[id].end == End::DropPanics, "{found:?} of {id}");
                }
            }
        }
        assert_eq!(got.next(), None);
    }

    fn check_fields(&self, got: &[Got]) {
        let failed = |id: &usize| self.ended(*id) && !matches!(self.end_of(*id), Got::Value(_));
        let failed: Vec<usize> = (0..self.fates.len()).filter(failed).collect();
        if self.case.variant == Variant::Plain || failed.is_empty() {
            assert_eq!(*got, (0..self.fates.len()).map(|id| self.end_of(id)).collect::<Vec<_>>());
        } else if self.case.variant.lists_errors() {
            assert_eq!(*got, failed.iter().map(|id| self.end_of(*id)).collect::<Vec<_>>(), "all, in member order");
        } else {
            assert!(matches!(got, [Got::Error(id)] if failed.contains(id)), "{got:?}");
        }
    }
}

impl Drop for Run<'_> {
    fn drop(&mut self) {
        // A failure is on its way, and destructors of members may panic too.
        forget(self.group.take());
    }
}

/// What was seen of a group.
#[allow(dead_code, reason = "for whoever compares it with something else")]
pub(crate) struct Facts {
    pub(crate) outcome: Outcome,
    pub(crate) was_polled: bool,
    /// The first member of each part, and how many there are.
    pub(crate) parts: Vec<(usize, usize)>,
    /// Parts that wait for others and were never made.
    pub(crate) waiting: Vec<bool>,
    pub(crate) members: Vec<Observed>,
}

/// What was seen of a member.
#[allow(dead_code, reason = "as above")]
pub(crate) struct Observed {
    pub(crate) was_made: bool,
    pub(crate) polls: usize,
    pub(crate) ended: bool,
    pub(crate) end: End,
}

pub(crate) fn run(case: &Case) -> Facts {
    let parts = case.parts();
    let members = parts.last().map_or(0, |(first, len)| first + len);
    let scripts = case.scripts(members);
    let world = World::new(members);
    let maker = Maker {
        world: Arc::clone(&world),
        clock: Arc::<Clock>::default(),
        scripts: RefCell::new(scripts.iter().cloned().map(Some).collect()),
        parts,
        limit: case.limit,
        waiting: RefCell::new(GRAPHS[case.graph].parts.iter().map(|(_, waits)| *waits).collect()),
    };
    let group = (GRAPHS[case.graph].make)(&maker, case.variant);
    let tasks: [Arc<CountingWaker>; 3] = std::array::from_fn(|_| CountingWaker::new());
    let mut run = Run {
        case,
        maker: &maker,
        scripts: &scripts,
        group: Some(group),
        fates: vec![Fate::default(); members],
        tasks: tasks.clone(),
        polled: None,
        due: false,
        outcome: Outcome::Dropped,
    };
    for action in &case.actions {
        match *action {
            Action::Poll(task) => run.poll(task),
            Action::Wake(member) if members > 0 => run.wake(member.index(members)),
            Action::Wake(_) => {}
            Action::Deadline => run.come(),
            Action::Drop => run.drop(),
        }
    }
    run.finish();
    let leaks = run.check();
    let member = |id: usize| Observed {
        was_made: maker.scripts.borrow()[id].is_none(),
        polls: run.fates[id].polls,
        ended: run.ended(id),
        end: scripts[id].end,
    };
    let facts = Facts {
        outcome: run.outcome.clone(),
        was_polled: run.polled.is_some(),
        parts: maker.parts.clone(),
        waiting: maker.waiting.borrow().clone(),
        members: (0..members).map(member).collect(),
    };
    drop(run);
    drop(world.take_wakers());
    drop(maker);
    assert!(tasks.iter().all(|task| Arc::strong_count(task) == 1), "the task is kept");
    assert_eq!(Arc::strong_count(&world), 1 + leaks, "a member was not dropped");
    facts
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_true_of_every_graph(case in case()) {
        run(&case);
    }
}
