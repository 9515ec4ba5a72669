//! How the members of a group are polled: all, or those that were woken.
//!
//! `docs/decisions/up_to_eight.md` says why.

use core::marker::PhantomData;
use core::mem::take;
use core::task::{Context, Waker};

use super::ready::word::{self, BorrowedWaker, OwnWaker, ReadyWordRef, WordStackWaker};
use super::slot_states::{BitSet, PollDue, SlotStates, WakerSource};

/// The states of a group's slots, and how its members are polled: all of them, or those that were woken.
///
/// The expansion chooses the strategy by the number of members. Up to 8 are all polled, which costs less than to find out who was woken.
pub trait WakeStrategy {
    type BitSet: BitSet;
    /// Whether this is the option `poll_all`: lists, too, poll every unfinished item with the task's own waker, and tokio's budget is not
    /// looked at.
    const POLLS_ALL: bool = false;

    fn full(n: usize) -> Self;
    fn states(&mut self) -> &mut SlotStates<Self::BitSet>;
    /// Takes the slots that are due: those that were woken since the last call, and those that were put back.
    fn take_due(&mut self, task: &Waker) -> Self::BitSet;
    /// Puts slots back: they are due in the next sweep.
    fn requeue(&mut self, members: Self::BitSet);
    /// Notes that no member is left: from now on wakes change nothing.
    fn close(&mut self);
    /// Runs one pass with the states and the wakers of this group. `run` is used once.
    fn pass<T: WithWakers<Self::BitSet>>(&mut self, task: &Waker, run: &mut T) -> T::Output;
}

/// What is done in a pass. A type and not a closure, since it is generic over the wakers: there is one copy of the whole pass for each
/// source of wakers, so that none of them is chosen at run time, member by member.
pub trait WithWakers<M: BitSet>: Sized {
    type Output;
    fn go<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) -> Self::Output;

    /// [`go_out_of_line`](Self::go_out_of_line) with copies of what this refers to. The compiler keeps in memory what is handed to a fn
    /// that is not inlined, also for the passes that are: so that is given a copy.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go_apart<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) -> Self::Output {
        self.go_out_of_line(states, wakers)
    }

    #[inline(never)]
    fn go_out_of_line<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) -> Self::Output {
        self.go(states, wakers)
    }
}

/// The most members of a group, or items of a list, that are all polled in every sweep.
pub(crate) const FEW: usize = u8::BITS as usize;

/// All members are polled in every sweep, with the task's own waker. `ALWAYS`: whatever their number, lists included.
pub struct PollEach<M, const ALWAYS: bool> {
    states: SlotStates<M>,
}

/// Up to 8 members, which are few.
pub type PollFew = PollEach<u8, false>;

/// Up to 64 members: `poll_all`.
pub type PollAll = PollEach<u64, true>;

/// Polls all members with the task's own waker.
pub(super) struct TaskWaker<M>(pub(super) PhantomData<M>);

impl<M: BitSet> WakerSource for TaskWaker<M> {
    type BitSet = M;
    const SELECTS: bool = false;

    #[inline(always)]
    fn poll<P: PollDue>(&mut self, cx: &mut Context<'_>, _: usize, polled: &mut P) -> P::Output {
        polled.poll_due(cx)
    }
}

impl<M: BitSet, const ALWAYS: bool> WakeStrategy for PollEach<M, ALWAYS> {
    type BitSet = M;
    const POLLS_ALL: bool = ALWAYS;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn full(n: usize) -> Self {
        assert!(n <= 8 * size_of::<M>());
        Self { states: SlotStates::full(n) }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn states(&mut self) -> &mut SlotStates<M> {
        &mut self.states
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, _: &Waker) -> M {
        self.states.pending
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn requeue(&mut self, _: M) {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn close(&mut self) {}
    #[inline(always)]
    fn pass<T: WithWakers<M>>(&mut self, _: &Waker, run: &mut T) -> T::Output {
        run.go(&mut self.states, TaskWaker(PhantomData))
    }
}

/// Up to 64 members: each is polled as often as it was woken.
pub struct PollWoken {
    states: SlotStates<u64>,
    /// Slots that are due besides those that the ready set knows.
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
    fn pass<T: WithWakers<u64>>(&mut self, task: &Waker, run: &mut T) -> T::Output {
        if self.has_cloned() {
            // Another copy of the whole pass, and not the one that matters where members are ready soon.
            return run.go_apart(&mut self.states, OwnWaker::new(&self.link));
        }
        self.pass_borrowed(task, run)
    }
}

impl PollWoken {
    /// Whether a member has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn has_cloned(&mut self) -> bool {
        self.link.has_cloned()
    }

    /// [`pass`](WakeStrategy::pass) where a member has kept its waker.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pass_owned<T: WithWakers<u64>>(&mut self, run: &mut T) -> T::Output {
        run.go(&mut self.states, OwnWaker::new(&self.link))
    }

    /// [`pass`](WakeStrategy::pass) where no member has kept its waker so far.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pass_borrowed<T: WithWakers<u64>>(&mut self, task: &Waker, run: &mut T) -> T::Output {
        let stack = WordStackWaker::new(&self.link, task);
        let mut kept = WriteBack { states: self.states, place: &mut self.states };
        // SAFETY: `stack` stays here until the pass is over, and its waker is lent to the polls of members only.
        let output = run.go(&mut kept.states, unsafe { BorrowedWaker::new(&stack) });
        drop(kept);
        self.due |= stack.woken() & self.states.pending;
        output
    }

    /// Notes that a member is not due, as it ended otherwise than by a poll.
    pub(super) fn not_due(&mut self, member: usize) {
        self.due.remove(member);
    }

    #[cfg(all(test, not(loom)))]
    pub(super) fn due(&self) -> u64 {
        self.due
    }
}

/// A copy of the states for the time of a pass, written back at its end. Nobody else looks at them meanwhile, so they can stay in registers;
/// in memory each change would wait for the one before.
struct WriteBack<'a> {
    states: SlotStates<u64>,
    place: &'a mut SlotStates<u64>,
}

/// The states are written back where a member panics, too.
impl Drop for WriteBack<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        *self.place = self.states;
    }
}
