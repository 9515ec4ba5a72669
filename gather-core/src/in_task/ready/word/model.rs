//! Members of a group of up to 64 are woken by other threads while it is polled, moved and dropped, in every order.

use std::task::{Context, Poll, Waker};

use crate::in_task::ready::model::scenarios::scenarios;
use crate::in_task::ready::model::{PollMember, ReadySet};
use crate::in_task::slot_states::{BitSet, PollDue, SlotStates, WakerSource};
use crate::in_task::wakers::{PollWoken, WakeStrategy, WithWakers};

struct Word(PollWoken);

impl ReadySet for Word {
    const WAYS: usize = 1;

    fn new(members: usize, _: usize) -> Self {
        Self(PollWoken::full(members))
    }

    fn poll(&mut self, task: &Waker, poll: PollMember<'_>) -> Poll<()> {
        let due = self.0.take_due(task);
        self.0.pass(task, &mut RunPass { due, poll });
        if self.0.states().pending.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    }
}

impl Drop for Word {
    fn drop(&mut self) {
        self.0.close();
    }
}

struct RunPass<'a> {
    due: u64,
    poll: PollMember<'a>,
}

struct DueMember<'a> {
    poll: PollMember<'a>,
    member: usize,
}

impl PollDue for DueMember<'_> {
    type Output = Poll<()>;
    fn poll_due(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        (self.poll)(self.member, cx)
    }
}

impl WithWakers<u64> for RunPass<'_> {
    type Output = ();
    fn go<K: WakerSource<BitSet = u64>>(&mut self, states: &mut SlotStates<u64>, mut wakers: K) {
        let mut cx = Context::from_waker(Waker::noop());
        for member in (0..64).filter(|member| self.due.has(*member)) {
            if wakers.poll(&mut cx, member, &mut DueMember { poll: self.poll, member }).is_ready() {
                states.pending.remove(member);
            }
        }
    }
}

scenarios!(Word);
// What a group has of them is the same, whatever tells it who was woken.
scenarios! {
    Word:
    a_group_that_changes_its_task_again_and_again in 1,
    a_wake_while_a_group_that_changed_its_task_is_dropped in 1,
}
