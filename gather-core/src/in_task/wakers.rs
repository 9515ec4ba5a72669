//! Where the members of a group are: in place, ended, or gone.

use core::marker::PhantomData;
use core::mem::take;
use core::task::{Context, Waker};

use super::ready::word::{self, ReadyWordRef, OwnWaker, WordStackWaker, BorrowedWaker};

/// A set of members, by number.
pub trait BitSet: Copy {
    /// Whether no group that has it is large.
    const FEW: bool;
    const NONE: Self;
    /// The members below `n`.
    fn first(n: usize) -> Self;
    fn has(self, member: usize) -> bool;
    fn is_empty(self) -> bool;
    fn insert(&mut self, member: usize);
    fn remove(&mut self, member: usize);
    fn and(self, other: Self) -> Self;
    fn without(self, other: Self) -> Self;
    /// Whether it has any of `len` members from `from` on.
    fn has_any(self, from: usize, len: usize) -> bool;
}

macro_rules! mask {
    ($int:ty, few: $few:literal) => {
        impl BitSet for $int {
            const FEW: bool = $few;
            const NONE: Self = 0;
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn first(n: usize) -> Self {
                if n >= Self::BITS as usize { Self::MAX } else { (1 << n) - 1 }
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn has(self, member: usize) -> bool {
                self >> member & 1 != 0
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn is_empty(self) -> bool {
                self == 0
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn insert(&mut self, member: usize) {
                *self |= 1 << member;
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn remove(&mut self, member: usize) {
                *self &= !(1 << member);
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn without(self, other: Self) -> Self {
                self & !other
            }
            #[cfg_attr(not(debug_assertions), inline(always))]
            fn has_any(self, from: usize, len: usize) -> bool {
                self & (Self::first(len) << from) != 0
            }
        }
    };
}
mask!(u8, few: true);
mask!(u64, few: false);

/// What is in the place of each member: its future if it is `pending`, nothing if it is `empty`, else its field.
#[derive(Clone, Copy)]
pub struct SlotStates<M> {
    pub(super) pending: M,
    pub(super) empty: M,
}

impl<M: BitSet> SlotStates<M> {
    /// `n` futures.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn full(n: usize) -> Self {
        Self { pending: M::first(n), empty: M::NONE }
    }

    /// The future is about to be dropped.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_empty<F>(&mut self, member: usize) {
        self.pending.remove(member);
        // Nobody sees the moment in between where the destructor does nothing.
        if core::mem::needs_drop::<F>() {
            self.empty.insert(member);
        }
    }

    /// There is a field now, after [`set_empty`](Self::set_empty).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn set_done<F>(&mut self, member: usize) {
        if core::mem::needs_drop::<F>() {
            self.empty.remove(member);
        }
    }
}

/// What one sweep polls members with.
pub trait WakerSource {
    type BitSet: BitSet;
    /// Whether few of the members are due, as a rule.
    const SELECTS: bool;

    fn poll<R>(&mut self, cx: &mut Context<'_>, member: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R;
}

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
pub trait WithWakers<M: BitSet> {
    type Output;
    fn go<K: WakerSource<BitSet = M>>(self, states: &mut SlotStates<M>, wakers: K) -> Self::Output;
}

/// So many members of a group, and so many items of a list, are a few.
pub(super) const FEW: usize = u8::BITS as usize;

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
            return self.pass_with_own_wakers(run());
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

    // Another copy of the whole pass, and not the one that matters where members are ready soon.
    #[inline(never)]
    fn pass_with_own_wakers<T: WithWakers<u64>>(&mut self, run: T) -> T::Output {
        run.go(&mut self.states, OwnWaker::new(&self.link))
    }
}
