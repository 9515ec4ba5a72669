//! Where the members of a group are: in place, ended, or gone.

use std::mem::{ManuallyDrop, take};
use std::task::{Context, Poll, Waker};

use super::ready::word::{self, Desk, Link, Stack};

/// A set of members, by number.
pub trait Mask: Copy {
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
    ($int:ty) => {
        impl Mask for $int {
            const NONE: Self = 0;
            #[inline(always)]
            fn first(n: usize) -> Self {
                if n >= Self::BITS as usize { Self::MAX } else { (1 << n) - 1 }
            }
            #[inline(always)]
            fn has(self, member: usize) -> bool {
                self >> member & 1 != 0
            }
            #[inline(always)]
            fn is_empty(self) -> bool {
                self == 0
            }
            #[inline(always)]
            fn insert(&mut self, member: usize) {
                *self |= 1 << member;
            }
            #[inline(always)]
            fn remove(&mut self, member: usize) {
                *self &= !(1 << member);
            }
            #[inline(always)]
            fn and(self, other: Self) -> Self {
                self & other
            }
            #[inline(always)]
            fn without(self, other: Self) -> Self {
                self & !other
            }
            #[inline(always)]
            fn has_any(self, from: usize, len: usize) -> bool {
                self & (Self::first(len) << from) != 0
            }
        }
    };
}
mask!(u8);
mask!(u64);

/// What is in the place of each member: its future if it is `live`, nothing if it is `empty`, else its field.
#[derive(Clone, Copy)]
pub struct Masks<M> {
    pub(super) live: M,
    pub(super) empty: M,
    /// To be polled in this sweep or, of those that are live, in the next.
    pub(super) due: M,
}

impl<M: Mask> Masks<M> {
    /// `n` futures, all due.
    #[inline(always)]
    pub(super) fn full(n: usize) -> Self {
        Self { live: M::first(n), empty: M::NONE, due: M::first(n) }
    }

    /// The future is about to be dropped.
    #[inline(always)]
    pub(super) fn leave<F>(&mut self, member: usize) {
        self.live.remove(member);
        // Nobody sees the moment in between where the destructor does nothing.
        if std::mem::needs_drop::<F>() {
            self.empty.insert(member);
        }
    }

    /// There is a field now, after [`leave`](Self::leave).
    #[inline(always)]
    pub(super) fn fill<F>(&mut self, member: usize) {
        if std::mem::needs_drop::<F>() {
            self.empty.remove(member);
        }
    }
}

/// The members of a group, as many as it can have, and how each is polled.
pub trait Seats {
    type Mask: Mask;
    /// Whether members are polled only when they were woken.
    const SELECTS: bool;
    /// Where wakers of members lead.
    type Link;
    /// What stands still during a sweep, the waker that points at it, and what polls members with that.
    type Stack<'a>
    where
        Self: 'a;
    type Waker;
    type Desk<'a>
    where
        Self: 'a;

    fn full(n: usize) -> Self;
    fn masks(&mut self) -> &mut Masks<Self::Mask>;
    fn split(&mut self) -> (&mut Masks<Self::Mask>, &Self::Link);
    /// Makes due who was woken.
    fn take_woken(&mut self, task: &Waker);
    /// The same, and takes all who are due.
    fn take_due(&mut self, task: &Waker) -> Self::Mask;

