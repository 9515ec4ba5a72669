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
use crate::member::Place;
use crate::policy::Stop;
use crate::policy::{Interruption, Settle};
use crate::unwind::quietly;

/// A future or a field or nothing: [`Masks`](super::slot_states::Masks) say which.
///
/// In an `UnsafeCell`, since futures point into themselves: a shared reference to what is around the cell claims nothing about
/// what is in it.
pub struct Cell<F, T>(UnsafeCell<Either<F, T>>);

union Either<F, T> {
    future: ManuallyDrop<F>,
    field: ManuallyDrop<T>,
}

// SAFETY: nothing is done through `&Cell`.
unsafe impl<F: Sync, T: Sync> Sync for Cell<F, T> {}

impl<F, T> Cell<F, T> {
    #[inline]
    pub(super) fn new(future: F) -> Self {
        Self(UnsafeCell::new(Either { future: ManuallyDrop::new(future) }))
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

/// Polls a future. When it has ended it is dropped at once, and before that `leave` is called.
///
/// # Safety
///
/// There is a future, pinned, and if it has ended, it is gone.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn advance<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    place: Place,
    leave: impl FnOnce(),
) -> Poll<Result<A::Field, A::Failure>> {
    let mut settled = None;
    // SAFETY: by contract.
    unsafe { advance_into::<F, A>(future, cx, &place, leave, &mut settled) };
    settled.map_or(Poll::Pending, Poll::Ready)
}

/// The same, with what the future has become written to where the caller keeps it: without optimisation each fn that returns it
/// would have a copy of it on the stack while the future runs, and so would those that catch panics.
///
/// # Safety
///
/// As of [`advance`].
#[cfg_attr(not(debug_assertions), inline(always))]
pub(super) unsafe fn advance_into<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    place: &Place,
    leave: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    if !A::CATCHES {
        // SAFETY: by contract.
        return unsafe { advance_uncaught::<F, A>(future, cx, place, leave, settled) };
    }
    let mut leave = Some(leave);
    let mut advance = || {
        let leave = || leave.take().into_iter().for_each(|leave| leave());
        // SAFETY: by contract.
        unsafe { advance_uncaught::<F, A>(future, cx, place, leave, settled) }
    };
    // By reference: each of the fns that catch would have a copy of the closure.
    if let Err(panic) = catch(&mut advance) {
        // SAFETY: by contract; without `leave` it is gone.
        unsafe { panicked::<F, A>(future, panic, place, leave, settled) };
    }
}

/// # Safety
///
/// As of [`interrupt`] where `leave` was not called.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn panicked<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    panic: Panic,
    place: &Place,
    leave: Option<impl FnOnce()>,
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    let why = Interruption::Panicked(panic);
    *settled = Some(match leave {
        // SAFETY: it is still there.
        Some(leave) => unsafe { interrupt::<F, A>(future, why, *place, leave) },
        None => A::interrupted(why, *place),
    });
}

/// # Safety
///
/// As of [`advance`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn advance_uncaught<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    cx: &mut Context<'_>,
    place: &Place,
    leave: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    // SAFETY: by contract.
    if let Poll::Ready(output) = unsafe { Pin::new_unchecked(&mut *future) }.future().poll(cx) {
        // SAFETY: by contract.
        unsafe { finish::<F, A>(future, output, place, leave, settled) };
    }
}

/// The future has ended.
///
/// # Safety
///
/// As of [`advance`].
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn finish<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    output: F::Output,
    place: &Place,
    leave: impl FnOnce(),
    settled: &mut Option<Result<A::Field, A::Failure>>,
) {
    let result = A::settle(output, *place);
    leave();
    // SAFETY: it is there, and nobody finds it any more.
    unsafe { drop_in_place(future) };
    *settled = Some(result);
}

/// Ends a running member because the group's deadline has come, at once: what does not end by being dropped is told to stop, and
/// left.
///
/// # Safety
///
/// As of [`advance`].
pub(super) unsafe fn stop<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    why: Stop,
    place: Place,
    leave: impl FnOnce(),
) -> Poll<Result<A::Field, A::Failure>> {
    // SAFETY: by contract.
    let Some(output) = A::stop(unsafe { Pin::new_unchecked(&mut *future) }.future()) else {
        // SAFETY: by contract.
        return Poll::Ready(unsafe { interrupt::<F, A>(future, why.into(), place, leave) });
    };
    leave();
    // SAFETY: it is there, and nobody finds it any more.
    quietly(|| unsafe { drop_in_place(future) });
    // Converting an error is user code.
    let settled = catch(|| A::settle(output, place));
    Poll::Ready(settled.unwrap_or_else(|panic| A::interrupted(Interruption::Panicked(panic), place)))
}

/// Drops what is left of the future, whose destructor may panic (again): that changes nothing any more.
///
/// # Safety
///
/// There is a future, pinned, and then it is gone.
#[cold]
pub(super) unsafe fn interrupt<F: Future, A: Settle<F>>(
    future: *mut impl Storage<F>,
    why: Interruption,
    place: Place,
    leave: impl FnOnce(),
) -> Result<A::Field, A::Failure> {
    // SAFETY: by contract.
    let settled = A::interrupted_in(unsafe { Pin::new_unchecked(&mut *future) }.future(), why, place);
    leave();
    // SAFETY: it is there, and nobody finds it any more.
    quietly(|| unsafe { drop_in_place(future) });
    settled
}
