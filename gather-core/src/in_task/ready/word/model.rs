//! Members of a group of up to 64 are woken by other threads while it is polled, moved and dropped, in every order.

use std::task::{Context, Poll, Waker};

use loom::sync::Arc;
use loom::thread;

use crate::in_task::ready::model::{Member, Task};
use crate::in_task::slot_states::{BitSet, SlotStates, WakerSource};
use crate::in_task::wakers::{PollWoken, WakeStrategy, WithWakers};
use crate::sync::model;

/// A group without the futures.
struct Group<const N: usize> {
    slots: PollWoken,
    members: [Arc<Member>; N],
}

impl<const N: usize> Group<N> {
    fn new() -> (Self, [Arc<Member>; N]) {
        let members = std::array::from_fn(|_| Member::new());
        (Self { slots: PollWoken::full(N), members: members.clone() }, members)
    }

    fn poll(&mut self, task: &Waker) -> Poll<()> {
        let members = self.members.clone();
        self.poll_with(task, &mut |member, cx| members[member].poll(cx))
    }

    fn poll_with(&mut self, task: &Waker, poll: &mut dyn FnMut(usize, &mut Context<'_>) -> Poll<()>) -> Poll<()> {
        let due = self.slots.take_due(task);
        self.slots.pass(task, || RunPass { due, poll });
        if self.slots.states().pending.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl<const N: usize> Drop for Group<N> {
    fn drop(&mut self) {
        self.slots.close();
    }
}

struct RunPass<'a> {
    due: u64,
    poll: &'a mut dyn FnMut(usize, &mut Context<'_>) -> Poll<()>,
}

impl WithWakers<u64> for RunPass<'_> {
    type Output = ();
    fn go<K: WakerSource<BitSet = u64>>(self, states: &mut SlotStates<u64>, mut wakers: K) {
        let mut cx = Context::from_waker(Waker::noop());
        for member in (0..64).filter(|member| self.due.has(*member)) {
            if wakers.poll(&mut cx, member, |cx| (self.poll)(member, cx)).is_ready() {
                states.pending.remove(member);
            }
        }
    }
}

/// Ends a group that nobody is waking: nothing keeps its task, although wakers of members are left.
fn end<const N: usize>(group: Group<N>, task: &Task) {
    let members = group.members.clone();
    drop(group);
    assert!(task.is_let_go());
    let wakes = task.wakes();
    members.iter().for_each(|member| member.wake());
    assert_eq!(task.wakes(), wakes);
}

#[test]
fn a_wake_during_the_poll() {
    model(|| {
        let task = Task::new();
        let (mut group, [member]) = Group::new();
        let outside = thread::spawn(move || member.finish());
        task.block_on(|waker| group.poll(waker));
        outside.join().unwrap();
        end(group, &task);
    });
}

#[test]
fn two_members_woken_by_two_threads() {
    model(|| {
        let task = Task::new();
        let (mut group, members) = Group::<2>::new();
        let outside = members.map(|member| thread::spawn(move || member.finish()));
        task.block_on(|waker| group.poll(waker));
        for thread in outside {
            thread.join().unwrap();
        }
        drop(group);
        // Of two wakes at once one may go uncounted: the task then stays as long as wakers of members.
        assert!(task.wakes() <= 2);
    });
}

#[test]
fn one_member_woken_by_two_threads() {
    model(|| {
        let task = Task::new();
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&task.waker()).is_pending());
        let other = Arc::clone(&member);
        let outside = [thread::spawn(move || other.wake()), thread::spawn(move || member.finish())];
        task.block_on(|waker| group.poll(waker));
        for thread in outside {
            thread.join().unwrap();
        }
        drop(group);
    });
}

