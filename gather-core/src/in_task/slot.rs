//! The slot of one member: its future, then its field.

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
use crate::policy::{Abort, GroupPolicy, MemberPolicy, StopReason};
use crate::unwind::catch;
use crate::unwind::quietly;

/// A slot: a future, a field, or nothing. It has no tag: [`SlotStates`](super::slot_states::SlotStates) say which it is.
///
/// Its content is in an `UnsafeCell`, since futures point into themselves: a shared reference to what is around the slot then claims
/// nothing about the future.
pub struct FutureSlot<F, T>(UnsafeCell<FutureOrField<F, T>>);

union FutureOrField<F, T> {
    future: ManuallyDrop<F>,
    field: ManuallyDrop<T>,
}

// SAFETY: a shared reference to a slot gives no access to what is in it.
unsafe impl<F: Sync, T: Sync> Sync for FutureSlot<F, T> {}

impl<F, T> FutureSlot<F, T> {
    #[inline]
    pub(super) fn new(future: F) -> Self {
        Self(UnsafeCell::new(FutureOrField { future: ManuallyDrop::new(future) }))
    }

    /// The address of the future, which stays there, as the slot is pinned.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn future(self: Pin<&mut Self>) -> *mut F {
        // SAFETY: only the address is taken; nothing is moved out of the slot.
        unsafe { self.get_unchecked_mut() }.0.get().cast()
    }

    /// Puts a field into an empty slot.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn write(self: Pin<&mut Self>, field: T) {
        // SAFETY: no future is pinned in an empty slot, and writing moves nothing out.
        unsafe { self.get_unchecked_mut() }.0.get_mut().field = ManuallyDrop::new(field);
    }

    /// Takes the field out.
    ///
    /// # Safety
    ///
    /// The slot must be done, so that it holds a field. Afterwards it is empty, which the caller notes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn read(self: Pin<&mut Self>) -> T {
        // SAFETY: the caller says that a field is there. Fields are not pinned, so it may be moved.
        unsafe { ManuallyDrop::take(&mut self.get_unchecked_mut().0.get_mut().field) }
    }
}

/// Polls the future of a slot. Once it has ended it is dropped, at once, and right before that `set_empty` is called.
///
/// # Safety
///
/// `future` must point to a future that is there and pinned. Where this gives `Ready`, or unwinds after `set_empty`, the future is gone;
/// `set_empty` must note that, so that nobody drops it again.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn poll_slot<F: Future, A: MemberPolicy<F>, V: GroupPolicy>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
) -> Poll<Result<A::Field, A::Failure>> {
    let mut settled = None;
    // SAFETY: the caller keeps what `poll_slot` asks for.
    unsafe { poll_slot_into::<F, A, V>(future, cx, &id, watch, set_empty, &mut settled) };
    settled.map_or(Poll::Pending, Poll::Ready)
}

/// [`poll_slot`], with the result written to where the caller keeps it. Without optimisation each fn that returns the result
/// would have a copy of it on the stack while the future runs, and so would those that catch panics.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
#[inline(always)]
pub(super) unsafe fn poll_slot_into<F: Future, A: MemberPolicy<F>, V: GroupPolicy>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    #[cfg(feature = "tracing")]
    if V::OBSERVED {
        // SAFETY: the caller keeps what `poll_slot` asks for.
        return unsafe { poll_slot_watched::<F, A>(future, cx, id, watch, set_empty, settled) };
    }
    let _ = watch;
    // SAFETY: the caller keeps what `poll_slot` asks for.
    unsafe { poll_slot_unwatched::<F, A>(future, cx, id, set_empty, settled) };
}

/// [`poll_slot_into`] of a member that somebody observes. A function of its own: what is dropped when a poll panics would take of the
/// stack, and of the time, of polls that nobody observes.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
#[cfg(feature = "tracing")]
#[inline(never)]
unsafe fn poll_slot_watched<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    // SAFETY: the future is there and pinned, by the caller's word.
    let polling = watch.poll(id, || A::key(unsafe { Pin::new_unchecked(&mut *future) }.future()));
    // SAFETY: the caller keeps what `poll_slot` asks for.
    unsafe { poll_slot_unwatched::<F, A>(future, cx, id, set_empty, settled) };
    polling.done(settled.as_ref().map(|settled| A::outcome(settled.as_ref())));
}

