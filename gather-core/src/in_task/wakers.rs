//! How the members of a group are polled: all, or those that were woken.

use core::marker::PhantomData;
use core::mem::take;
use core::task::{Context, Waker};

use super::ready::word::{self, Link, OwnDesk, Stack, StackDesk};
use super::slot_states::{Desk, Mask, Masks};

/// The members of a group, as many as it can have, and how each is polled.
pub trait Seats {
    type Mask: Mask;
    /// `poll_all`: lists, too, poll all that is unfinished, with the task's own waker, and nobody looks at tokio's budget.
    const POLLS_ALL: bool = false;

    fn full(n: usize) -> Self;
    fn masks(&mut self) -> &mut Masks<Self::Mask>;
    /// Who is due: those that were woken since the last call, and those that were given back.
    fn take_due(&mut self, task: &Waker) -> Self::Mask;
    /// They are due in the next sweep.
    fn give_back(&mut self, members: Self::Mask);
    /// No member is left: wakes change nothing any more.
    fn close(&mut self);
    /// One pass.
    fn pass<T: Tour<Self::Mask>>(&mut self, task: &Waker, tour: impl FnOnce() -> T) -> T::Output;
}

/// What a pass does with the masks of a group and a desk.
pub trait Tour<M: Mask> {
    type Output;
    fn go<K: Desk<Mask = M>>(self, masks: &mut Masks<M>, desk: K) -> Self::Output;
}

/// So many members of a group, and so many items of a list, are a few.
pub(super) const FEW: usize = u8::BITS as usize;

/// A few members: all are polled in every sweep, with the task's own waker.
pub struct Few {
    masks: Masks<u8>,
}

/// Polls all members with the task's own waker.
pub(super) struct TaskDesk<M>(pub(super) PhantomData<M>);

impl<M: Mask> Desk for TaskDesk<M> {
    type Mask = M;
    const SELECTS: bool = false;

    #[inline(always)]
    fn poll<R>(&mut self, cx: &mut Context<'_>, _: usize, f: impl FnOnce(&mut Context<'_>) -> R) -> R {
        f(cx)
    }
}

impl Seats for Few {
    type Mask = u8;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn full(n: usize) -> Self {
        assert!(n <= FEW);
        Self { masks: Masks::full(n) }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn masks(&mut self) -> &mut Masks<u8> {
        &mut self.masks
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, _: &Waker) -> u8 {
        self.masks.live
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn give_back(&mut self, _: u8) {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn close(&mut self) {}
    #[inline(always)]
    fn pass<T: Tour<u8>>(&mut self, _: &Waker, tour: impl FnOnce() -> T) -> T::Output {
        tour().go(&mut self.masks, TaskDesk(PhantomData))
    }
}

/// Up to 64 members, of which likewise all are polled in every sweep: `poll_all`.
pub struct All {
    masks: Masks<u64>,
}

impl Seats for All {
    type Mask = u64;
    const POLLS_ALL: bool = true;

    fn full(n: usize) -> Self {
        assert!(n <= word::MEMBERS);
        Self { masks: Masks::full(n) }
    }
    fn masks(&mut self) -> &mut Masks<u64> {
        &mut self.masks
    }
    fn take_due(&mut self, _: &Waker) -> u64 {
        self.masks.live
    }
    fn give_back(&mut self, _: u64) {}
    fn close(&mut self) {}
    fn pass<T: Tour<u64>>(&mut self, _: &Waker, tour: impl FnOnce() -> T) -> T::Output {
        tour().go(&mut self.masks, TaskDesk(PhantomData))
    }
}

/// Up to 64 members: each is polled as often as it was woken.
pub struct Many {
    masks: Masks<u64>,
    /// Besides those that the link knows.
    due: u64,
    link: Link,
}

impl Seats for Many {
    type Mask = u64;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn full(n: usize) -> Self {
        assert!(n <= word::MEMBERS);
        Self { masks: Masks::full(n), due: u64::first(n), link: Link::new() }
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn masks(&mut self) -> &mut Masks<u64> {
        &mut self.masks
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_due(&mut self, task: &Waker) -> u64 {
        (take(&mut self.due) | self.link.take_woken(task)) & self.masks.live
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn give_back(&mut self, members: u64) {
        self.due |= members;
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn close(&mut self) {
        self.link.close();
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pass<T: Tour<u64>>(&mut self, task: &Waker, tour: impl FnOnce() -> T) -> T::Output {
        if self.link.is_kept() {
            return self.pass_with_own_wakers(tour());
        }
        let stack = Stack::new(&self.link, task);
        let mut kept = Kept { masks: self.masks, place: &mut self.masks };
        // SAFETY: the stack stays here, and the waker is lent to members by the desk only.
        let output = tour().go(&mut kept.masks, unsafe { StackDesk::new(&stack) });
        drop(kept);
        self.due |= stack.woken() & self.masks.live;
        output
    }
}

/// The masks during a pass, in which nobody else sees them: in memory each change would wait for the one before.
struct Kept<'a> {
    masks: Masks<u64>,
    place: &'a mut Masks<u64>,
}

/// Also where a member panics.
impl Drop for Kept<'_> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        *self.place = self.masks;
    }
}

impl Many {
    /// A member that ended otherwise than by a poll.
    pub(super) fn not_due(&mut self, member: usize) {
        self.due.remove(member);
    }

    // Another copy of the whole pass, and not the one that matters where members are ready soon.
    #[inline(never)]
    fn pass_with_own_wakers<T: Tour<u64>>(&mut self, tour: T) -> T::Output {
        tour.go(&mut self.masks, OwnDesk::new(&self.link))
    }
}
