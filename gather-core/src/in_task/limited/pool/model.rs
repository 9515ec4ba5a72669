//! Items of a pool are woken, kept and dropped by other threads while their slots are used again, in every order.

use std::sync::Arc as Std;
use std::sync::atomic::{AtomicUsize as Count, Ordering};
use std::task::{Context, Poll, Waker};

use loom::sync::Arc;
use loom::thread;

use super::Pool;
use crate::in_task::ready::model::{Member, Task};
use crate::in_task::ready::slots::SlotStackWaker;
use crate::sync::model;

/// What [`LimitedList`](crate::in_task::LimitedList) does with its pool, without the futures: an item is a number.
struct List<const N: usize> {
    pool: Pool<usize>,
    members: [Arc<Member>; N],
    limit: usize,
    started: usize,
    /// How often each was polled. Not loom's: to count must not order anything.
    polls: [Std<Count>; N],
}

impl<const N: usize> List<N> {
    fn new(limit: usize) -> (Self, [Arc<Member>; N]) {
        let members = std::array::from_fn(|_| Member::new());
        let polls = std::array::from_fn(|_| Std::new(Count::new(0)));
        (Self { pool: Pool::new(), members: members.clone(), limit, started: 0, polls }, members)
    }

    fn poll(&mut self, task: &Waker) -> Poll<()> {
        let due = match self.pool.take_woken(task) {
            Some(slot) => vec![slot],
            None => std::mem::take(&mut self.pool.due),
        };
        assert!(due.is_sorted_by_key(|slot| slot.item()));
        for slot in due {
            let item = slot.item();
            self.polls[item].fetch_add(1, Ordering::Relaxed);
            if self.members[item].poll(&mut Context::from_waker(&slot.waker())).is_ready() {
                slot.set_gone();
                // With the future goes the waker that it has kept: others of the item may be on their way.
                drop(self.members[item].take_waker());
                self.pool.pending -= 1;
                self.pool.release(slot, true);
            }
        }
        let first = SlotStackWaker::new(task);
        // SAFETY: it stays here, lent to polls in the slots that `begin` is told.
        let waker = unsafe { first.waker() };
        while self.pool.pending < self.limit && self.started < N {
            let slot = self.pool.vacant(task, self.limit);
            first.begin(slot.address());
            slot.occupy(self.started, self.started);
            self.polls[self.started].fetch_add(1, Ordering::Relaxed);
            let polled = self.members[self.started].poll(&mut Context::from_waker(&waker));
            self.started += 1;
            if polled.is_pending() {
                self.pool.pending += 1;
            } else {
                slot.set_gone();
                self.pool.release(slot, true);
            }
        }
        if self.pool.pending == 0 && self.started == N { Poll::Ready(()) } else { Poll::Pending }
    }

    fn polls(&self, item: usize) -> usize {
        self.polls[item].load(Ordering::Relaxed)
    }
}

/// Ends a list that nobody is waking: nothing keeps its task, although wakers of items may be left.
fn end<const N: usize>(list: List<N>, task: &Task) {
    let members = list.members.clone();
    drop(list);
    assert!(task.is_let_go());
    let wakes = task.wakes();
    members.iter().for_each(|member| member.wake());
    assert_eq!(task.wakes(), wakes);
}

#[test]
fn a_wake_during_the_poll() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = List::new(1);
        let outside = thread::spawn(move || member.finish());
        task.block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        end(list, &task);
    });
}

/// The first item's waker wakes for the last time, and goes, while the slot is given to the second.
#[test]
fn a_late_wake_of_an_item_whose_slot_is_wanted() {
    model(|| {
        let task = Task::new();
        let (mut list, [first, second]) = List::new(1);
        assert!(list.poll(&task.waker()).is_pending());
        let kept = first.take_waker().unwrap();
        first.set_done();
        kept.wake_by_ref();
        let outside = thread::spawn(move || kept.wake());
        assert!(list.poll(&task.waker()).is_pending());
        assert!(list.poll(&task.waker()).is_pending());
        outside.join().unwrap();
        assert!(list.poll(&task.waker()).is_pending());
        assert_eq!([list.polls(0), list.polls(1)], [2, 1], "the wake was the first item's");
        second.finish();
        assert!(list.poll(&task.waker()).is_ready());
        end(list, &task);
    });
}

/// Three items in turn in one place, whose wakers are dropped by another thread: slots that were not clean become so.
#[test]
fn slots_that_become_clean_while_they_are_looked_at() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::<3>::new(1);
        list.pool.cool_at = 1;
        assert!(list.poll(&task.waker()).is_pending());
        members[0].finish();
        let kept = members[0].take_waker().unwrap();
        let outside = thread::spawn(move || drop(kept));
        assert!(list.poll(&task.waker()).is_pending());
        members[1].finish();
        assert!(list.poll(&task.waker()).is_pending());
        outside.join().unwrap();
        members[2].finish();
        assert!(list.poll(&task.waker()).is_ready());
        assert_eq!([0, 1, 2].map(|item| list.polls(item)), [2, 2, 2]);
        end(list, &task);
    });
}

/// In one block, and, with one slot at a time, in two.
#[test]
fn two_items_woken_by_two_threads() {
    for limits in [[2, 2], [1, 2]] {
        model(move || {
            let task = Task::new();
            let (mut list, members) = List::<2>::new(limits[0]);
            assert!(list.poll(&task.waker()).is_pending());
            list.limit = limits[1];
            assert!(list.poll(&task.waker()).is_pending());
            let outside = members.map(|member| thread::spawn(move || member.finish()));
            task.block_on(|waker| list.poll(waker));
            for thread in outside {
                thread.join().unwrap();
            }
            drop(list);
            assert!(task.wakes() <= 2);
        });
    }
}

