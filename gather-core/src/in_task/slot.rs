//! The place of one member: its future, then its field.

use crate::unwind::catch;
use core::cell::UnsafeCell;
use core::future::Future;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr::drop_in_place;
use core::task::{Context, Poll};

use super::storage::Storage;
use crate::exception::Panic;
use crate::member::MemberId;
use crate::observe::Watch;
use crate::policy::StopReason;
use crate::policy::{Abort, MemberPolicy};
use crate::unwind::quietly;

/// A future or a field or nothing: [`SlotStates`](super::slot_states::SlotStates) say which.
///
/// In an `UnsafeCell`, since futures point into themselves: a shared reference to what is around the cell claims nothing about
/// what is in it.
pub struct FutureSlot<F, T>(UnsafeCell<FutureOrField<F, T>>);

union FutureOrField<F, T> {
    future: ManuallyDrop<F>,
    field: ManuallyDrop<T>,
}

// SAFETY: nothing is done through `&FutureSlot`.
unsafe impl<F: Sync, T: Sync> Sync for FutureSlot<F, T> {}

impl<F, T> FutureSlot<F, T> {
    #[inline]
    pub(super) fn new(future: F) -> Self {
        Self(UnsafeCell::new(FutureOrField { future: ManuallyDrop::new(future) }))
    }

    /// Where the future is, which stays there: the cell is pinned.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn future(self: Pin<&mut Self>) -> *mut F {
        // SAFETY: nothing is moved out of the reference.
        unsafe { self.get_unchecked_mut() }.0.get().cast()
    }

    /// There is nothing in it.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn write(self: Pin<&mut Self>, field: T) {
        // SAFETY: the future was dropped in place; writing moves nothing out.
        unsafe { self.get_unchecked_mut() }.0.get_mut().field = ManuallyDrop::new(field);
    }

    /// # Safety
    ///
    /// There is a field in it, and then no more.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn read(self: Pin<&mut Self>) -> T {
        // SAFETY: by contract. Fields are not pinned.
        unsafe { ManuallyDrop::take(&mut self.get_unchecked_mut().0.get_mut().field) }
    }
}

/// Polls a future. When it has ended it is dropped at once, and before that `set_empty` is called.
///
/// # Safety
///
/// There is a future, pinned, and if it has ended, it is gone.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn poll_slot<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
) -> Poll<Result<A::Field, A::Failure>> {
    let mut settled = None;
    // SAFETY: by contract.
    unsafe { poll_slot_into::<F, A>(future, cx, &id, watch, set_empty, &mut settled) };
    settled.map_or(Poll::Pending, Poll::Ready)
}

/// The same, with what the future has become written to where the caller keeps it: without optimisation each fn that returns it
/// would have a copy of it on the stack while the future runs, and so would those that catch panics.
///
/// # Safety
///
/// As of [`poll_slot`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn poll_slot_into<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    // SAFETY: by contract.
    let polling = watch.poll(id, || A::key(unsafe { Pin::new_unchecked(&mut *future) }.future()));
    // SAFETY: by contract.
    unsafe { advance_unwatched::<F, A>(future, cx, id, set_empty, settled) };
    polling.done(|| settled.as_ref().map(|settled| A::outcome(settled.as_ref())));
}

/// # Safety
///
/// As of [`poll_slot`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn advance_unwatched<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    if !A::CATCHES {
        // SAFETY: by contract.
        return unsafe { poll_slot_uncaught::<F, A>(future, cx, id, set_empty, settled) };
    }
    let mut set_empty = Some(set_empty);
    let mut poll_slot = || {
        let set_empty = || set_empty.take().into_iter().for_each(|set_empty| set_empty());
        // SAFETY: by contract.
        unsafe { poll_slot_uncaught::<F, A>(future, cx, id, set_empty, settled) }
    };
    // By reference: each of the fns that catch would have a copy of the closure.
    if let Err(panic) = catch(&mut poll_slot) {
        // SAFETY: by contract; without `set_empty` it is gone.
        unsafe { panicked::<F, A>(future, panic, id, set_empty, settled) };
    }
}

/// # Safety
///
/// As of [`abort_slot`] where `set_empty` was not called.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn panicked<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    panic: Panic,
    id: &MemberId,
    set_empty: Option<impl FnOnce()>,
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    let why = Abort::Panicked(panic);
    *settled = Some(match set_empty {
        // SAFETY: it is still there.
        Some(set_empty) => unsafe { abort_slot::<F, A>(future, why, *id, set_empty) },
        None => A::interrupted(why, *id),
    });
}

/// # Safety
///
/// As of [`poll_slot`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn poll_slot_uncaught<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    // SAFETY: by contract.
    if let Poll::Ready(output) = unsafe { Pin::new_unchecked(&mut *future) }.future().poll(cx) {
        // SAFETY: by contract.
        unsafe { finish::<F, A>(future, output, id, set_empty, settled) };
    }
}

/// The future has ended.
///
/// # Safety
///
/// As of [`poll_slot`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn finish<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    output: F::Output,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    let result = A::settle(output, *id);
    set_empty();
    // SAFETY: it is there, and nobody finds it any more.
    unsafe { drop_in_place(future) };
    *settled = Some(result);
}

/// Ends a running member because the group's deadline has come, at once: what does not end by being dropped is told to stop, and
/// left.
///
/// # Safety
///
/// As of [`poll_slot`].
pub(super) unsafe fn stop<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: StopReason,
    id: MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
) -> Poll<Result<A::Field, A::Failure>> {
    // SAFETY: by contract.
    let stopping = watch.stop(&id, || A::key(unsafe { Pin::new_unchecked(&mut *future) }.future()));
    // SAFETY: by contract.
    let settled = unsafe { stop_unwatched::<F, A>(future, why, id, set_empty) };
    stopping.done(|| Some(A::outcome(settled.as_ref())));
    Poll::Ready(settled)
}

/// # Safety
///
/// As of [`poll_slot`].
unsafe fn stop_unwatched<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: StopReason,
    id: MemberId,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: by contract.
    let Some(output) = A::stop(unsafe { Pin::new_unchecked(&mut *future) }.future()) else {
        // SAFETY: by contract.
        return unsafe { abort_slot::<F, A>(future, why.into(), id, set_empty) };
    };
    set_empty();
    // SAFETY: it is there, and nobody finds it any more.
    quietly(|| unsafe { drop_in_place(future) });
    // Converting an error is user code.
    let settled = catch(|| A::settle(output, id));
    settled.unwrap_or_else(|panic| A::interrupted(Abort::Panicked(panic), id))
}

/// Drops what is left of the future, whose destructor may panic (again): that changes nothing any more.
///
/// # Safety
///
/// There is a future, pinned, and then it is gone.
#[cold]
pub(super) unsafe fn abort_slot<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: Abort,
    id: MemberId,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: by contract.
    let settled = A::interrupted_in(unsafe { Pin::new_unchecked(&mut *future) }.future(), why, id);
    set_empty();
    // SAFETY: it is there, and nobody finds it any more.
    quietly(|| unsafe { drop_in_place(future) });
    settled
}
