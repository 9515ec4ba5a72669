//! The members of a group with their seats: each is polled when it is due and dropped exactly once.

use core::mem::forget;
use core::ops::Range;
use core::pin::Pin;
use core::task::{Context, Waker};

use super::permits::Limit;
use super::slot_states::{Desk, Mask, Masks};
use super::sweep::{At, Branch, Part, Pass, Rounds, Sweep, budget_spent};
use super::wakers::{Seats, Tour};
use crate::policy::Stop;
use crate::policy::{POLLED_AFTER_THE_END, Verdict};

/// A tree of parts, and what is in each of their seats.
///
/// What the masks say is true between any two steps: that is what every `unsafe` below and in the parts stands on. Only this module
/// has both.
pub struct Members<N: Part, S: Seats> {
    tree: N,
    seats: S,
    next: Next,
}

/// What one pass leaves.
pub struct Passed {
    pub(super) unfinished: bool,
    /// Members and items.
    pub(super) seen: usize,
}

impl<N: Part, S: Seats> Members<N, S> {
    #[inline]
    pub(super) fn new(tree: N) -> Self {
        Self { tree, seats: S::full(N::SEATS), next: Next::FIRST }
    }

    /// One sweep. `true`: somebody is unfinished.
    ///
    /// # Panics
    ///
    /// If the group has ended.
    #[inline(always)]
    pub(super) fn sweep<V: Verdict>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        verdict: &mut V,
        limit: &mut impl Limit,
    ) -> bool
    where
        N: Branch<V>,
    {
        // One list sees to it itself that its items start as others end.
        let alone = const { N::MEMBERS == 1 && N::SEATS == 0 };
        if N::STARTS && !alone || self.next.0 != 0 {
            return self.sweep_from(cx.waker(), verdict, limit);
        }
        let mut places = limit.places();
        let (pass, poll_all) = (Pass::Due { fresh: true }, S::POLLS_ALL);
        let mut rounds = Rounds { cx, verdict, places: &mut places, pass, window: 0..usize::MAX, alone, poll_all };
        let passed = self.as_mut().pass(&mut rounds, 0, 0);
        limit.set_free(places.free);
        if passed.unfinished && !S::POLLS_ALL && budget_spent() {
            let next = self.next();
            next.0 = next.one_further(passed.seen);
        }
        passed.unfinished
    }

    /// The same where members may start during the sweep, or it does not begin with the first.
    ///
    /// # Panics
    ///
    /// If the group has ended.
    // The waker, not the context: whose address is handed out is kept in memory, for all sweeps.
    #[inline(never)]
    fn sweep_from<V: Verdict>(mut self: Pin<&mut Self>, task: &Waker, verdict: &mut V, limit: &mut impl Limit) -> bool
    where
        N: Branch<V>,
    {
        assert!(!self.next.is_over(), "{POLLED_AFTER_THE_END}");
        let cx = &mut Context::from_waker(task);
        let mut places = limit.places();
        let from = self.next.0 as usize;
        let mut pass = Pass::Due { fresh: true };
        let mut window = from..usize::MAX;
        let passed = loop {
            let poll_all = S::POLLS_ALL;
            let mut rounds = Rounds { cx, verdict, places: &mut places, pass, window, alone: false, poll_all };
            let passed = self.as_mut().pass(&mut rounds, 0, 0);
            (pass, window) = match pass {
                Pass::Due { fresh: true } if from > 0 => (Pass::Due { fresh: false }, 0..from),
                _ if N::STARTS && places.reopen() && !verdict.is_decided() => (Pass::Start, 0..usize::MAX),
                _ => break passed,
            };
        };
        limit.set_free(places.free);
        let next = self.next();
        next.0 = if passed.unfinished && !S::POLLS_ALL && budget_spent() { next.one_further(passed.seen) } else { 0 };
        passed.unfinished
    }

    /// One pass over these members, with `position` members, and `before` members and items, before them.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pass<V: Verdict>(
        self: Pin<&mut Self>,
        rounds: &mut Rounds<'_, '_, V>,
        position: usize,
        before: usize,
    ) -> Passed
    where
        N: Branch<V>,
    {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        let task: &Waker = rounds.cx.waker();
        let mut seats = S::Mask::first(N::SEATS);
        let mut due = S::Mask::NONE;
        if let Pass::Due { .. } = rounds.pass {
            due = this.seats.take_due(task);
            if rounds.window != (0..usize::MAX) {
                seats = this.inside(&rounds.window, before);
                this.seats.give_back(due.without(seats));
                due = due.and(seats);
            }
        }
        // SAFETY: it does not move.
        let tree = unsafe { Pin::new_unchecked(&mut this.tree) };
        this.seats.pass(task, || Round { tree, rounds, due, seats, position, before })
    }

    /// The seats in a window, with `before` members and items before the first.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn inside(&self, window: &Range<usize>, before: usize) -> S::Mask {
        let below = |flat: usize| S::Mask::first(self.tree.seats_among(&mut flat.saturating_sub(before)));
        below(window.end).without(below(window.start))
    }

    /// Ends every unfinished member. `true`: some cannot simply be dropped, and go on.
    pub(super) fn stop<V: Verdict>(
        self: Pin<&mut Self>,
        why: Stop,
        rounds: &mut Rounds<'_, '_, V>,
        position: usize,
    ) -> bool
    where
        N: Branch<V>,
    {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        let task: &Waker = rounds.cx.waker();
        // SAFETY: it does not move.
        let tree = unsafe { Pin::new_unchecked(&mut this.tree) };
        this.seats.pass(task, || Halt { tree, rounds, why, position })
    }

    /// The fields, once every member has one.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn take(self: Pin<&mut Self>) -> N::Output {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        this.seats.close();
        let masks = this.seats.masks();
        debug_assert!(masks.live.is_empty());
        // SAFETY: as in `pass`. From now on they are not looked at any more.
        let fields = unsafe { Pin::new_unchecked(&mut this.tree).take(0, masks) };
        this.next = Next::OVER;
        fields
    }

    /// Drops everything, unless it is over. Then it is.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn clear(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        if !this.next.is_over() {
            this.next = Next::OVER;
            this.clear_the_rest();
        }
    }

    #[inline(never)]
    fn clear_the_rest(&mut self) {
        /// The others are dropped where the destructor of one panics.
        struct Rest<'a, N: Part, S: Seats>(&'a mut Members<N, S>);
        impl<N: Part, S: Seats> Drop for Rest<'_, N, S> {
            fn drop(&mut self) {
                self.0.clear_once();
            }
        }
        let rest = Rest(self);
        rest.0.clear_once();
        forget(rest);
    }

    fn clear_once(&mut self) {
        // SAFETY: a group that is dropped or over stays where it is; the masks are the tree's own.
        unsafe { Pin::new_unchecked(&mut self.tree).clear(0, self.seats.masks()) };
        self.seats.close();
    }

    fn next(self: Pin<&mut Self>) -> &mut Next {
        // SAFETY: nothing is moved out of it, and the number is not pinned.
        unsafe { &mut self.get_unchecked_mut().next }
    }

    /// What need not stay where it is.
    pub(super) fn list(self: Pin<&mut Self>) -> &mut N
    where
        N: Unpin,
    {
        // SAFETY: nothing is moved out of the group but, by whoever has the reference, its tree: that is `Unpin`.
        unsafe { &mut self.get_unchecked_mut().tree }
    }

    pub(super) fn tree(&self) -> &N {
        &self.tree
    }
}