/// What the waker's thread did before is seen by the poll, also where the wake changed nothing.
#[test]
fn a_wake_that_finds_its_member_woken() {
    model(|| {
        let task = Task::new();
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&task.waker()).is_pending());
        let waker = member.take_waker().unwrap();
        waker.wake_by_ref();
        let outside = thread::spawn({
            let member = Arc::clone(&member);
            move || {
                member.set_done();
                waker.wake();
            }
        });
        task.block_on(|waker| {
            group.poll_with(waker, &mut |_, _| if member.is_done() { Poll::Ready(()) } else { Poll::Pending })
        });
        outside.join().unwrap();
        drop(group);
        assert!(task.is_let_go());
    });
}

/// The same for a wake that found another member woken, and so woke nobody.
#[test]
fn a_wake_that_finds_another_member_woken() {
    model(|| {
        let task = Task::new();
        let (mut group, members) = Group::<2>::new();
        assert!(group.poll(&task.waker()).is_pending());
        let [first, second] = members.each_ref().map(|member| member.take_waker().unwrap());
        first.wake();
        let outside = thread::spawn({
            let member = Arc::clone(&members[1]);
            move || {
                member.set_done();
                second.wake();
            }
        });
        members[0].set_done();
        task.block_on(|waker| {
            group.poll_with(waker, &mut |member, _| {
                if members[member].is_done() { Poll::Ready(()) } else { Poll::Pending }
            })
        });
        outside.join().unwrap();
        drop(group);
        assert!(task.is_let_go());
    });
}

#[test]
fn a_group_that_changes_its_task() {
    model(|| {
        let tasks = [Task::new(), Task::new(), Task::new()];
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&tasks[0].waker()).is_pending());
        let outside = thread::spawn(move || {
            member.wake();
            member.finish();
        });
        if group.poll(&tasks[1].waker()).is_pending() {
            tasks[2].block_on(|waker| group.poll(waker));
        }
        outside.join().unwrap();
        drop(group);
        assert!(tasks.iter().all(Task::is_let_go));
    });
}

/// Another thread finds the waker that it is about to use replaced.
#[test]
fn a_group_that_changes_its_task_again_and_again() {
    model(|| {
        let tasks = [Task::new(), Task::new(), Task::new()];
        let (mut group, [member]) = Group::new();
        for task in &tasks[..2] {
            assert!(group.poll(&task.waker()).is_pending());
        }
        let outside = thread::spawn(move || member.finish());
        tasks[2].block_on(|waker| group.poll(waker));
        outside.join().unwrap();
        drop(group);
        assert!(tasks.iter().all(Task::is_let_go));
    });
}

#[test]
fn a_wake_while_the_group_is_dropped() {
    model(|| {
        let task = Task::new();
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&task.waker()).is_pending());
        let waker = member.take_waker().unwrap();
        let outside = thread::spawn(move || waker.wake());
        drop(group);
        outside.join().unwrap();
        assert!(task.is_let_go() && task.wakes() <= 1);
    });
}

/// One thread is on its way to the task, is seen, and has not arrived when the next sets out and the group is dropped.
#[test]
fn two_wakes_while_the_group_is_polled_and_dropped() {
    model(|| {
        let task = Task::new();
        let (mut group, members) = Group::<2>::new();
        assert!(group.poll(&task.waker()).is_pending());
        let outside = members.map(|member| {
            let waker = member.take_waker().unwrap();
            thread::spawn(move || waker.wake())
        });
        assert!(group.poll_with(&task.waker(), &mut |_, _| Poll::Pending).is_pending());
        drop(group);
        for thread in outside {
            thread.join().unwrap();
        }
        assert!(task.is_let_go() && task.wakes() <= 2);
    });
}

/// Also where the waker had changed.
#[test]
fn a_wake_while_a_group_that_changed_its_task_is_dropped() {
    model(|| {
        let tasks = [Task::new(), Task::new()];
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&tasks[0].waker()).is_pending());
        let waker = member.take_waker().unwrap();
        let outside = thread::spawn(move || {
            waker.wake_by_ref();
            waker.wake();
        });
        assert!(group.poll_with(&tasks[1].waker(), &mut |_, _| Poll::Pending).is_pending());
        drop(group);
        outside.join().unwrap();
        assert!(tasks.iter().all(Task::is_let_go));
    });
}

