//! Random groups of random members, woken, moved and dropped at random, against a reference that is written plainly: the
//! same polls and drops in the same order, the same outcome, and no wake that is lost. Those with dependencies, limits and
//! deadlines have to do what is true of every group.
//!
//! `PROPTEST_CASES=100000` in front of the command looks longer.
#![forbid(unsafe_code)]
#![recursion_limit = "512"]

mod cases;
mod graphs;
mod groups;
mod observed;
mod reference;
mod script;
#[path = "../support/mod.rs"]
mod support;
mod threads;

use std::mem::forget;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

use groups::{Group, Part, Policy, SHAPES};
use reference::{Outcome, Reference};
use script::{End, Script, Scripted, Step, World};
use support::CountingWaker;

#[derive(Clone, Copy, Debug)]
enum Action {
    /// By one of three tasks.
    Poll(usize),
    /// With the waker that the member has kept last, or first.
    Wake {
        member: Index,
        last: bool,
        from_another_thread: bool,
    },
    Drop,
}

#[derive(Debug)]
struct Case {
    shape: usize,
    parts: Vec<Part>,
    policy: Policy,
    scripts: Vec<Script>,
    actions: Vec<Action>,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        8 => Just(Step::Keep),
        1 => Just(Step::KeepLent),
        3 => Just(Step::WakeItself),
        2 => Just(Step::CloneAndWake),
        3 => any::<Index>().prop_map(|other| Step::Wake(other.index(1 << 16))),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    let wake = (any::<Index>(), prop::bool::weighted(0.9), prop::bool::weighted(0.1));
    prop_oneof![
        20 => (0..3usize).prop_map(Action::Poll),
        40 => wake.prop_map(|(member, last, from_another_thread)| Action::Wake { member, last, from_another_thread }),
        1 => Just(Action::Drop),
    ]
}

fn config() -> ProptestConfig {
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    if std::env::var_os("PROPTEST_CASES").is_some() { config } else { ProptestConfig { cases: 1_000, ..config } }
}

/// The length of a list.
fn len() -> impl Strategy<Value = usize> {
    prop_oneof![prop::sample::select(vec![0, 1, 8, 9, 64, 65]), 0..5usize, 60..70usize, 0..200usize]
}

fn members_of(parts: &[Part]) -> usize {
    parts.iter().map(|part| if let Part::List(len) = part { *len } else { 1 }).sum()
}

fn case() -> impl Strategy<Value = Case> {
    let policy = prop::sample::select(Policy::ALL.to_vec());
    let faults = vec((any::<Index>(), prop::sample::select(vec![End::Bad, End::Panics, End::DropPanics])), 0..3);
    (0..SHAPES.len(), [len(), len()], policy, faults).prop_flat_map(|(shape, lens, policy, faults)| {
        let parts = (SHAPES[shape].parts)(lens);
        let members = members_of(&parts);
        let steps = vec(vec(step(), 0..4), members);
        (steps, vec(action(), 0..60)).prop_map(move |(steps, actions)| {
            let good = |steps: Vec<Step>| Script { steps, end: End::Good };
            let mut scripts: Vec<Script> = steps.into_iter().map(good).collect();
            for script in &mut scripts {
                for step in &mut script.steps {
                    if let Step::Wake(other) = step {
                        *other %= members;
                    }
                }
            }
            for (member, end) in &faults {
                // A panic while another is on its way ends the process.
                let one_more = |script: &Script| {
                    matches!((script.end, end), (End::DropPanics, End::DropPanics))
                        || !policy.catches()
                            && matches!(
                                (script.end, end),
                                (End::DropPanics, End::Panics) | (End::Panics, End::DropPanics)
                            )
                };
                if members > 0 && !scripts.iter().any(one_more) {
                    scripts[member.index(members)].end = *end;
                }
            }
            Case { shape, parts: parts.clone(), policy, scripts, actions }
        })
    })
}

/// A group, and what it has to do.
struct Run {
    group: Option<Group>,
    reference: Reference,
    world: Arc<World>,
    tasks: [Arc<CountingWaker>; 3],
    /// Who polled it last, and how often that had been woken then.
    polled: Option<(usize, usize)>,
}