    fn stack<'a>(link: &'a Self::Link, task: &'a Waker) -> Self::Stack<'a>;
    /// # Safety
    ///
    /// The stack stays where it is as long as the waker is used.
    unsafe fn waker(stack: &Self::Stack<'_>) -> Self::Waker;
    fn desk<'a, 'b: 'a>(link: &'a Self::Link, stack: &'a Self::Stack<'b>, waker: &'a Self::Waker) -> Self::Desk<'a>;
    fn poll<R>(
        desk: &mut Self::Desk<'_>,
        cx: &mut Context<'_>,
        member: usize,
        f: impl FnOnce(&mut Context<'_>) -> Poll<R>,
    ) -> Poll<R>;
    /// Whether a member was woken since it was last polled, as far as that is known.
    fn is_woken(desk: &Self::Desk<'_>, member: usize) -> bool;
    /// Who woke itself.
    fn close(desk: &Self::Desk<'_>) -> Self::Mask;
    /// They are due in the next sweep, for which the task is woken.
    fn woke_themselves(&mut self, members: Self::Mask, task: &Waker);
}

/// A few members: all are polled in every sweep, with the task's own waker.
pub struct Few(Masks<u8>);

impl Seats for Few {
    type Mask = u8;
    const SELECTS: bool = false;
    type Link = ();
    type Stack<'a> = ();
    type Waker = ();
    type Desk<'a> = ();

    #[inline(always)]
    fn full(n: usize) -> Self {
        assert!(n <= u8::BITS as usize);
        Self(Masks::full(n))
    }
    #[inline(always)]
    fn masks(&mut self) -> &mut Masks<u8> {
        &mut self.0
    }
    #[inline(always)]
    fn split(&mut self) -> (&mut Masks<u8>, &()) {
        (&mut self.0, &())
    }
    #[inline(always)]
    fn take_woken(&mut self, _: &Waker) {
        self.0.due = self.0.live;
    }
    #[inline(always)]
    fn take_due(&mut self, _: &Waker) -> u8 {
        self.0.live
    }
    #[inline(always)]
    fn stack<'a>((): &'a (), _: &'a Waker) {}
    #[inline(always)]
    unsafe fn waker((): &()) {}
    #[inline(always)]
    fn desk<'a, 'b: 'a>((): &'a (), (): &'a (), (): &'a ()) {}
    #[inline(always)]
    fn poll<R>((): &mut (), cx: &mut Context<'_>, _: usize, f: impl FnOnce(&mut Context<'_>) -> Poll<R>) -> Poll<R> {
        f(cx)
    }
    fn is_woken((): &(), _: usize) -> bool {
        true
    }
    #[inline(always)]
    fn close((): &()) -> u8 {
        0
    }
    #[inline(always)]
    fn woke_themselves(&mut self, _: u8, _: &Waker) {}
}

/// Up to 64 members: each is polled as often as it was woken.
pub struct Many {
    masks: Masks<u64>,
    link: Link,
}

impl Seats for Many {
    type Mask = u64;
    const SELECTS: bool = true;
    type Link = Link;
    type Stack<'a> = Stack<'a>;
    type Waker = ManuallyDrop<Waker>;
    type Desk<'a> = Desk<'a>;

    #[inline(always)]
    fn full(n: usize) -> Self {
        assert!(n <= word::MEMBERS);
        Self { masks: Masks::full(n), link: Link::new() }
    }
    #[inline(always)]
    fn masks(&mut self) -> &mut Masks<u64> {
        &mut self.masks
    }
    #[inline(always)]
    fn split(&mut self) -> (&mut Masks<u64>, &Link) {
        (&mut self.masks, &self.link)
    }
    #[inline(always)]
    fn take_woken(&mut self, task: &Waker) {
        self.masks.due = (self.masks.due | self.link.take_woken(task)) & self.masks.live;
    }
    #[inline(always)]
    fn take_due(&mut self, task: &Waker) -> u64 {
        self.take_woken(task);
        take(&mut self.masks.due)
    }
    #[inline(always)]
    fn stack<'a>(link: &'a Link, task: &'a Waker) -> Stack<'a> {
        Stack::new(link, task)
    }
    #[inline(always)]
    unsafe fn waker(stack: &Stack<'_>) -> ManuallyDrop<Waker> {
        // SAFETY: by contract.
        unsafe { stack.waker() }
    }
    #[inline(always)]
    fn desk<'a, 'b: 'a>(link: &'a Link, stack: &'a Stack<'b>, waker: &'a ManuallyDrop<Waker>) -> Desk<'a> {
        Desk::new(link, stack, waker)
    }
    #[inline(always)]
    fn poll<R>(
        desk: &mut Desk<'_>,
        _: &mut Context<'_>,
        member: usize,
        f: impl FnOnce(&mut Context<'_>) -> Poll<R>,
    ) -> Poll<R> {
        desk.poll(member, f)
    }
    fn is_woken(desk: &Desk<'_>, member: usize) -> bool {
        desk.is_woken(member)
    }
    #[inline(always)]
    fn close(desk: &Desk<'_>) -> u64 {
        desk.woke_themselves()
    }
    #[inline(always)]
    fn woke_themselves(&mut self, members: u64, task: &Waker) {
        let members = members & self.masks.live;
        if members != 0 {
            self.masks.due |= members;
            task.wake_by_ref();
        }
    }
}
