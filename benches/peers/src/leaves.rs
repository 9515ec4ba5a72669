//! The futures at the bottom of every work item.
//!
//! They decide by what is in memory, so that the compiler cannot know when they are ready.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// The error of the fallible work items.
#[derive(Clone, Copy, Debug)]
pub struct Wrong;

/// What a member gets its output from.
#[derive(Debug, Default)]
pub struct Slot {
    value: Cell<u64>,
    open: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

impl Slot {
    pub(crate) fn new(value: u64) -> Self {
        Self { value: Cell::new(value), ..Self::default() }
    }

    /// From outside: the member can go on.
    #[inline]
    pub(crate) fn wake(&self) {
        self.open.set(true);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

/// What a slot's `u64` becomes: itself, or a result.
pub trait Value: 'static {
    /// `value`, as the output of a member.
    fn of(value: u64) -> Self;
}

impl Value for u64 {
    #[inline]
    fn of(value: u64) -> Self {
        value
    }
}

impl Value for Result<u64, Wrong> {
    #[inline]
    fn of(value: u64) -> Self {
        if value == u64::MAX { Err(Wrong) } else { Ok(value) }
    }
}

/// Ready at its first poll.
pub(crate) struct Ready(pub(crate) &'static Slot);

/// Ready at its second poll; wakes itself at the first.
pub(crate) struct Yields {
    pub(crate) slot: &'static Slot,
    pub(crate) yielded: bool,
}

/// Ready once it was woken from outside; keeps its waker meanwhile.
pub(crate) struct Woken(pub(crate) &'static Slot);

/// A [`Woken`] that tells at its first poll that it waits.
pub(crate) struct InTurn {
    pub(crate) woken: Woken,
    pub(crate) number: usize,
    pub(crate) waiting: &'static RefCell<VecDeque<usize>>,
    pub(crate) began: bool,
}

impl Turn for InTurn {
    #[inline]
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<u64> {
        if !self.began {
            self.began = true;
            self.waiting.borrow_mut().push_back(self.number);
        }
        self.woken.turn(cx)
    }
}

/// `leaf`, its output a `V`.
pub(crate) struct Leaf<L, V> {
    leaf: L,
    value: std::marker::PhantomData<fn() -> V>,
}

impl<L, V> Leaf<L, V> {
    #[inline]
    pub(crate) fn new(leaf: L) -> Self {
        Self { leaf, value: std::marker::PhantomData }
    }
}

thread_local! {
    static POLLS: Cell<u64> = const { Cell::new(0) };
}

/// How often members of [`POLLS`](crate::items::POLLS) were polled on this thread since this was asked last.
pub fn polls() -> u64 {
    POLLS.take()
}

/// A [`Woken`] whose polls are counted.
pub(crate) struct Counted(pub(crate) Woken);

impl Turn for Counted {
    #[inline]
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<u64> {
        POLLS.set(POLLS.get() + 1);
        self.0.turn(cx)
    }
}

pub(crate) trait Turn: Unpin {
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<u64>;
}

impl<L: Turn, V: Value> Future for Leaf<L, V> {
    type Output = V;
    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<V> {
        self.leaf.turn(cx).map(V::of)
    }
}

impl Turn for Ready {
    #[inline]
    fn turn(&mut self, _: &mut Context<'_>) -> Poll<u64> {
        // Never open: nobody wakes this item.
        if self.0.open.get() { Poll::Pending } else { Poll::Ready(self.0.value.get()) }
    }
}

impl Turn for Yields {
    #[inline]
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<u64> {
        if self.yielded {
            return Poll::Ready(self.slot.value.get());
        }
        self.yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

impl Turn for Woken {
    #[inline]
    fn turn(&mut self, cx: &mut Context<'_>) -> Poll<u64> {
        if self.0.open.replace(false) {
            return Poll::Ready(self.0.value.get());
        }
        let mut kept = self.0.waker.borrow_mut();
        match &mut *kept {
            Some(kept) => kept.clone_from(cx.waker()),
            None => *kept = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}
