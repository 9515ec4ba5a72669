//! `limit`: how many members may be in progress at once.

use crate::observe::Labels;

/// Whether a group has a limit, and which.
pub trait Limit {
    /// Those that are free now.
    fn permits(&self) -> Permits;
    fn set_free(&mut self, free: usize);
    /// What the group's members are called, where its expansion says so.
    fn labels(&self) -> Option<Labels> {
        None
    }
}

/// No `limit`.
pub struct Unlimited;

pub(crate) const LIMIT_OF_ZERO: &str = "`limit = 0` lets no member start: give `gather!` a limit of at least 1";

/// `limit = n`
pub struct Limited {
    pub(crate) limit: usize,
    free: usize,
}

impl Limited {
    pub(crate) fn new(limit: usize) -> Self {
        // One place shows whether there is an item that would need it, where there is to be none.
        Self { limit, free: limit.max(1) }
    }
}

impl Limit for Unlimited {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn permits(&self) -> Permits {
        Permits::new(0, 0)
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_free(&mut self, _: usize) {}
}

impl Limit for Limited {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn permits(&self) -> Permits {
        Permits::new(self.free, self.limit)
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_free(&mut self, free: usize) {
        self.free = free;
    }
}

/// How many more members may be in progress.
#[derive(Clone, Copy)]
pub struct Permits {
    pub(super) free: usize,
    /// How many there are in all: the group's `limit`.
    pub(super) limit: usize,
    /// Given back during this pass: free from the next one on, at the end of the sweep.
    released: usize,
    /// A dependency is done: somebody who waited for it may start.
    opened: bool,
}

impl Permits {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(free: usize, limit: usize) -> Self {
        Self { free, limit, released: 0, opened: false }
    }

    /// An item of a list is about to start.
    ///
    /// # Panics
    ///
    /// If none may: the limit is 0.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn admit(&self) {
        assert!(self.limit > 0, "{LIMIT_OF_ZERO}");
    }

    /// Whether somebody may start at the end of the sweep, before the members that need a place that is still to become free.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn has_opened(&self) -> bool {
        self.opened
    }

    /// Frees what was released; whether there is a place that somebody may still want.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn reclaim(&mut self) -> bool {
        let reborrow = self.released > 0 || self.opened;
        self.opened = false;
        self.free += self.released;
        self.released = 0;
        reborrow
    }

    /// Gives back the place of a member that has ended.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn release(&mut self) {
        self.released += 1;
    }

    /// What others depend on is done.
    pub(super) fn open_dependants(&mut self) {
        self.opened = true;
    }
}
