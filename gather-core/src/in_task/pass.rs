//! One pass over the tree of a group's members, with the wakers that their strategy has chosen.

use core::mem::ManuallyDrop;
use core::pin::Pin;

use super::slot_states::{BitSet, SlotStates, WakerSource};
use super::sweep::{PassContext, PollNode, Position, Sweep, apart};
use super::wakers::WithWakers;
use crate::policy::{GroupPolicy, StopReason};

/// The result of one pass.
pub struct PassResult {
    pub(super) unfinished: bool,
    /// How many members and items there are.
    pub(super) seen: usize,
}

impl PassResult {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn of<V, K: WakerSource>(sweep: &Sweep<'_, '_, '_, V, K>, slots: usize) -> Self {
        let unfinished = sweep.unfinished > 0 || !sweep.states.pending.is_empty();
        Self { unfinished, seen: slots + sweep.items }
    }
}

/// One pass over the tree.
pub struct RunPass<'t, 'a, 'c, N, V, M> {
    pub(super) tree: Pin<&'t mut N>,
    pub(super) pass_cx: &'t mut PassContext<'a, 'c, V>,
    pub(super) due: M,
    pub(super) position: usize,
    pub(super) before: usize,
}

impl<N: PollNode<V>, V: GroupPolicy, M: BitSet> WithWakers<M> for RunPass<'_, '_, '_, N, V, M> {
    type Output = PassResult;

    #[inline(always)]
    fn go<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) -> PassResult {
        let mut sweep = Sweep {
            pass_cx: &mut *self.pass_cx,
            states,
            wakers: ManuallyDrop::new(wakers),
            due: self.due,
            before: self.before,
            items: 0,
            unfinished: 0,
        };
        // SAFETY: `Members` has paired the tree with its own states, which are true; the tree's first slot is the first of them.
        unsafe { self.tree.as_mut().sweep(Position { slot: 0, position: self.position }, &mut sweep) };
        PassResult::of(&sweep, N::SLOTS)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn go_apart<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) -> PassResult {
        let Self { ref mut tree, ref mut pass_cx, due, position, before } = *self;
        apart!(pass_cx => {
            RunPass { tree: tree.as_mut(), pass_cx, due, position, before }.go_out_of_line(states, wakers)
        })
    }
}

/// The end of all members of the tree.
pub struct StopPass<'t, 'a, 'c, N, V> {
    pub(super) tree: Pin<&'t mut N>,
    pub(super) pass_cx: &'t mut PassContext<'a, 'c, V>,
    pub(super) why: StopReason,
    pub(super) position: usize,
}

impl<N: PollNode<V>, V: GroupPolicy, M: BitSet> WithWakers<M> for StopPass<'_, '_, '_, N, V> {
    type Output = ();

    fn go<K: WakerSource<BitSet = M>>(&mut self, states: &mut SlotStates<M>, wakers: K) {
        let pass_cx = &mut *self.pass_cx;
        let wakers = ManuallyDrop::new(wakers);
        let mut sweep = Sweep { pass_cx, states, wakers, due: M::NONE, before: 0, items: 0, unfinished: 0 };
        // SAFETY: as in `RunPass`.
        unsafe { self.tree.as_mut().stop(Position { slot: 0, position: self.position }, self.why, &mut sweep) };
    }
}