/// One pass.
struct Round<'t, 'a, 'c, N, V, M> {
    tree: Pin<&'t mut N>,
    rounds: &'t mut Rounds<'a, 'c, V>,
    due: M,
    seats: M,
    position: usize,
    before: usize,
}

impl<N: Branch<V>, V: Verdict, M: Mask> Tour<M> for Round<'_, '_, '_, N, V, M> {
    type Output = Passed;

    #[inline(always)]
    fn go<K: Desk<Mask = M>>(self, masks: &mut Masks<M>, desk: K) -> Passed {
        let Self { rounds, due, seats, before, .. } = self;
        let mut sweep = Sweep { rounds, masks, desk, due, seats, before, items: 0, unfinished: 0 };
        // SAFETY: `Members` pairs the tree with its own masks.
        unsafe { self.tree.sweep(At { seat: 0, position: self.position }, &mut sweep) };
        let unfinished = sweep.unfinished > 0 || !sweep.masks.live.is_empty();
        Passed { unfinished, seen: N::SEATS + sweep.items }
    }
}

/// The end of all members.
struct Halt<'t, 'a, 'c, N, V> {
    tree: Pin<&'t mut N>,
    rounds: &'t mut Rounds<'a, 'c, V>,
    why: Stop,
    position: usize,
}

impl<N: Branch<V>, V: Verdict, M: Mask> Tour<M> for Halt<'_, '_, '_, N, V> {
    type Output = bool;

    fn go<K: Desk<Mask = M>>(self, masks: &mut Masks<M>, desk: K) -> bool {
        let Self { tree, rounds, why, position } = self;
        let (due, seats) = (M::NONE, M::NONE);
        let mut sweep = Sweep { rounds, masks, desk, due, seats, before: 0, items: 0, unfinished: 0 };
        // SAFETY: as in `Round`.
        unsafe { tree.stop(At { seat: 0, position }, why, &mut sweep) };
        sweep.unfinished > 0 || !sweep.masks.live.is_empty()
    }
}

impl<N: Part, S: Seats> Drop for Members<N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        // SAFETY: it does not move any more.
        unsafe { Pin::new_unchecked(self) }.clear();
    }
}

/// The member that the next sweep begins with, or that all is over: every future is gone, and every field.
struct Next(u32);

impl Next {
    /// With the first.
    const FIRST: Self = Self(0);
    const OVER: Self = Self(u32::MAX);

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_over(&self) -> bool {
        self.0 == Self::OVER.0
    }

    /// Of `seen` members and items.
    fn one_further(&self, seen: usize) -> u32 {
        // Beyond `u32::MAX` members it begins with the first.
        u32::try_from((self.0 as usize + 1) % seen.max(1)).unwrap_or(0) % Self::OVER.0
    }
}

/// Ends a group that has its result, or whose member panicked: drops its members before anybody sees that.
pub struct Ending<'a, N: Part, S: Seats>(pub(super) Pin<&'a mut Members<N, S>>);

impl<N: Part, S: Seats> Ending<'_, N, S> {
    /// It goes on.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn pending(self) {
        forget(self);
    }
}

impl<N: Part, S: Seats> Drop for Ending<'_, N, S> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn drop(&mut self) {
        self.0.as_mut().clear();
    }
}
