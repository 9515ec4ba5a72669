//! The slot of one member: its future, then its field.

use core::cell::UnsafeCell;
use core::future::Future;
use core::marker::PhantomData;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr::drop_in_place;
use core::task::{Context, Poll};

use super::slot_states::PollDue;
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
/// nothing about the future. No type of its own is around the cell: rustc computes the layout of groups that are written in each other
/// in one go, and gives up after a number of types.
pub type FutureSlot<F, T> = UnsafeCell<FutureOrField<F, T>>;

/// What a [`FutureSlot`] holds.
pub union FutureOrField<F, T> {
    future: ManuallyDrop<F>,
    field: ManuallyDrop<T>,
}

impl<F, T> FutureOrField<F, T> {
    #[inline]
    pub(super) fn in_slot(future: F) -> FutureSlot<F, T> {
        UnsafeCell::new(Self { future: ManuallyDrop::new(future) })
    }
}

/// Access to the content of a [`FutureSlot`].
pub trait SlotContent<F, T> {
    /// The address of the future, which stays there, as the slot is pinned.
    fn future(self: Pin<&mut Self>) -> *mut F;
    /// Puts a field into an empty slot.
    fn write(self: Pin<&mut Self>, field: T);
    /// Takes the field out.
    ///
    /// # Safety
    ///
    /// The slot must be done, so that it holds a field. Afterwards it is empty, which the caller notes.
    unsafe fn read(self: Pin<&mut Self>) -> T;
}

impl<F, T> SlotContent<F, T> for FutureSlot<F, T> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn future(self: Pin<&mut Self>) -> *mut F {
        // SAFETY: only the address is taken; nothing is moved out of the slot.
        UnsafeCell::get(unsafe { self.get_unchecked_mut() }).cast()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn write(self: Pin<&mut Self>, field: T) {
        // SAFETY: no future is pinned in an empty slot, and writing moves nothing out.
        unsafe { self.get_unchecked_mut() }.get_mut().field = ManuallyDrop::new(field);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn read(self: Pin<&mut Self>) -> T {
        // SAFETY: the caller says that a field is there. Fields are not pinned, so it may be moved.
        unsafe { ManuallyDrop::take(&mut self.get_unchecked_mut().get_mut().field) }
    }
}

/// The slot of a future that is polled.
pub(super) trait DueSlot {
    fn id(&self) -> MemberId;
    /// Notes that the future is gone.
    fn set_empty(&mut self);
}

impl<I: Fn() -> MemberId, E: FnMut()> DueSlot for (I, E) {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn id(&self) -> MemberId {
        (self.0)()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_empty(&mut self) {
        (self.1)();
    }
}

/// A future in a slot that is about to be polled, and what is to be known of it once it has ended.
///
/// The fns below hand on a reference to it, and to where the result goes: without optimisation each of them would else have all of it
/// on the stack while the future runs.
pub(super) struct DueFuture<'s, S, F: Future, A: MemberPolicy<F>, V, Q> {
    future: *mut S,
    slot: Q,
    watch: Watch<'s>,
    /// Whether that was noted.
    is_gone: bool,
    settled: &'s mut Option<Result<A::Field, A::Failure>>,
    policy: PhantomData<fn() -> V>,
}

impl<'s, S, F, A, V, Q> DueFuture<'s, S, F, A, V, Q>
where
    S: Storage<F>,
    F: Future,
    A: MemberPolicy<F>,
    V: GroupPolicy,
    Q: DueSlot,
{
    /// # Safety
    ///
    /// The future must be there, and pinned, until `set_empty` is called, which is right before it is dropped. `set_empty` must note that,
    /// so that nobody drops it again. What this gives must be polled once at most.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) unsafe fn new(
        future: *mut S,
        slot: Q,
        watch: Watch<'s>,
        settled: &'s mut Option<Result<A::Field, A::Failure>>,
    ) -> Self {
        Self { future, slot, watch, is_gone: false, settled, policy: PhantomData }
    }

