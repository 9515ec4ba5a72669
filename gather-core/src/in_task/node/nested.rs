//! So many members as seats can be told apart, as one: a larger group is made of several.

use core::pin::Pin;

use pin_project_lite::pin_project;

use crate::in_task::members::Members;
use crate::in_task::slot_states::{Desk, Mask, Masks};
use crate::in_task::sweep::{At, Branch, Part, Sweep};
use crate::in_task::wakers::Seats;
use crate::policy::Stop;
use crate::policy::Verdict;

pin_project! {
    /// The tree `N` with seats of its own.
    pub struct Knot<N: Part, S: Seats> {
        #[pin]
        members: Members<N, S>,
    }
}

impl<N: Part, S: Seats> Knot<N, S> {
    pub(crate) fn new(tree: N) -> Self {
        Self { members: Members::new(tree) }
    }
}

impl<N: Part, S: Seats> Part for Knot<N, S> {
    type Output = N::Output;
    const SEATS: usize = 0;
    const MEMBERS: usize = N::MEMBERS;
    const STARTS: bool = N::STARTS;
    const SEATED: bool = false;

    unsafe fn take<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) -> N::Output {
        self.project().members.take()
    }

    unsafe fn clear<M: Mask>(self: Pin<&mut Self>, _: usize, _: &mut Masks<M>) {
        self.project().members.clear();
    }

    fn seats_among(&self, members: &mut usize) -> usize {
        let before = *members;
        let seats = self.members.tree().seats_among(members);
        // They are seats of another group.
        debug_assert!(seats <= before - *members);
        0
    }
}

impl<V: Verdict, N: Branch<V>, S: Seats> Branch<V> for Knot<N, S> {
    unsafe fn sweep<K: Desk>(self: Pin<&mut Self>, at: At, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let before = sweep.flat(at);
        let passed = self.project().members.pass(sweep.rounds, at.position, before);
        sweep.items += passed.seen;
        sweep.unfinished += usize::from(passed.unfinished);
    }

    unsafe fn stop<K: Desk>(self: Pin<&mut Self>, at: At, why: Stop, sweep: &mut Sweep<'_, '_, '_, V, K>) {
        let unfinished = self.project().members.stop(why, sweep.rounds, at.position);
        sweep.unfinished += usize::from(unfinished);
    }
}