/// [`poll_slot_into`], which nobody observes.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
#[inline(always)]
unsafe fn poll_slot_unwatched<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    if !A::CATCHES {
        // SAFETY: the caller keeps what `poll_slot` asks for.
        return unsafe { poll_slot_uncaught::<F, A>(future, cx, id, set_empty, settled) };
    }
    let mut set_empty = Some(set_empty);
    let mut poll_slot = || {
        let set_empty = || set_empty.take().into_iter().for_each(|set_empty| set_empty());
        // SAFETY: the caller keeps what `poll_slot` asks for.
        unsafe { poll_slot_uncaught::<F, A>(future, cx, id, set_empty, settled) }
    };
    // By reference: each of the fns that catch would have a copy of the closure.
    if let Err(panic) = catch(&mut poll_slot) {
        // SAFETY: the future is there unless `set_empty` was taken, as `panicked` asks.
        unsafe { panicked::<F, A>(future, panic, id, set_empty, settled) };
    }
}

/// The result of a member that panicked. `set_empty` is left where the future is still there.
///
/// # Safety
///
/// Where `set_empty` is `Some`, the caller must keep what [`abort_slot`] asks for.
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
        // SAFETY: `set_empty` was not called, so the future is still there.
        Some(set_empty) => unsafe { abort_slot::<F, A>(future, why, *id, set_empty) },
        None => A::settle(Err(why), *id),
    });
}

/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn poll_slot_uncaught<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    // SAFETY: the future is there and pinned, by the caller's word.
    if let Poll::Ready(output) = unsafe { Pin::new_unchecked(&mut *future) }.future().poll(cx) {
        // SAFETY: the future is there and pinned, by the caller's word, and has ended just now.
        unsafe { finish::<F, A>(future, output, id, set_empty, settled) };
    }
}

/// Settles the output of a future that has ended, and drops the future.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn finish<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    output: F::Output,
    id: &MemberId,
    set_empty: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    let result = A::settle(Ok(output), *id);
    set_empty();
    // SAFETY: the future is there; since `set_empty` was called, nobody else drops it.
    unsafe { drop_in_place(future) };
    *settled = Some(result);
}

/// Ends an unfinished member at once, because the group's deadline has come. A member that does not end by being dropped is told to stop
/// before it is dropped.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
pub(super) unsafe fn stop<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: StopReason,
    id: MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: the future is there and pinned, by the caller's word.
    let stopping = watch.stop(&id, || A::key(unsafe { Pin::new_unchecked(&mut *future) }.future()));
    // SAFETY: the caller keeps what `poll_slot` asks for.
    let settled = unsafe { stop_unwatched::<F, A>(future, why, id, set_empty) };
    stopping.done(|| Some(A::outcome(settled.as_ref())));
    settled
}

/// [`stop`], which nobody observes.
///
/// # Safety
///
/// The caller must keep what [`poll_slot`] asks for.
unsafe fn stop_unwatched<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: StopReason,
    id: MemberId,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: the future is there and pinned, by the caller's word.
    let Some(output) = A::stop(unsafe { Pin::new_unchecked(&mut *future) }.future()) else {
        // SAFETY: the future is there and pinned, by the caller's word.
        return unsafe { abort_slot::<F, A>(future, why.into(), id, set_empty) };
    };
    set_empty();
    // SAFETY: the future is there; since `set_empty` was called, nobody else drops it.
    quietly(|| unsafe { drop_in_place(future) });
    // Converting an error is user code.
    let settled = catch(|| A::settle(Ok(output), id));
    settled.unwrap_or_else(|panic| A::settle(Err(Abort::Panicked(panic)), id))
}

/// Drops a future that gives no output. Its destructor may panic: that changes nothing any more.
///
/// # Safety
///
/// `future` must point to a future that is there and pinned. Afterwards it is gone, which `set_empty` must note.
#[cold]
pub(super) unsafe fn abort_slot<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: Abort,
    id: MemberId,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: the future is there and pinned, by the caller's word.
    let settled = A::settle_aborted(unsafe { Pin::new_unchecked(&mut *future) }.future(), why, id);
    set_empty();
    // SAFETY: the future is there; since `set_empty` was called, nobody else drops it.
    quietly(|| unsafe { drop_in_place(future) });
    settled
}