/// Wakes that have ended are all counted: nothing keeps the task, whoever keeps wakers.
#[test]
fn wakes_one_after_the_other_before_the_group_is_dropped() {
    model(|| {
        let task = Task::new();
        let (mut group, [member]) = Group::new();
        assert!(group.poll(&task.waker()).is_pending());
        for _ in 0..2 {
            let other = Arc::clone(&member);
            let outside = thread::spawn(move || other.wake());
            assert!(group.poll(&task.waker()).is_pending());
            outside.join().unwrap();
        }
        end(group, &task);
    });
}

/// Members lend their waker to other threads, which end before the poll does.
fn lend<const N: usize>(cx: &Context<'_>, use_it: fn(&'static Waker) -> Option<Waker>) -> [Option<Waker>; N] {
    // SAFETY: the threads are joined below.
    let waker: &'static Waker = unsafe { &*std::ptr::from_ref(cx.waker()) };
    let threads: [_; N] = std::array::from_fn(|_| thread::spawn(move || use_it(waker)));
    threads.map(|thread| thread.join().unwrap())
}

#[test]
fn the_first_clones_of_a_lent_waker_on_two_threads() {
    model(|| {
        let task = Task::new();
        let (mut group, [_]) = Group::new();
        let mut kept = None;
        let polled = group.poll_with(&task.waker(), &mut |_, cx| {
            kept = Some(lend::<2>(cx, |waker| Some(waker.clone())));
            Poll::Pending
        });
        assert!(polled.is_pending());
        let [Some(one), Some(other)] = kept.unwrap() else { panic!("both were cloned") };
        assert!(one.will_wake(&other));
        let outside = thread::spawn(move || other.wake());
        one.wake();
        let mut polls = 0;
        task.block_on(|waker| {
            group.poll_with(waker, &mut |_, _| {
                polls += 1;
                Poll::Ready(())
            })
        });
        outside.join().unwrap();
        assert_eq!(polls, 1);
        drop(group);
        assert!(task.is_let_go());
    });
}

#[test]
fn a_lent_waker_that_is_used_on_two_threads() {
    model(|| {
        let task = Task::new();
        // The second is polled in the same sweep, when the first has its waker back.
        let (mut group, [_, _]) = Group::new();
        let mut polls = 0;
        task.block_on(|waker| {
            group.poll_with(waker, &mut |member, cx| {
                polls += usize::from(member == 0);
                if member == 1 || polls == 2 {
                    return Poll::Ready(());
                }
                lend::<2>(cx, |waker| {
                    waker.wake_by_ref();
                    None
                });
                Poll::Pending
            })
        });
        drop(group);
        assert!(task.is_let_go() && polls == 2);
    });
}

/// The first member keeps its waker in a sweep that goes on with the next, who wakes itself and is woken.
#[test]
fn a_wake_while_the_sweep_that_made_the_block_goes_on() {
    model(|| {
        let task = Task::new();
        let (mut group, members) = Group::<2>::new();
        let mut outside = None;
        let mut woke_itself = false;
        task.block_on(|waker| {
            group.poll_with(waker, &mut |member, cx| {
                if member == 0 && outside.is_none() {
                    let (first, waker) = (Arc::clone(&members[0]), cx.waker().clone());
                    outside = Some(thread::spawn(move || {
                        first.set_done();
                        waker.wake();
                    }));
                } else if member == 1 && !woke_itself {
                    woke_itself = true;
                    members[1].set_done();
                    cx.waker().wake_by_ref();
                    return Poll::Pending;
                }
                if members[member].is_done() { Poll::Ready(()) } else { Poll::Pending }
            })
        });
        outside.unwrap().join().unwrap();
        drop(group);
        assert!(task.is_let_go());
    });
}
