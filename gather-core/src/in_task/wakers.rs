//! How the members of a group are polled: all, or those that were woken.
//!
//! `docs/decisions/up_to_eight.md` says why.

use core::marker::PhantomData;
use core::mem::take;
use core::task::{Context, Waker};

use super::ready::word::{self, BorrowedWaker, OwnWaker, ReadyWordRef, WordStackWaker};
use super::slot_states::{BitSet, SlotStates, WakerSource};

/// The members of a group, as many as it can have, and how each is polled.
pub trait WakeStrategy {
    type BitSet: BitSet;
    /// `poll_all`: lists, too, poll all that is unfinished, with the task's own waker, and nobody looks at tokio's budget.
    const POLLS_ALL: bool = false;

    fn full(n: usize) -> Self;
    fn states(&mut self) -> &mut SlotStates<Self::BitSet>;
    /// Who is due: those that were woken since the last call, and those that were given back.
    fn take_due(&mut self, task: &Waker) -> Self::BitSet;
    /// They are due in the next sweep.
    fn requeue(&mut self, members: Self::BitSet);
    /// No member is left: wakes change nothing any more.
    fn close(&mut self);
    /// One pass.
    fn pass<T: WithWakers<Self::BitSet>>(&mut self, task: &Waker, run: impl FnOnce() -> T) -> T::Output;
}

/// What a pass does with the masks of a group and a desk.
pub trait WithWakers<M: BitSet>: Sized {
    type Output;
    fn go<K: WakerSource<BitSet = M>>(self, states: &mut SlotStates<M>, wakers: K) -> Self::Output;

    /// The same by [`go_out_of_line`](Self::go_out_of_line), with copies of what it refers to: to what is handed to such a fn, the
    /// compiler keeps the original in memory, also for the passes that are inlined.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go_apart<K: WakerSource<BitSet = M>>(self, states: &mut SlotStates<M>, wakers: K) -> Self::Output {
        self.go_out_of_line(states, wakers)
    }

    #[inline(never)]
    fn go_out_of_line<K: WakerSource<BitSet = M>>(self, states: &mut SlotStates<M>, wakers: K) -> Self::Output {
        self.go(states, wakers)
    }
}

/// So many members of a group, and so many items of a list, are a few.
pub(crate) const FEW: usize = u8::BITS as usize;

/// A few members: all are polled in every sweep, with the task's own waker.
pub struct PollFew {
    states: SlotStates<u8>,
}

/// Polls all members with the task's own waker.
pub(super) struct TaskWaker<M>(pub(super) PhantomData<M>);

impl<M: BitSet> WakerSource for TaskWaker<M> {
    type BitSet = M;
    const SELECTS: bool = false;

    #[inline(always)]
    fn poll<R>(&mut self, cx: &mut Context<'_>, _: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R {
        f(cx)
    }
}

impl WakeStrategy for PollFew {
    type BitSet = u8;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn full(n: usize) -> Self {
        assert!(n <= FEW);
        Self { states: SlotStates::full(n) }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn states(&mut self) -> &mut SlotStates<u8> {
        &mut self.states
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, _: &Waker) -> u8 {
        self.states.pending
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn requeue(&mut self, _: u8) {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn close(&mut self) {}
    #[inline(always)]
    fn pass<T: WithWakers<u8>>(&mut self, _: &Waker, run: impl FnOnce() -> T) -> T::Output {
        run().go(&mut self.states, TaskWaker(PhantomData))
    }
}

/// Up to 64 members, of which likewise all are polled in every sweep: `poll_all`.
pub struct PollAll {
    states: SlotStates<u64>,
}

impl WakeStrategy for PollAll {
    type BitSet = u64;
    const POLLS_ALL: bool = true;

    fn full(n: usize) -> Self {
        assert!(n <= word::MEMBERS);
        Self { states: SlotStates::full(n) }
    }
    fn states(&mut self) -> &mut SlotStates<u64> {
        &mut self.states
    }
    fn take_due(&mut self, _: &Waker) -> u64 {
        self.states.pending
    }
    fn requeue(&mut self, _: u64) {}
    fn close(&mut self) {}
    fn pass<T: WithWakers<u64>>(&mut self, _: &Waker, run: impl FnOnce() -> T) -> T::Output {
        run().go(&mut self.states, TaskWaker(PhantomData))
    }
}

/// Up to 64 members: each is polled as often as it was woken.
pub struct PollWoken {
    states: SlotStates<u64>,
    /// Besides those that the link knows.
    due: u64,
    link: ReadyWordRef,
}

impl WakeStrategy for PollWoken {
    type BitSet = u64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn full(n: usize) -> Self {
        assert!(n <= word::MEMBERS);
        Self { states: SlotStates::full(n), due: u64::first(n), link: ReadyWordRef::new() }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn states(&mut self) -> &mut SlotStates<u64> {
        &mut self.states
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, task: &Waker) -> u64 {
        (take(&mut self.due) | self.link.take_woken(task)) & self.states.pending
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn requeue(&mut self, members: u64) {
        self.due |= members;
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn close(&mut self) {
        self.link.close();
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass<T: WithWakers<u64>>(&mut self, task: &Waker, run: impl FnOnce() -> T) -> T::Output {
        if self.link.is_kept() {
            // Another copy of the whole pass, and not the one that matters where members are ready soon.
            return run().go_apart(&mut self.states, OwnWaker::new(&self.link));
        }
        let stack = WordStackWaker::new(&self.link, task);
        let mut kept = WriteBack { states: self.states, place: &mut self.states };
        // SAFETY: the stack stays here, and the waker is lent to members by the desk only.
        let output = run().go(&mut kept.states, unsafe { BorrowedWaker::new(&stack) });
        drop(kept);
        self.due |= stack.woken() & self.states.pending;
        output
    }
}

/// The masks during a pass, in which nobody else sees them: in memory each change would wait for the one before.
struct WriteBack<'a> {
    states: SlotStates<u64>,
    place: &'a mut SlotStates<u64>,
}

/// Also where a member panics.
impl Drop for WriteBack<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        *self.place = self.states;
    }
}

impl PollWoken {
    /// A member that ended otherwise than by a poll.
    pub(super) fn not_due(&mut self, member: usize) {
        self.due.remove(member);
    }
}
