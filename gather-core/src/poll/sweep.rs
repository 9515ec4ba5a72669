//! One way through the members of a group, in member order.

use std::ops::Range;
use std::pin::Pin;
use std::task::Context;

use crate::deadline::Stop;
use crate::member::Place;
use crate::verdict::Verdict;

/// A member, a list of members, or several of these.
pub trait Part {
    /// The field, the list of fields, or pairs of them.
    type Output;

    /// The fields, once every member has one.
    fn take(self: Pin<&mut Self>) -> Self::Output;
}

/// A part of a group with the policy `V`.
pub trait Branch<V>: Part {
    /// Does for each member what the sweep's pass is for.
    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>);
}

/// What one pass through the members is for.
#[derive(Clone, Copy)]
pub(super) enum Pass {
    /// Poll the members that are due. `fresh`: the first such pass of this sweep.
    Due { fresh: bool },
    /// Start members that became startable during this sweep.
    Start,
    /// End every unfinished member.
    Stop(Stop),
}

/// How many more members may be in progress.
pub(super) struct Places {
    pub(super) free: usize,
    /// Given back during this pass: free from the next one on, at the end of the sweep.
    released: usize,
    /// A dependency is done: somebody who waited for it may start.
    opened: bool,
}

/// What a pass carries from member to member.
pub struct Sweep<'a, 'c, V> {
    pub(super) cx: &'a mut Context<'c>,
    pub(super) verdict: &'a mut V,
    pub(super) places: Places,
    pub(super) pass: Pass,
    /// Members and items, counted together, that this pass polls: all but in a rotated sweep.
    window: Range<usize>,
    /// Members passed so far.
    position: usize,
    /// Members passed so far, the items of lists counted one by one.
    flat: usize,
    /// Members that had not ended when they were passed.
    pub(super) unfinished: usize,
}

impl<'a, 'c, V: Verdict> Sweep<'a, 'c, V> {
    pub(super) fn new(cx: &'a mut Context<'c>, verdict: &'a mut V, free: usize) -> Self {
        let places = Places { free, released: 0, opened: false };
        Self { cx, verdict, places, pass: Pass::Start, window: 0..0, position: 0, flat: 0, unfinished: 0 }
    }

    /// One pass over `tree`.
    pub(super) fn run(&mut self, pass: Pass, window: Range<usize>, tree: Pin<&mut impl Branch<V>>) {
        self.pass = pass;
        self.window = window;
        (self.position, self.flat, self.unfinished) = (0, 0, 0);
        tree.sweep(self);
    }

    /// All passes of one sweep that begins with member `first`. Gives the number of members seen, items included.
    pub(super) fn run_all(&mut self, first: usize, mut tree: Pin<&mut impl Branch<V>>) -> usize {
        self.run(Pass::Due { fresh: true }, first..usize::MAX, tree.as_mut());
        if first > 0 {
            self.run(Pass::Due { fresh: false }, 0..first, tree.as_mut());
        }
        while self.places.reopen() && !self.verdict.is_decided() {
            self.run(Pass::Start, 0..usize::MAX, tree.as_mut());
        }
        self.flat
    }

    /// The place of the member that comes next.
    pub(super) fn place(&self) -> Place {
        Place { names: self.verdict.names(), position: self.position, item: None }
    }

    /// Steps over one member: its place, and whether this pass polls it if it is due.
    pub(super) fn step(&mut self) -> (Place, bool) {
        let place = self.place();
        let inside = self.window.contains(&self.flat);
        self.position += 1;
        self.flat += 1;
        (place, inside)
    }

    /// Steps over a list of `len` items: its place, and which of its items this pass polls if they are due.
    pub(super) fn step_list(&mut self, len: usize) -> (Place, Range<usize>) {
        let place = self.place();
        let from = self.window.start.saturating_sub(self.flat).min(len);
        let to = self.window.end.saturating_sub(self.flat).min(len);
        self.position += 1;
        self.flat += len;
        (place, from..to)
    }

    /// Counts items that a list has pulled since [`step_list`](Self::step_list).
    pub(super) fn grow(&mut self, items: usize) {
        self.flat += items;
    }

    /// Takes a place for a member that wants to start, if there is one.
    pub(super) fn take_place(&mut self) -> bool {
        let taken = self.may_start() && self.places.free > 0;
        if taken {
            self.places.free -= 1;
        }
        taken
    }

    /// Gives back a place that was taken for nothing.
    pub(super) fn return_place(&mut self) {
        self.places.free += 1;
    }

    /// What others depend on is done.
    pub(super) fn open_dependants(&mut self) {
        self.places.opened = true;
    }

    /// Whether members that did not run before may start in this pass.
    pub(super) fn may_start(&self) -> bool {
        match self.pass {
            Pass::Due { .. } => true,
            Pass::Start => !self.verdict.is_decided(),
            Pass::Stop(_) => false,
        }
    }

    /// Gives back the place of a member that has ended.
    pub(super) fn release_place(&mut self) {
        self.places.released += 1;
    }
}

impl Places {
    /// Frees what was released; whether there is a place that somebody may still want.
    fn reopen(&mut self) -> bool {
        let again = self.released > 0 || self.opened;
        self.opened = false;
        self.free += self.released;
        self.released = 0;
        again
    }
}

/// Whether tokio's budget for this poll of the task is used up, so that its resources answer "not yet" to everyone.
pub(super) fn budget_spent() -> bool {
    #[cfg(feature = "tokio")]
    return !tokio::task::coop::has_budget_remaining();
    #[cfg(not(feature = "tokio"))]
    false
}
