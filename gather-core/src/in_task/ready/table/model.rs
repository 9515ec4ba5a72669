//! Items of a list are woken by other threads while it is polled, moved and dropped, in every order.

use std::mem::take;
use std::task::{Context, Poll, Waker};

use loom::thread;

use super::{BlockMut, ITEMS, ReadyTable};
use crate::in_task::ready::first::TableStackWaker;
use crate::in_task::ready::model::scenarios::scenarios;
use crate::in_task::ready::model::{Group, PollMember, ReadySet, Task};
use crate::in_task::slot_states::BitSet;
use crate::sync::model;

/// Of the 200 items of a list those that the model is about. The others end before them, or are never woken.
struct Items {
    table: Option<ReadyTable>,
    /// The items, by member.
    items: Vec<usize>,
    left: usize,
    /// So many are polled at most: whether that was all is for the caller to know.
    most: usize,
}

const LEN: usize = 3 * ITEMS + 8;

impl ReadySet for Items {
    const WAYS: usize = 3;

    fn new(members: usize, way: usize) -> Self {
        let mut items: Vec<usize> = (1..=members).collect();
        if way > 0 {
            items[members - 1] = 70;
        }
        if way == 2 {
            items.reverse();
        }
        Self { table: None, items, left: members, most: usize::MAX }
    }

    /// Polls the first item as one that comes before there is a table, and others that are due, in order.
    fn poll(&mut self, task: &Waker, poll: PollMember<'_>) -> Poll<()> {
        let mut most = self.most;
        if self.table.is_none() {
            let (member, &item) = self.items.iter().enumerate().min_by_key(|(_, item)| **item).unwrap();
            let stack = TableStackWaker::new(LEN, task);
            stack.begin(item);
            // SAFETY: `stack` stays here during the poll, to which the waker is lent.
            let waker = unsafe { stack.waker() };
            let polled = poll(member, &mut Context::from_waker(&waker));
            let woken = stack.has_woken();
            let table = self.table.insert(stack.into_table());
            table.end_prefix(item);
            let (wakers, state) = table.entry(item / ITEMS).split();
            state.due.remove(item % ITEMS);
            if polled.is_ready() {
                state.states.pending.remove(item % ITEMS);
                self.left -= 1;
            } else if woken {
                wakers.mark(item % ITEMS);
            }
        }
        let Self { table, items, left, .. } = self;
        let Some(table) = table else { unreachable!() };
        let mut last = None;
        let mut visit = |entry: BlockMut<'_>| {
            let first = entry.first();
            let (wakers, state) = entry.split();
            assert!(last < Some(first), "in order, each block once");
            last = Some(first);
            let mut due = take(&mut state.due);
            for item in first..first + ITEMS {
                let Some(member) = items.iter().position(|of| *of == item) else { continue };
                if !due.has(item % ITEMS) || most == 0 {
                    continue;
                }
                most -= 1;
                due.remove(item % ITEMS);
                if poll(member, &mut Context::from_waker(&wakers.of(item % ITEMS))).is_ready() {
                    state.states.pending.remove(item % ITEMS);
                    *left -= 1;
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
        if *left == 0 { Poll::Ready(()) } else { Poll::Pending }
    }
}

scenarios!(Items);

/// A sweep that ends early leaves what is due, beside what is woken meanwhile.
#[test]
fn a_wake_while_some_are_left_for_the_next_sweep() {
    model(|| {
        let task = Task::new();
        let (mut list, members) = Group::<Items, 4>::started(1, &task);
        members[..3].iter().for_each(|member| member.finish());
        let outside = thread::spawn({
            let [first, .., last] = members.clone();
            move || {
                last.finish();
                first.wake();
            }
        });
        list.set.most = 1;
        task.block_on(|waker| {
            let mut polled = 0;
            let over = list.poll_with(waker, &mut |member, cx| {
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
