//! The members: async fns with another parameter for each.

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use gather_bench_peers::Item;
use gather_bench_peers::items::Rhythm;

/// What a member gets its output from.
#[derive(Default)]
pub(crate) struct Slot {
    value: Cell<u64>,
    open: Cell<bool>,
    waker: RefCell<Option<Waker>>,
}

pub(crate) type Slots = &'static [Slot];

/// The error of a member.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wrong;

struct Yield(bool);

impl Future for Yield {
    type Output = ();
    #[inline]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0 {
            return Poll::Ready(());
        }
        self.0 = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}

struct Opened<'a>(&'a Slot);

impl Future for Opened<'_> {
    type Output = ();
    #[inline]
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.0.open.replace(false) {
            return Poll::Ready(());
        }
        let mut kept = self.0.waker.borrow_mut();
        match &mut *kept {
            Some(kept) => kept.clone_from(cx.waker()),
            None => *kept = Some(cx.waker().clone()),
        }
        Poll::Pending
    }
}

/// Ready at its first poll.
pub(crate) async fn ready<const I: usize>(slots: Slots) -> u64 {
    slots[I].value.get() + I as u64
}

/// Ready at its second poll; wakes itself at the first.
pub(crate) async fn yields<const I: usize>(slots: Slots) -> u64 {
    Yield(false).await;
    slots[I].value.get() + I as u64
}

/// Ready once it was woken from outside; keeps its waker meanwhile.
pub(crate) async fn woken<const I: usize>(slots: Slots) -> u64 {
    Opened(&slots[I]).await;
    slots[I].value.get() + I as u64
}

fn checked(value: u64) -> Result<u64, Wrong> {
    if value == u64::MAX { Err(Wrong) } else { Ok(value) }
}

/// [`ready`], giving `Ok`.
pub(crate) async fn ready_or_error<const I: usize>(slots: Slots) -> Result<u64, Wrong> {
    Ok(checked(slots[I].value.get())? + I as u64)
}

/// [`woken`], giving `Ok`.
pub(crate) async fn woken_or_error<const I: usize>(slots: Slots) -> Result<u64, Wrong> {
    Opened(&slots[I]).await;
    Ok(checked(slots[I].value.get())? + I as u64)
}

/// [`yields`], with the output of the member that it depends on.
pub(crate) async fn after<const I: usize>(slots: Slots, before: u64) -> u64 {
    Yield(false).await;
    slots[I].value.get() + before
}

/// `n` slots, and who wakes their members: one after the other, in an order that is the same for all.
pub(crate) fn item(n: usize, rhythm: Rhythm) -> Item<Slots, impl Fn() -> Option<usize> + Copy + 'static> {
    let slots: Slots =
        Vec::leak((0..n as u64).map(|value| Slot { value: Cell::new(value), ..Slot::default() }).collect());
    let start: &'static Cell<usize> = Box::leak(Box::new(Cell::new(0)));
    let wake_one = move || {
        let at = start.get();
        if rhythm != Rhythm::OneAtATime || at == n {
            return None;
        }
        start.set(at + 1);
        // Every size is 3 or a power of two, and neither 5 nor 7 divides it.
        let member = at * 5 % n;
        slots[member].open.set(true);
        if let Some(waker) = slots[member].waker.take() {
            waker.wake();
        }
        Some(member)
    };
    Item { make: slots, wake_one, rhythm, start }
}
