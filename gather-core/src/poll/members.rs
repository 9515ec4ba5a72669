//! The members of a group with their seats: each is polled when it is due and dropped exactly once.

use std::mem::forget;
use std::pin::Pin;
use std::task::{Context, Waker};

use super::gathering::Limit;
use super::seats::{Mask, Seats};
use super::sweep::{At, Branch, Part, Pass, Places, Rounds, Sweep, budget_spent};
use crate::deadline::Stop;
use crate::verdict::Verdict;

/// A tree of parts, and what is in each of their seats.
///
/// What the masks say is true between any two steps: that is what every `unsafe` below and in the parts stands on. Only this module
/// has both.
pub struct Members<N: Part, S: Seats> {
    tree: N,
    seats: S,
}

/// What one pass leaves.
pub struct Passed {
    pub(super) unfinished: bool,
    /// Members and items.
    pub(super) seen: usize,
}

impl<N: Part, S: Seats> Members<N, S> {
    #[inline(always)]
    pub(super) fn new(tree: N) -> Self {
        Self { tree, seats: S::full(N::SEATS) }
    }

    /// One sweep, that begins with the member that `next` says, which is then that of the next sweep. `true`: somebody is
    /// unfinished.
    #[inline(always)]
    pub(super) fn sweep<V: Verdict>(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        verdict: &mut V,
        limit: &mut impl Limit,
        next: &mut Next,
    ) -> bool
    where
        N: Branch<V>,
    {
        let mut places = Places::new(limit.free());
        let passed = if next.0 == 0 && !N::WAITS {
            let rounds =
                Rounds { cx, verdict, places: &mut places, pass: Pass::Due { fresh: true }, window: 0..usize::MAX };
            self.pass(rounds, 0, 0)
        } else {
            self.as_mut().sweep_from(next.0 as usize, cx, verdict, &mut places)
        };
        limit.set_free(places.free);
        if passed.unfinished {
            if budget_spent() {
                next.one_further(passed.seen);
            } else if next.0 != 0 {
                next.0 = 0;
            }
        }
        passed.unfinished
    }

    /// All passes of a sweep that begins with member `from`, or in which members may start.
    #[inline(never)]
    fn sweep_from<V: Verdict>(
        mut self: Pin<&mut Self>,
        from: usize,
        cx: &mut Context<'_>,
        verdict: &mut V,
        places: &mut Places,
    ) -> Passed
    where
        N: Branch<V>,
    {
        let mut pass = Pass::Due { fresh: true };
        let mut window = from..usize::MAX;
        loop {
            let rounds = Rounds { cx, verdict, places, pass, window };
            let passed = self.as_mut().pass(rounds, 0, 0);
            (pass, window) = match pass {
                Pass::Due { fresh: true } if from > 0 => (Pass::Due { fresh: false }, 0..from),
                _ if N::WAITS && places.reopen() && !verdict.is_decided() => (Pass::Start, 0..usize::MAX),
                _ => return passed,
            };
        }
    }

    /// One pass over these members, with `position` members, and `before` members and items, before them.
    #[inline(always)]
    pub(super) fn pass<V: Verdict>(
        self: Pin<&mut Self>,
        rounds: Rounds<'_, '_, V>,
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
        let due = match rounds.pass {
            Pass::Due { fresh: true } if rounds.window == (0..usize::MAX) => this.seats.take_due(task),
            Pass::Due { fresh } => {
                if fresh {
                    this.seats.take_woken(task);
                }
                let below = |flat: usize| S::Mask::first(this.tree.seats_among(&mut flat.saturating_sub(before)));
                seats = below(rounds.window.end).without(below(rounds.window.start));
                let masks = this.seats.masks();
                let due = masks.due.and(seats);
                masks.due = masks.due.without(seats);
                due
            }
            Pass::Start => S::Mask::NONE,
        };
        let (passed, woken) = {
            let (masks, link) = this.seats.split();
            let stack = S::stack(link, task);
            // SAFETY: the stack stays here, and the waker is used by the desk only.
            let waker = unsafe { S::waker(&stack) };
            let desk = S::desk(link, &stack, &waker);
            let mut sweep: Sweep<'_, '_, V, S> =
                Sweep { rounds, masks, desk, due, seats, before, items: 0, unfinished: 0 };
            // SAFETY: the tree is pinned as this is; the masks are its own.
            unsafe { Pin::new_unchecked(&mut this.tree).sweep(At { seat: 0, position }, &mut sweep) };
            let unfinished = sweep.unfinished > 0 || !sweep.masks.live.is_empty();
            (Passed { unfinished, seen: N::SEATS + sweep.items }, S::close(&sweep.desk))
        };
        this.seats.woke_themselves(woken, task);
        passed
    }