/// What the waker's thread did before is seen by the poll, also where the wake changed nothing.
#[test]
fn a_wake_that_finds_its_item_or_another_woken() {
    for woken_before in [0, 1] {
        model(move || {
            let task = Task::new();
            let (mut list, members) = List::<2>::new(2);
            assert!(list.poll(&task.waker()).is_pending());
            members[woken_before].wake();
            let waker = members[0].take_waker().unwrap();
            members[1].set_done();
            let outside = thread::spawn({
                let member = Arc::clone(&members[0]);
                move || {
                    member.set_done();
                    waker.wake();
                }
            });
            members[1].wake();
            task.block_on(|waker| list.poll(waker));
            outside.join().unwrap();
            drop(list);
            assert!(task.is_let_go());
        });
    }
}

/// A block that comes back on the stack while the list takes it off, under another.
#[test]
fn a_block_that_is_woken_again_while_it_is_taken() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::<3>::new(2);
        assert!(list.poll(&task.waker()).is_pending());
        list.limit = 3;
        assert!(list.poll(&task.waker()).is_pending());
        members[2].wake();
        members[0].finish();
        let outside = thread::spawn({
            let [_, second, third] = members;
            move || {
                second.finish();
                third.finish();
            }
        });
        task.block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        drop(list);
        assert!(task.is_let_go());
    });
}

/// Room is made for more items while one of those that there are is woken.
#[test]
fn a_wake_while_the_pool_grows() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::<2>::new(1);
        assert!(list.poll(&task.waker()).is_pending());
        let outside = thread::spawn({
            let [first, second] = members;
            move || {
                first.finish();
                second.finish();
            }
        });
        list.limit = 2;
        task.block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        drop(list);
        assert!(task.is_let_go());
    });
}

#[test]
fn a_list_that_changes_its_task() {
    model(|| {
        let tasks = [Task::new(), Task::new()];
        let (mut list, [member]) = List::new(1);
        assert!(list.poll(&tasks[0].waker()).is_pending());
        let outside = thread::spawn(move || {
            member.wake();
            member.finish();
        });
        tasks[1].block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        drop(list);
        assert!(tasks.iter().all(Task::is_let_go));
    });
}

/// A waker that is woken, cloned and dropped while the list is dropped: it is freed once, and the task let go.
#[test]
fn a_waker_in_use_while_the_list_is_dropped() {
    for woken_before in [false, true] {
        model(move || {
            let task = Task::new();
            let (mut list, [member]) = List::new(1);
            assert!(list.poll(&task.waker()).is_pending());
            let waker = member.take_waker().unwrap();
            if woken_before {
                waker.wake_by_ref();
            }
            let outside = thread::spawn(move || {
                let clone = waker.clone();
                waker.wake();
                drop(clone);
            });
            drop(list);
            outside.join().unwrap();
            assert!(task.is_let_go() && task.wakes() <= 2);
        });
    }
}

#[test]
fn two_last_wakers_are_dropped_while_the_list_is() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::<2>::new(2);
        assert!(list.poll(&task.waker()).is_pending());
        let outside = members.map(|member| {
            let waker = member.take_waker().unwrap();
            thread::spawn(move || drop(waker))
        });
        drop(list);
        for thread in outside {
            thread.join().unwrap();
        }
        assert!(task.is_let_go());
    });
}

/// The waker of a first poll, lent to another thread that keeps it.
#[test]
fn a_lent_waker_is_kept_on_another_thread() {
    model(|| {
        let task = Task::new();
        let waker = task.waker();
        let mut pool = Pool::<usize>::new();
        let slot = pool.vacant(&waker, 1);
        slot.occupy(0, 0);
        let first = SlotStackWaker::new(&waker);
        first.begin(slot.address());
        // SAFETY: it stays here as long as the threads run.
        let stack = unsafe { first.waker() };
        // SAFETY: they are joined below.
        let lent: &'static Waker = unsafe { &*std::ptr::from_ref::<Waker>(&stack) };
        let threads = [(); 2].map(|()| thread::spawn(|| lent.clone()));
        let [one, other] = threads.map(|thread| thread.join().unwrap());
        assert!(one.will_wake(&other) && first.is_used() && !first.has_woken());
        let outside = thread::spawn(move || other.wake());
        one.wake();
        drop(waker);
        task.block_on(|waker| if pool.take_woken(waker).is_some() { Poll::Ready(()) } else { Poll::Pending });
        outside.join().unwrap();
        drop(pool);
        assert!(task.is_let_go());
    });
}

/// The source is woken by one thread, an item by another.
#[test]
fn the_source_and_an_item_are_woken() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = List::new(1);
        assert!(list.poll(&task.waker()).is_pending());
        list.pool.source_due = false;
        let source = (*list.pool.source_waker(&task.waker())).clone();
        let outside = [thread::spawn(move || source.wake()), thread::spawn(move || member.finish())];
        let mut over = false;
        task.block_on(|waker| {
            over |= list.poll(waker).is_ready();
            if over && list.pool.source_due { Poll::Ready(()) } else { Poll::Pending }
        });
        for thread in outside {
            thread.join().unwrap();
        }
        assert_eq!(list.polls(0), 2);
        drop(list);
        assert!(task.is_let_go());
    });
}
