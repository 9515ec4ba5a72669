//! What is done to a group of any kind while other threads wake its members, in every order.

use std::task::{Context, Poll, Waker};

use loom::sync::Arc;
use loom::thread;

use super::{Group, Member, ReadySet, Task};

/// Tests of all scenarios with one kind of group.
macro_rules! scenarios {
    ($set:ty) => {
        $crate::in_task::ready::model::scenarios::scenarios! {
            $set:
            a_wake_during_the_poll in 1,
            two_members_woken_by_two_threads in <$set>::WAYS,
            one_member_woken_by_two_threads in 1,
            a_wake_that_finds_its_member_woken in 1,
            a_wake_that_finds_another_member_woken in <$set>::WAYS,
            a_block_that_is_woken_again_while_it_is_taken in 1,
            a_group_that_changes_its_task in 1,
            a_wake_while_the_group_is_dropped in 1,
            a_waker_in_use_while_the_group_is_dropped in 2,
            two_last_wakers_are_dropped_while_the_group_is in 1,
            two_wakes_while_the_group_is_polled_and_dropped in <$set>::WAYS,
            wakes_one_after_the_other_before_the_group_is_dropped in <$set>::WAYS,
            the_first_clones_of_a_lent_waker_on_two_threads in 1,
            a_lent_waker_that_is_used_on_two_threads in 1,
            a_wake_while_the_sweep_that_kept_the_waker_goes_on in 1,
        }
    };
    ($set:ty: $($name:ident in $ways:expr,)*) => {$(
        #[test]
        fn $name() {
            for way in 0..$ways {
                $crate::sync::model(move || $crate::in_task::ready::model::scenarios::$name::<$set>(way));
            }
        }
    )*};
}
pub(in crate::in_task) use scenarios;

/// Ends a group that nobody is waking: nothing keeps its task, although wakers of members may be left.
pub(in crate::in_task) fn end<S: ReadySet, const N: usize>(group: Group<S, N>, task: &Task) {
    let members = group.members.clone();
    drop(group);
    assert!(task.is_let_go());
    let wakes = task.wakes();
    members.iter().for_each(|member| member.wake());
    assert_eq!(task.wakes(), wakes);
}

/// Polls a member that does not ask for its waker.
fn poll_done(member: &Member) -> Poll<()> {
    if member.is_done() { Poll::Ready(()) } else { Poll::Pending }
}

pub(in crate::in_task) fn a_wake_during_the_poll<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, [member]) = Group::<S, 1>::new(way);
    let outside = thread::spawn(move || member.finish());
    task.block_on(|waker| group.poll(waker));
    outside.join().unwrap();
    end(group, &task);
}

pub(in crate::in_task) fn two_members_woken_by_two_threads<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, members) = Group::<S, 2>::started(way, &task);
    let outside = members.map(|member| thread::spawn(move || member.finish()));
    task.block_on(|waker| group.poll(waker));
    for thread in outside {
        thread.join().unwrap();
    }
    drop(group);
    // Of two wakes at once one may go uncounted: the task then stays as long as wakers of members.
    assert!(task.wakes() <= 2);
}

pub(in crate::in_task) fn one_member_woken_by_two_threads<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, [member]) = Group::<S, 1>::started(way, &task);
    let other = Arc::clone(&member);
    let outside = [thread::spawn(move || other.wake()), thread::spawn(move || member.finish())];
    task.block_on(|waker| group.poll(waker));
    for thread in outside {
        thread.join().unwrap();
    }
    drop(group);
}

/// What the waker's thread did before is seen by the poll, also where the wake changed nothing.
pub(in crate::in_task) fn a_wake_that_finds_its_member_woken<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, [member]) = Group::<S, 1>::started(way, &task);
    let waker = member.take_waker().unwrap();
    waker.wake_by_ref();
    let outside = thread::spawn({
        let member = Arc::clone(&member);
        move || {
            member.set_done();
            waker.wake();
        }
    });
    task.block_on(|waker| group.poll_with(waker, &mut |_, _| poll_done(&member)));
    outside.join().unwrap();
    drop(group);
    assert!(task.is_let_go());
}

/// The same for a wake that found another member woken, and so woke nobody.
pub(in crate::in_task) fn a_wake_that_finds_another_member_woken<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, members) = Group::<S, 2>::started(way, &task);
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
    task.block_on(|waker| group.poll_with(waker, &mut |member, _| poll_done(&members[member])));
    outside.join().unwrap();
    drop(group);
    assert!(task.is_let_go());
}

/// A block that comes back on the stack while the list takes it off, under another.
pub(in crate::in_task) fn a_block_that_is_woken_again_while_it_is_taken<S: ReadySet>(_: usize) {
    let task = Task::new();
    let apart = S::WAYS.min(2) - 1;
    let (mut group, members) = Group::<S, 3>::started(apart, &task);
    members[2].wake();
    members[0].finish();
    let outside = thread::spawn({
        let [_, second, third] = members;
        move || {
            second.finish();
            third.finish();
        }
    });
    task.block_on(|waker| group.poll(waker));
    outside.join().unwrap();
    drop(group);
    assert!(task.is_let_go());
}