    /// Ends every unfinished member: those that are left cannot simply be dropped.
    pub(super) fn stop<V: Verdict>(self: Pin<&mut Self>, why: Stop, rounds: Rounds<'_, '_, V>, position: usize) -> bool
    where
        N: Branch<V>,
    {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        let task: &Waker = rounds.cx.waker();
        let (masks, link) = this.seats.split();
        let stack = S::stack(link, task);
        // SAFETY: as in `pass`.
        let waker = unsafe { S::waker(&stack) };
        let desk = S::desk(link, &stack, &waker);
        let (due, seats) = (S::Mask::NONE, S::Mask::NONE);
        let mut sweep: Sweep<'_, '_, V, S> =
            Sweep { rounds, masks, desk, due, seats, before: 0, items: 0, unfinished: 0 };
        // SAFETY: as in `pass`.
        unsafe { Pin::new_unchecked(&mut this.tree).stop(At { seat: 0, position }, why, &mut sweep) };
        sweep.unfinished > 0 || !sweep.masks.live.is_empty()
    }

    /// The fields, once every member has one.
    #[inline(always)]
    pub(super) fn take(self: Pin<&mut Self>) -> N::Output {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        let masks = this.seats.masks();
        debug_assert!(masks.live.is_empty());
        // SAFETY: as in `pass`; they are marked as empty right after.
        let fields = unsafe { Pin::new_unchecked(&mut this.tree).take(0, masks) };
        masks.empty = S::Mask::first(N::SEATS);
        fields
    }

    /// Drops everything.
    #[inline(always)]
    pub(super) fn clear(self: Pin<&mut Self>) {
        // SAFETY: nothing is moved out of it.
        let this = unsafe { self.get_unchecked_mut() };
        let masks = this.seats.masks();
        if N::WAITS || !S::Mask::first(N::SEATS).without(masks.empty).is_empty() {
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
    }

    pub(super) fn tree(&self) -> &N {
        &self.tree
    }
}

impl<N: Part, S: Seats> Drop for Members<N, S> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: it does not move any more.
        unsafe { Pin::new_unchecked(self) }.clear();
    }
}

/// The member that the next sweep begins with, or that there is none.
pub struct Next(u32);

impl Next {
    /// With the first.
    pub(super) const FIRST: Self = Self(0);

    fn one_further(&mut self, seen: usize) {
        // Beyond `u32::MAX` members it begins with the first.
        self.0 = u32::try_from((self.0 as usize + 1) % seen.max(1)).unwrap_or(0) % u32::MAX;
    }
}

/// Ends a group that has its result, or whose member panicked: drops its members before anybody sees that.
pub struct Ending<'a, N: Part, S: Seats> {
    pub(super) members: Pin<&'a mut Members<N, S>>,
    pub(super) next: &'a mut Next,
    taken: bool,
}

impl<'a, N: Part, S: Seats> Ending<'a, N, S> {
    /// # Panics
    ///
    /// If it has ended.
    #[inline(always)]
    pub(super) fn new(members: Pin<&'a mut Members<N, S>>, next: &'a mut Next) -> Self {
        assert!(next.0 != u32::MAX, "a `gather!` group was polled after it had ended");
        Self { members, next, taken: false }
    }

    /// The fields, once every member has one.
    #[inline(always)]
    pub(super) fn take(&mut self) -> N::Output {
        let fields = self.members.as_mut().take();
        self.taken = true;
        fields
    }

    /// It goes on.
    #[inline(always)]
    pub(super) fn pending(self) {
        forget(self);
    }
}

impl<N: Part, S: Seats> Drop for Ending<'_, N, S> {
    #[inline(always)]
    fn drop(&mut self) {
        self.next.0 = u32::MAX;
        if !self.taken || N::WAITS {
            self.members.as_mut().clear();
        }
    }
}
