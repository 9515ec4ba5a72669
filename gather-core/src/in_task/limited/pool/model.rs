//! Items of a pool are woken, kept and dropped by other threads while their slots are used again, in every order.

use std::mem::take;
use std::task::{Context, Poll, Waker};

use loom::sync::Arc;
use loom::thread;

use super::{Pool, SlotRef};
use crate::in_task::ready::model::scenarios::{end, scenarios};
use crate::in_task::ready::model::{Group, Member, PollMember, ReadySet, Task};
use crate::in_task::ready::slots::SlotStackWaker;
use crate::sync::model;

/// What [`LimitedList`](crate::in_task::LimitedList) does with its pool, without the futures: an item is a number.
struct Items {
    pool: Pool<usize>,
    limit: usize,
    /// The limit grows to so many with each sweep. What it allows more stands in another block.
    most: usize,
    started: usize,
    /// How often each was polled.
    polls: Vec<usize>,
}

impl Items {
    fn ended(&mut self, slot: SlotRef<usize>, used: bool) {
        slot.set_gone();
        self.pool.release(slot, used);
    }
}

impl ReadySet for Items {
    const WAYS: usize = 2;
    const WAKERS_STAY: bool = false;

    fn new(members: usize, way: usize) -> Self {
        Self { pool: Pool::new(), limit: members - way, most: members, started: 0, polls: vec![0; members] }
    }

    fn poll(&mut self, task: &Waker, poll: PollMember<'_>) -> Poll<()> {
        let due = match self.pool.take_woken(task) {
            Some(slot) => vec![slot],
            None => take(&mut self.pool.due),
        };
        assert!(due.is_sorted_by_key(|slot| slot.item()));
        for slot in due {
            self.polls[slot.item()] += 1;
            if poll(slot.item(), &mut Context::from_waker(&slot.waker())).is_ready() {
                self.pool.pending -= 1;
                self.ended(slot, true);
            }
        }
        let first = SlotStackWaker::new(task);
        // SAFETY: it stays here, lent to polls in the slots that `begin` is told.
        let waker = unsafe { first.waker() };
        while self.pool.pending < self.limit && self.started < self.polls.len() {
            let slot = self.pool.vacant(task, self.limit);
            first.begin(slot.address());
            let item = self.started;
            slot.occupy(item, item);
            self.started += 1;
            self.polls[item] += 1;
            if poll(item, &mut Context::from_waker(&waker)).is_ready() {
                self.ended(slot, first.is_used());
                continue;
            }
            self.pool.pending += 1;
            if first.has_woken() {
                self.pool.due.push(slot);
            }
        }
        self.limit = self.most.min(self.limit + 1);
        if self.pool.pending == 0 && self.started == self.polls.len() { Poll::Ready(()) } else { Poll::Pending }
    }
}

scenarios!(Items);

/// Items that start one after the other.
fn one_at_a_time<const N: usize>() -> (Group<Items, N>, [Arc<Member>; N]) {
    let (mut list, members) = Group::<Items, N>::new(0);
    (list.set.limit, list.set.most) = (1, 1);
    (list, members)
}

/// The first item's waker wakes for the last time, and goes, while the slot is given to the second.
#[test]
fn a_late_wake_of_an_item_whose_slot_is_wanted() {
    model(|| {
        let task = Task::new();
        let (mut list, [first, second]) = one_at_a_time();
        assert!(list.poll(&task.waker()).is_pending());
        let kept = first.take_waker().unwrap();
        first.set_done();
        kept.wake_by_ref();
        let outside = thread::spawn(move || kept.wake());
        assert!(list.poll(&task.waker()).is_pending());
        assert!(list.poll(&task.waker()).is_pending());
        outside.join().unwrap();
        assert!(list.poll(&task.waker()).is_pending());
        assert_eq!(list.set.polls, [2, 1], "the wake was the first item's");
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
        let (mut list, members) = one_at_a_time::<3>();
        list.set.pool.cool_at = 1;
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
        assert_eq!(list.set.polls, [2, 2, 2]);
        end(list, &task);
    });
}

/// Room is made for more items while one of those that there are is woken.
#[test]
fn a_wake_while_the_pool_grows() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = one_at_a_time::<2>();
        assert!(list.poll(&task.waker()).is_pending());
        let outside = thread::spawn({
            let [first, second] = members;
            move || {
                first.finish();
                second.finish();
            }
        });
        list.set.limit = 2;
        task.block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        drop(list);
        assert!(task.is_let_go());
    });
}

/// An item is woken while its list turns out to be short, so that the pool wakes nobody any more; then the list is dropped.
#[test]
fn a_wake_while_the_pool_is_silenced() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = one_at_a_time();
        assert!(list.poll(&task.waker()).is_pending());
        let kept = member.take_waker().unwrap();
        let outside = thread::spawn(move || {
            kept.wake_by_ref();
            kept
        });
        list.set.pool.silence();
        list.set.pool.silence();
        let kept = outside.join().unwrap();
        kept.wake_by_ref();
        assert_eq!(list.set.polls, [1]);
        drop(list);
        kept.wake();
        assert!(task.is_let_go());
    });
}

/// The source is woken by one thread, an item by another.
#[test]
fn the_source_and_an_item_are_woken() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = one_at_a_time();
        assert!(list.poll(&task.waker()).is_pending());
        list.set.pool.source_due = false;
        let source = (*list.set.pool.source_waker(&task.waker())).clone();
        let outside = [thread::spawn(move || source.wake()), thread::spawn(move || member.finish())];
        let mut over = false;
        task.block_on(|waker| {
            over |= list.poll(waker).is_ready();
            if over && list.set.pool.source_due { Poll::Ready(()) } else { Poll::Pending }
        });
        for thread in outside {
            thread.join().unwrap();
        }
        assert_eq!(list.set.polls[0], 2);
        drop(list);
        assert!(task.is_let_go());
    });
}