    /// Polls the future. Once it has ended it is dropped, at once, and its result is put into `settled`.
    #[inline(always)]
    pub(super) fn poll(&mut self, cx: &mut Context<'_>) {
        #[cfg(feature = "tracing")]
        if V::OBSERVED {
            return self.poll_watched(cx);
        }
        let _ = self.watch;
        self.poll_unwatched(cx);
    }

    /// [`poll`](Self::poll) of a member that somebody observes. A function of its own: what is dropped when a poll panics would take of the
    /// stack, and of the time, of polls that nobody observes.
    #[cfg(feature = "tracing")]
    #[inline(never)]
    fn poll_watched(&mut self, cx: &mut Context<'_>) {
        let (watch, id) = (self.watch, self.slot.id());
        let polling = watch.poll(&id, || A::key(self.pinned()));
        self.poll_unwatched(cx);
        // Whoever observes may panic: the result is dropped then, which nobody else would do.
        let settled = self.settled.take();
        polling.done(settled.as_ref().map(|settled| A::outcome(settled.as_ref())));
        *self.settled = settled;
    }

    /// [`poll`](Self::poll), which nobody observes.
    #[inline(always)]
    fn poll_unwatched(&mut self, cx: &mut Context<'_>) {
        if !A::CATCHES {
            return self.poll_uncaught(cx);
        }
        if let Err(panic) = catch(|| self.poll_uncaught(cx)) {
            self.panicked(panic);
        }
    }

    /// The result of a member that panicked.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn panicked(&mut self, panic: Panic) {
        let (why, id) = (Abort::Panicked(panic), self.slot.id());
        *self.settled = Some(if self.is_gone {
            A::settle(Err(why), id)
        } else {
            // SAFETY: `set_empty` was not called, so the future is still there.
            unsafe { abort_slot::<F, A>(self.future, why, id, || self.slot.set_empty()) }
        });
    }

    #[inline(always)]
    fn poll_uncaught(&mut self, cx: &mut Context<'_>) {
        Self::polled(self.pinned().poll(cx), self);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pinned(&mut self) -> Pin<&mut F> {
        // SAFETY: the future is there and pinned, by the word of who made this.
        unsafe { Pin::new_unchecked(&mut *self.future) }.future()
    }

    /// Settles the output of a future that has ended, and drops the future. What the poll gave comes first: so it is on the stack once.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn polled(polled: Poll<F::Output>, this: &mut Self) {
        let Poll::Ready(output) = polled else { return };
        let result = A::settle(Ok(output), this.slot.id());
        this.is_gone = true;
        this.slot.set_empty();
        // SAFETY: the future is there, by the word of who made this; since `set_empty` was called, nobody else drops it.
        unsafe { drop_in_place(this.future) };
        *this.settled = Some(result);
    }
}

impl<S, F, A, V, Q> PollDue for DueFuture<'_, S, F, A, V, Q>
where
    S: Storage<F>,
    F: Future,
    A: MemberPolicy<F>,
    V: GroupPolicy,
    Q: DueSlot,
{
    type Output = ();

    #[inline(always)]
    fn poll_due(&mut self, cx: &mut Context<'_>) {
        self.poll(cx);
    }
}

/// Ends an unfinished member at once, because the group's deadline has come. A member that does not end by being dropped is told to stop
/// before it is dropped.
///
/// # Safety
///
/// `future` must point to a future that is there and pinned. Where this unwinds after `set_empty`, or returns, the future is gone, which
/// `set_empty` must note.
pub(super) unsafe fn stop<F: Future, A: MemberPolicy<F>>(
    future: *mut impl Storage<F>,
    why: StopReason,
    id: MemberId,
    watch: Watch<'_>,
    set_empty: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: the future is there and pinned, by the caller's word.
    let stopping = watch.stop(&id, || A::key(unsafe { Pin::new_unchecked(&mut *future) }.future()));
    // SAFETY: the caller keeps what `stop` asks for.
    let settled = unsafe { stop_unwatched::<F, A>(future, why, id, set_empty) };
    stopping.done(|| Some(A::outcome(settled.as_ref())));
    settled
}

/// [`stop`], which nobody observes.
///
/// # Safety
///
/// The caller must keep what [`stop`] asks for.
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