impl Run {
    fn new(case: &Case) -> Self {
        let world = World::new(case.scripts.len());
        let members = case.scripts.iter().cloned().enumerate();
        let members = members.map(|(id, script)| Scripted::new(id, script, &world)).collect();
        let group = (SHAPES[case.shape].make)(case.policy, &case.parts, members);
        let reference = Reference::new(case.policy, &case.parts, &case.scripts);
        let tasks = std::array::from_fn(|_| CountingWaker::new());
        Self { group: Some(group), reference, world, tasks, polled: None }
    }

    /// Whether the group asks to be polled.
    fn is_woken(&self) -> bool {
        self.polled.is_none_or(|(task, before)| self.tasks[task].count() > before)
    }

    fn check(&mut self) {
        assert_eq!(self.world.take_events(), std::mem::take(&mut self.reference.events));
        assert!(!self.reference.task_must_be_woken() || self.is_woken(), "a wake was lost");
    }

    fn poll(&mut self, task: usize) {
        let Some(group) = &mut self.group else { return };
        self.polled = Some((task, self.tasks[task].count()));
        let waker = Waker::from(Arc::clone(&self.tasks[task]));
        let polled = catch_unwind(AssertUnwindSafe(|| group.as_mut().poll(&mut Context::from_waker(&waker))));
        let outcome = match polled {
            Ok(Poll::Pending) => Outcome::Pending,
            Ok(Poll::Ready(got)) => Outcome::Ready(got),
            Err(_) => Outcome::Panicked,
        };
        assert_eq!(outcome, self.reference.poll(task));
        self.check();
        if outcome != Outcome::Pending {
            self.drop();
        }
    }

    fn wake(&mut self, member: usize, last: bool, from_another_thread: bool) {
        let waker = self.world.waker(member, last);
        let wake = || waker.into_iter().for_each(Waker::wake);
        if from_another_thread {
            thread::spawn(wake).join().unwrap();
        } else {
            wake();
        }
        self.reference.wake(member, last);
        self.check();
    }

    fn drop(&mut self) {
        let Some(group) = self.group.take() else { return };
        let panicked = catch_unwind(AssertUnwindSafe(|| drop(group))).is_err();
        assert_eq!(panicked, self.reference.drop());
        self.check();
    }

    /// Polls it to its end, as often as it asks for it.
    fn finish(&mut self) {
        while self.group.is_some() {
            for member in 0..self.reference.len() {
                if self.group.is_some() && self.reference.is_live(member) {
                    self.wake(member, true, false);
                }
            }
            assert!(self.is_woken(), "nobody would ever poll it");
            self.poll(self.polled.map_or(0, |(task, _)| task));
        }
    }

    /// It is over: what is left of it wakes nobody, and keeps nothing.
    fn leave(&self) {
        let counts = self.tasks.each_ref().map(|task| task.count());
        let wakers = self.world.take_wakers();
        if self.reference.is_exact() {
            assert!(self.tasks.iter().all(|task| Arc::strong_count(task) == 1), "the task is kept");
            wakers.iter().for_each(Waker::wake_by_ref);
            assert_eq!(counts, self.tasks.each_ref().map(|task| task.count()), "woken after the end");
        }
        drop(wakers);
        assert!(self.tasks.iter().all(|task| Arc::strong_count(task) == 1));
        assert_eq!(Arc::strong_count(&self.world), 1, "a member was not dropped");
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // A failure is on its way, and destructors of members may panic too.
        forget(self.group.take());
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_group_does_what_the_reference_does(case in case()) {
        let mut run = Run::new(&case);
        for action in &case.actions {
            match *action {
                Action::Poll(task) => run.poll(task),
                Action::Drop => run.drop(),
                Action::Wake { member, last, from_another_thread } => {
                    if !case.scripts.is_empty() {
                        run.wake(member.index(case.scripts.len()), last, from_another_thread);
                    }
                }
            }
        }
        run.finish();
        run.leave();
    }
}
