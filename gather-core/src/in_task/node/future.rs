//! A member of its own.

use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use crate::in_task::node::published::Harvest;
use crate::in_task::slot::{Cell, advance_into, interrupt, stop};
use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::start::{Come, Turn};
use crate::in_task::storage::Stored;
use crate::in_task::sweep::{At, Branch, Part, Sweep};
use crate::member::Place;
use crate::policy::Stop;
use crate::policy::{Hear, Verdict};
use crate::policy::{Interruption, Settle};

pin_project! {
    /// One future; its output is settled by `A`, its turn comes by `T`.
    ///
    /// `O`, the type of its field, is what `A` says, and a parameter all the same: rustc asks whether a future is `Send` with
    /// all lifetimes in its type forgotten, and `<A as Settle<F>>::Field` would then not be found where an error type has one.
    pub struct Single<F, A, T, O = <A as Settle<F>>::Field> {
        #[pin]
        cell: Cell<Stored<F>, O>,
        turn: T,
        settle: PhantomData<fn() -> A>,
    }
}

// Said here, so that rustc, which asks so deep and no deeper, meets the future in one step.
// SAFETY: it owns a future or a field, and its turn.
unsafe impl<F: Send, A, T: Send, O: Send> Send for Single<F, A, T, O> {}
// SAFETY: as above.
unsafe impl<F: Sync, A, T: Sync, O: Sync> Sync for Single<F, A, T, O> {}

impl<F: Future, A: Settle<F>, T> Single<F, A, T> {
    #[inline]
    pub(crate) fn new(future: Stored<F>, turn: T) -> Self {
        Self { cell: Cell::new(future), turn, settle: PhantomData }
    }
}

// Nothing is asked of the future here: rustc asks for it where it has forgotten all lifetimes.
impl<F, A, T: Turn, O> Part for Single<F, A, T, O> {
    type Output = O;
    const SEATS: usize = 1;
    const MEMBERS: usize = 1;
    const STARTS: bool = T::WAITS;
    const SEATED: bool = !T::WAITS;

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn take<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> O {
        // SAFETY: by contract it has its field, which is gone then.
        unsafe { self.project().cell.read() }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) {
        let mut cell = self.project().cell;
        if masks.live.has(seat) {
            masks.live.remove(seat);
            masks.empty.insert(seat);
            // SAFETY: the masks said so, and say that it is gone.
            unsafe { cell.as_mut().future().drop_in_place() };
        } else if !masks.empty.has(seat) {
            masks.empty.insert(seat);
            // SAFETY: as above.
            drop(unsafe { cell.read() });
        }
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        let it = usize::from(*members > 0);
        *members -= it;
        it
    }
}

impl<F, A, T: Turn, O> Harvest for Single<F, A, T, O> {
    fn has_ended<M: Mask>(&self, seat: usize, masks: &Masks<M>) -> bool {
        !masks.live.has(seat)
    }

    unsafe fn harvest<M: Mask>(self: Pin<&mut Self>, seat: usize, masks: &mut Masks<M>) -> Option<O> {
        let failed = masks.empty.has(seat);
        masks.empty.insert(seat);
        // SAFETY: it has ended, and not failed: it has its field, which is gone then.
        (!failed).then(|| unsafe { self.project().cell.read() })
    }
}

impl<V, F, A, T, O> Branch<V> for Single<F, A, T, O>
where
    F: Future,
    A: Settle<F, Field = O>,
    T: Turn,
    V: Verdict + Hear<A::Failure>,
{
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn sweep<K: Desk>(self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let seat = at.seat;
        let this = self.project();
        let mut cell = this.cell;
        if T::WAITS && !this.turn.has_started() {
            if !sweep.masks.live.has(seat) || !sweep.seats.has(seat) {
                return;
            }
            match this.turn.comes(sweep.rounds) {
                Come::Now => {}
                Come::NotYet => return,
                // SAFETY: it is live.
                Come::Never => return unsafe { skip::<F, A, _, _, _>(cell, this.turn, at, sweep) },
            }
        } else if !sweep.due.has(seat) {
            return;
        }
        let mut due = Due::<F, A> { future: cell.as_mut().future(), seat, place: sweep.place(at), settled: None };
        // SAFETY: what is due is live.
        sweep.poll(seat, |cx, masks| unsafe { due.advance(cx, masks) });
        conclude::<F, A, _, _, _>(cell, this.turn, &mut due.settled, at, sweep);
    }

    unsafe fn stop<K: Desk>(self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        if !sweep.masks.live.has(at.seat) {
            return;
        }
        let this = self.project();
        let mut cell = this.cell;
        let (place, leave) = (sweep.place(at), || sweep.masks.leave::<Stored<F>>(at.seat));
        // SAFETY: it is live.
        if let Poll::Ready(settled) = unsafe { stop::<F, A>(cell.as_mut().future(), why, place, leave) } {
            conclude::<F, A, _, _, _>(cell, this.turn, &mut Some(settled), at, sweep);
        }
    }
}

/// A member that is about to be polled. Closures that poll it hold no more than a pointer to this, for without optimisation each fn
/// that is handed a closure has copies of it on the stack.
struct Due<F: Future, A: Settle<F>> {
    future: *mut Stored<F>,
    seat: usize,
    place: Place,
    settled: Option<Result<A::Field, A::Failure>>,
}

impl<F: Future, A: Settle<F>> Due<F, A> {
    /// # Safety
    ///
    /// It is live, and the masks are those of its group.
    #[cfg_attr(not(debug_assertions), inline(always))]
    unsafe fn advance<M: Mask>(&mut self, cx: &mut Context<'_>, masks: &mut Masks<M>) {
        let leave = || masks.leave::<Stored<F>>(self.seat);
        // SAFETY: by contract.
        unsafe { advance_into::<F, A>(self.future, cx, &self.place, leave, &mut self.settled) };
    }
}

/// A member never starts: what it depends on has failed.
///
/// # Safety
///
/// It is live.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn skip<F, A, T, V, K>(
    mut cell: Pin<&mut Cell<Stored<F>, A::Field>>,
    turn: &mut T,
    at: At,
    sweep: &mut Sweep<'_, '_, '_, V, K>,
) where
    F: Future,
    A: Settle<F>,
    T: Turn,
    V: Verdict + Hear<A::Failure>,
    K: Desk,
{
    let (place, leave) = (sweep.place(at), || sweep.masks.leave::<Stored<F>>(at.seat));
    // SAFETY: by contract.
    let settled = unsafe { interrupt::<F, A>(cell.as_mut().future(), Interruption::Skipped, place, leave) };
    conclude::<F, A, _, _, _>(cell, turn, &mut Some(settled), at, sweep);
}

/// A member has left its cell, if it has been settled.
#[cfg_attr(not(debug_assertions), inline(always))]
fn conclude<F, A, T, V, K>(
    cell: Pin<&mut Cell<Stored<F>, A::Field>>,
    turn: &mut T,
    settled: &mut Option<Result<A::Field, A::Failure>>,
    at: At,
    sweep: &mut Sweep<'_, '_, '_, V, K>,
) where
    F: Future,
    A: Settle<F>,
    T: Turn,
    V: Verdict + Hear<A::Failure>,
    K: Desk,
{
    let Some(settled) = settled.take() else { return };
    match settled {
        Ok(field) => {
            cell.write(field);
            sweep.masks.fill::<Stored<F>>(at.seat);
        }
        Err(failure) => {
            sweep.masks.empty.insert(at.seat);
            let place = sweep.place(at);
            sweep.rounds.verdict.hear(failure, place);
        }
    }
    turn.ended(sweep.rounds.places);
}