pub(in crate::in_task) fn a_group_that_changes_its_task<S: ReadySet>(way: usize) {
    let tasks = [Task::new(), Task::new(), Task::new()];
    let (mut group, [member]) = Group::<S, 1>::started(way, &tasks[0]);
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
}

/// Another thread finds the waker that it is about to use replaced.
pub(in crate::in_task) fn a_group_that_changes_its_task_again_and_again<S: ReadySet>(way: usize) {
    let tasks = [Task::new(), Task::new(), Task::new()];
    let (mut group, [member]) = Group::<S, 1>::started(way, &tasks[0]);
    assert!(group.poll(&tasks[1].waker()).is_pending());
    let outside = thread::spawn(move || member.finish());
    tasks[2].block_on(|waker| group.poll(waker));
    outside.join().unwrap();
    drop(group);
    assert!(tasks.iter().all(Task::is_let_go));
}

pub(in crate::in_task) fn a_wake_while_the_group_is_dropped<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (group, [member]) = Group::<S, 1>::started(way, &task);
    let waker = member.take_waker().unwrap();
    let outside = thread::spawn(move || waker.wake());
    drop(group);
    outside.join().unwrap();
    assert!(task.is_let_go() && task.wakes() <= 1);
}

/// A waker that is woken, cloned and dropped: what it points at is freed once. In the second way it has been woken before.
pub(in crate::in_task) fn a_waker_in_use_while_the_group_is_dropped<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (group, [member]) = Group::<S, 1>::started(0, &task);
    let waker = member.take_waker().unwrap();
    if way == 1 {
        waker.wake_by_ref();
    }
    let outside = thread::spawn(move || {
        let clone = waker.clone();
        waker.wake();
        drop(clone);
    });
    drop(group);
    outside.join().unwrap();
    assert!(task.is_let_go() && task.wakes() <= 2);
}

pub(in crate::in_task) fn two_last_wakers_are_dropped_while_the_group_is<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (group, members) = Group::<S, 2>::started(way, &task);
    let outside = members.map(|member| {
        let waker = member.take_waker().unwrap();
        thread::spawn(move || drop(waker))
    });
    drop(group);
    for thread in outside {
        thread.join().unwrap();
    }
    assert!(task.is_let_go());
}

/// One thread is on its way to the task, is seen, and has not arrived when the next sets out and the group is dropped.
pub(in crate::in_task) fn two_wakes_while_the_group_is_polled_and_dropped<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, members) = Group::<S, 2>::started(way, &task);
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
}

/// Also where the waker had changed.
pub(in crate::in_task) fn a_wake_while_a_group_that_changed_its_task_is_dropped<S: ReadySet>(way: usize) {
    let tasks = [Task::new(), Task::new()];
    let (mut group, [member]) = Group::<S, 1>::started(way, &tasks[0]);
    let waker = member.take_waker().unwrap();
    let outside = thread::spawn(move || {
        waker.wake_by_ref();
        waker.wake();
    });
    assert!(group.poll_with(&tasks[1].waker(), &mut |_, _| Poll::Pending).is_pending());
    drop(group);
    outside.join().unwrap();
    assert!(tasks.iter().all(Task::is_let_go));
}

/// Wakes that have ended are all counted: nothing keeps the task, whoever keeps wakers.
pub(in crate::in_task) fn wakes_one_after_the_other_before_the_group_is_dropped<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, members) = Group::<S, 2>::started(way, &task);
    for member in members {
        let outside = thread::spawn(move || member.wake());
        assert!(group.poll(&task.waker()).is_pending());
        outside.join().unwrap();
    }
    end(group, &task);
}

/// Members lend their waker to other threads, which end before the poll does.
fn lend<const N: usize>(cx: &Context<'_>, use_it: fn(&'static Waker) -> Option<Waker>) -> [Option<Waker>; N] {
    // SAFETY: the threads are joined below.
    let waker: &'static Waker = unsafe { &*std::ptr::from_ref(cx.waker()) };
    let threads: [_; N] = std::array::from_fn(|_| thread::spawn(move || use_it(waker)));
    threads.map(|thread| thread.join().unwrap())
}

pub(in crate::in_task) fn the_first_clones_of_a_lent_waker_on_two_threads<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, [_]) = Group::<S, 1>::new(way);
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
}

pub(in crate::in_task) fn a_lent_waker_that_is_used_on_two_threads<S: ReadySet>(way: usize) {
    let task = Task::new();
    // The second is polled in the same sweep, when the first has its waker back.
    let (mut group, [_, _]) = Group::<S, 2>::new(way);
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
}

/// The first member keeps its waker in a sweep that goes on with the next, who wakes itself and is woken.
pub(in crate::in_task) fn a_wake_while_the_sweep_that_kept_the_waker_goes_on<S: ReadySet>(way: usize) {
    let task = Task::new();
    let (mut group, members) = Group::<S, 2>::new(way);
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
            poll_done(&members[member])
        })
    });
    outside.unwrap().join().unwrap();
    drop(group);
    assert!(task.is_let_go());
}
