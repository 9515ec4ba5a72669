//! Items of a list are woken by other threads while it is polled, moved and dropped, in every order.

use std::mem::take;
use std::task::{Context, Poll, Waker};

use loom::sync::Arc;
use loom::thread;

use super::{ChunkMut, ITEMS, ReadyTable};
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::ready::model::{Member, Task};
use crate::in_task::slot_states::BitSet;
use crate::sync::model;

/// A list without the futures: of 200 items, those that the model is about. The others are never woken.
struct List<const N: usize> {
    table: Option<ReadyTable>,
    items: [usize; N],
    members: [Arc<Member>; N],
    left: usize,
}

const LEN: usize = 3 * ITEMS + 8;

impl<const N: usize> List<N> {
    fn new(items: [usize; N]) -> (Self, [Arc<Member>; N]) {
        let members = std::array::from_fn(|_| Member::new());
        (Self { table: None, items, members: members.clone(), left: N }, members)
    }

    fn poll(&mut self, task: &Waker) -> Poll<()> {
        let members = self.members.clone();
        self.poll_with(task, &mut |member, cx| members[member].poll(cx))
    }

    /// Polls as many due items as there are, in order.
    fn poll_with(&mut self, task: &Waker, poll: &mut dyn FnMut(usize, &mut Context<'_>) -> Poll<()>) -> Poll<()> {
        self.poll_some(task, usize::MAX, poll)
    }

    /// Polls so many due items at most, in order. Whether that was all is for the caller to know.
    fn poll_some(
        &mut self,
        task: &Waker,
        mut most: usize,
        poll: &mut dyn FnMut(usize, &mut Context<'_>) -> Poll<()>,
    ) -> Poll<()> {
        let table = self.table.get_or_insert_with(|| ReadyTable::new(LEN, task));
        let mut last = None;
        let mut visit = |entry: ChunkMut<'_>| {
            let first = entry.first();
            let (wakers, state) = entry.split();
            assert!(last < Some(first), "in order, each block once");
            last = Some(first);
            let mut due = take(&mut state.due);
            for (member, item) in self.items.iter().enumerate().filter(|(_, item)| **item / ITEMS * ITEMS == first) {
                if !due.has(item % ITEMS) || most == 0 {
                    continue;
                }
                most -= 1;
                due.remove(item % ITEMS);
                let waker = wakers.of(item % ITEMS);
                if poll(member, &mut Context::from_waker(&waker)).is_ready() {
                    state.states.pending.remove(item % ITEMS);
                    self.left -= 1;
                }
            }
            if most == 0 {
                state.due = due;
            }
            most > 0
        };
        if let Some((mut entry, due)) = table.take_woken(task) {
            entry.reborrow().into_state().due = due;
            visit(entry.reborrow());
            let (index, due) = (entry.index(), entry.into_state().due);
            if due != 0 {
                table.mark_due(index);
            }
        } else if table.any_due() {
            table.for_each_due(None, visit);
        }
        if self.left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

/// Ends a list that nobody is waking: nothing keeps its task, although wakers of items are left.
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
        let (mut list, [member]) = List::new([70]);
        let outside = thread::spawn(move || member.finish());
        task.block_on(|waker| list.poll(waker));
        outside.join().unwrap();
        end(list, &task);
    });
}

/// In one block, and in two.
#[test]
fn two_items_woken_by_two_threads() {
    for items in [[1, 2], [1, 70]] {
        model(move || {
            let task = Task::new();
            let (mut list, members) = List::new(items);
            assert!(list.poll(&task.waker()).is_pending());
            let outside = members.each_ref().map(|member| {
                let (member, waker) = (Arc::clone(member), member.take_waker().unwrap());
                thread::spawn(move || {
                    member.set_done();
                    waker.wake();
                })
            });
            task.block_on(|waker| {
                list.poll_with(waker, &mut |member, _| {
                    if members[member].is_done() { Poll::Ready(()) } else { Poll::Pending }
                })
            });
            for thread in outside {
                thread.join().unwrap();
            }
            drop(list);
            assert!(task.wakes() <= 2);
        });
    }
}

#[test]
fn one_item_woken_by_two_threads() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = List::new([70]);
        assert!(list.poll(&task.waker()).is_pending());
        let other = Arc::clone(&member);
        let outside = [thread::spawn(move || other.wake()), thread::spawn(move || member.finish())];
        task.block_on(|waker| list.poll(waker));
        for thread in outside {
            thread.join().unwrap();
        }
        drop(list);
    });
}

/// A block that comes back on the stack while the list takes it off, under another.
#[test]
fn a_block_that_is_woken_again_while_it_is_taken() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::new([1, 2, 70]);
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

/// What the waker's thread did before is seen by the poll, also where the wake changed nothing.
#[test]
fn a_wake_that_finds_its_item_woken() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = List::new([70]);
        assert!(list.poll(&task.waker()).is_pending());
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
            list.poll_with(waker, &mut |_, _| if member.is_done() { Poll::Ready(()) } else { Poll::Pending })
        });
        outside.join().unwrap();
        drop(list);
        assert!(task.is_let_go());
    });
}

