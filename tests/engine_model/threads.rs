//! The same groups, each of whose members is let through and woken once by one of several threads, while the group is polled,
//! moved to another task and, perhaps, dropped.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

use proptest::prelude::*;

use crate::groups::{Policy, SHAPES};
use crate::script::{End, Event, Got, Script, Scripted, Step, World};
use crate::{config, len, members_of, reference::Reference};

const THREADS: usize = 3;

#[derive(Default)]
struct Task(AtomicUsize);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

fn look(shape: usize, lens: [usize; 2], policy: Policy, step: usize, drop_after: usize) {
    let parts = (SHAPES[shape].parts)(lens);
    let count = members_of(&parts);
    let world = World::new(count);
    let script = Script { steps: vec![Step::Gate], end: End::Good };
    let members = (0..count).map(|id| Scripted::new(id, script.clone(), &world)).collect();
    let exact = Reference::new(policy, &parts, &vec![script.clone(); count]).is_exact();
    let mut group = Some((SHAPES[shape].make)(policy, &parts, members));
    let tasks: [Arc<Task>; 2] = std::array::from_fn(|_| Arc::default());

    thread::scope(|scope| {
        let threads: [_; THREADS] = std::array::from_fn(|first| {
            let world = &world;
            scope.spawn(move || {
                // Each has its share, in an order of its own.
                (first..count).step_by(THREADS).for_each(|i| {
                    // `step` and `count` have no common divisor.
                    let member = i * step % count.max(1);
                    world.open(member);
                    if let Some(waker) = world.waker(member, true) {
                        waker.wake();
                    }
                });
            })
        });
        let (mut polls, mut seen) = (0, 0);
        while let Some(running) = &mut group {
            // Two polls by one task, two by the other.
            let task = &tasks[polls / 2 % 2];
            let is_over = threads.iter().all(thread::ScopedJoinHandle::is_finished);
            if polls > 0 && tasks[(polls - 1) / 2 % 2].0.load(Ordering::SeqCst) == seen {
                assert!(!is_over, "a wake was lost");
                thread::yield_now();
                continue;
            }
            seen = task.0.load(Ordering::SeqCst);
            polls += 1;
            let waker = Waker::from(Arc::clone(task));
            match running.as_mut().poll(&mut Context::from_waker(&waker)) {
                Poll::Ready(got) => {
                    assert_eq!(got, (0..count).map(Got::Value).collect::<Vec<_>>());
                    group = None;
                }
                Poll::Pending if polls == drop_after => group = None,
                Poll::Pending => {}
            }
        }
    });

    let mut polls = vec![0; count];
    let mut drops = vec![0; count];
    for event in world.take_events() {
        match event {
            Event::Polled(member) => polls[member] += 1,
            Event::FutureDropped(member) => drops[member] += 1,
            Event::ValueDropped(_) => {}
        }
    }
    assert!(drops.iter().all(|drops| *drops == 1), "{drops:?}");
    assert!(!exact || polls.iter().all(|polls| *polls <= 2), "once, and once more for one wake: {polls:?}");
    drop(world.take_wakers());
    assert_eq!(Arc::strong_count(&world), 1);
    assert!(tasks.iter().all(|task| Arc::strong_count(task) == 1), "the task is kept");
}

fn divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { divisor(b, a % b) }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn no_wake_from_other_threads_is_lost(
        shape in 0..SHAPES.len(),
        lens in [len(), len()],
        policy in prop::sample::select(Policy::ALL.to_vec()),
        step in 1..200usize,
        drop_after in 0..12usize,
    ) {
        let count = members_of(&(SHAPES[shape].parts)(lens));
        let step = if divisor(count, step) == 1 { step } else { 1 };
        look(shape, lens, policy, step, drop_after);
    }
}