/// The same for a wake that found another item woken, in its block or another, and so woke nobody.
#[test]
fn a_wake_that_finds_another_item_woken() {
    for items in [[1, 2], [1, 70], [70, 1]] {
        model(move || {
            let task = Task::new();
            let (mut list, members) = List::new(items);
            assert!(list.poll(&task.waker()).is_pending());
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
                list.poll_with(waker, &mut |member, _| {
                    if members[member].is_done() { Poll::Ready(()) } else { Poll::Pending }
                })
            });
            outside.join().unwrap();
            drop(list);
            assert!(task.is_let_go());
        });
    }
}

/// A sweep that ends early leaves what is due, beside what is woken meanwhile.
#[test]
fn a_wake_while_some_are_left_for_the_next_sweep() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::new([1, 2, 70, 130]);
        assert!(list.poll(&task.waker()).is_pending());
        members[..3].iter().for_each(|member| member.finish());
        let outside = thread::spawn({
            let [first, .., last] = members.clone();
            move || {
                last.finish();
                first.wake();
            }
        });
        task.block_on(|waker| {
            let mut polled = 0;
            let over = list.poll_some(waker, 1, &mut |member, cx| {
                polled += 1;
                members[member].poll(cx)
            });
            // As a list does whose sweep ended early.
            if polled == 1 && over.is_pending() {
                waker.wake_by_ref();
            }
            over
        });
        outside.join().unwrap();
        drop(list);
        assert!(task.is_let_go());
    });
}

#[test]
fn a_list_that_changes_its_task() {
    model(|| {
        let tasks = [Task::new(), Task::new(), Task::new()];
        let (mut list, [member]) = List::new([70]);
        assert!(list.poll(&tasks[0].waker()).is_pending());
        let outside = thread::spawn(move || {
            member.wake();
            member.finish();
        });
        if list.poll(&tasks[1].waker()).is_pending() {
            tasks[2].block_on(|waker| list.poll(waker));
        }
        outside.join().unwrap();
        drop(list);
        assert!(tasks.iter().all(Task::is_let_go));
    });
}

#[test]
fn a_wake_while_the_list_is_dropped() {
    model(|| {
        let task = Task::new();
        let (mut list, [member]) = List::new([70]);
        assert!(list.poll(&task.waker()).is_pending());
        let waker = member.take_waker().unwrap();
        let outside = thread::spawn(move || waker.wake());
        drop(list);
        outside.join().unwrap();
        assert!(task.is_let_go() && task.wakes() <= 1);
    });
}

/// One thread is on its way to the task, is seen, and has not arrived when the next sets out and the list is dropped.
#[test]
fn two_wakes_while_the_list_is_polled_and_dropped() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = List::new([1, 70]);
        assert!(list.poll(&task.waker()).is_pending());
        let outside = members.map(|member| {
            let waker = member.take_waker().unwrap();
            thread::spawn(move || waker.wake())
        });
        assert!(list.poll_with(&task.waker(), &mut |_, _| Poll::Pending).is_pending());
        drop(list);
        for thread in outside {
            thread.join().unwrap();
        }
        assert!(task.is_let_go() && task.wakes() <= 2);
    });
}

/// Wakes that have ended are all counted: nothing keeps the task, whoever keeps wakers.
#[test]
fn wakes_one_after_the_other_before_the_list_is_dropped() {
    model(|| {
        let task = Task::new();
        let (mut list, [one, other]) = List::new([1, 70]);
        assert!(list.poll(&task.waker()).is_pending());
        for member in [&one, &other] {
            let member = Arc::clone(member);
            let outside = thread::spawn(move || member.wake());
            assert!(list.poll(&task.waker()).is_pending());
            outside.join().unwrap();
        }
        end(list, &task);
    });
}

/// Before there is a table: it is made by the first clone of a waker that an item lends to two threads.
#[test]
fn the_first_clones_of_a_lent_waker_on_two_threads() {
    model(|| {
        let task = Task::new();
        let waker = task.waker();
        let first = TableStackWaker::new(LEN, &waker);
        first.begin(70);
        // SAFETY: it stays here as long as the threads run.
        let stack = unsafe { first.waker() };
        // SAFETY: they are joined below.
        let lent: &'static Waker = unsafe { &*std::ptr::from_ref::<Waker>(&stack) };
        let threads = [(); 2].map(|()| thread::spawn(|| lent.clone()));
        let [one, other] = threads.map(|thread| thread.join().unwrap());
        assert!(one.will_wake(&other) && !first.has_woken());
        let mut table = first.into_table();
        table.end_prefix(70);
        table.entry(70 / ITEMS).into_state().due.remove(70 % ITEMS);
        drop(waker);

        let outside = thread::spawn(move || other.wake());
        one.wake();
        let mut list = List { table: Some(table), items: [70], members: [Member::new()], left: 1 };
        let mut polls = 0;
        task.block_on(|waker| {
            list.poll_with(waker, &mut |_, _| {
                polls += 1;
                Poll::Ready(())
            })
        });
        outside.join().unwrap();
        assert_eq!(polls, 1);
        drop(list);
        assert!(task.is_let_go());
    });
}
