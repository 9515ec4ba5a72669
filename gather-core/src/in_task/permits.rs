//! `limit`: how many members may be in progress at once.

use crate::observe::Labels;

/// Whether a group has a limit, and which.
pub trait Limit {
    /// The permits as they are at the start of a pass.
    fn permits(&self) -> Permits;
    fn set_free(&mut self, free: usize);
    /// Whether so many are free that items start although results wait to be taken.
    fn suffices_for_batch(&self) -> bool;
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
    /// How many items start at once, at least, while results wait to be taken.
    batch: usize,
}

/// The free permits that are waited for do not grow with a large limit.
const LARGEST_BATCH: usize = 16;

impl Limited {
    pub(crate) fn new(limit: usize) -> Self {
        // A limit of 0 is reported when an item would start. One permit lets the list ask for an item.
        Self { limit, free: limit.max(1), batch: (limit / 4).clamp(1, LARGEST_BATCH) }
    }
}

impl Limit for Unlimited {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn permits(&self) -> Permits {
        Permits::new(0, 0)
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_free(&mut self, _: usize) {}
    fn suffices_for_batch(&self) -> bool {
        false
    }
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
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn suffices_for_batch(&self) -> bool {
        self.free >= self.batch
    }
}

/// The permits of a group's limit during a pass.
#[derive(Clone, Copy)]
pub struct Permits {
    pub(super) free: usize,
    /// All permits: the group's `limit`.
    pub(super) limit: usize,
    /// Permits that were given back during this pass. They are free from the next pass on.
    released: usize,
    /// Whether a dependency is done since the last pass, so that a dependant may start.
    opened: bool,
}

impl Permits {
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn new(free: usize, limit: usize) -> Self {
        Self { free, limit, released: 0, opened: false }
    }

    /// Whether members need permits.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn are_limited(&self) -> bool {
        self.limit > 0
    }

    /// Whether a dependant may start at the end of the sweep. It comes before members that need a permit that is still to become free.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn has_opened(&self) -> bool {
        self.opened
    }

    /// Whether there are permits, or more may be due to [`reclaim`](Self::reclaim).
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn any(&self) -> bool {
        self.free > 0 || self.released > 0 || self.opened
    }

    /// Frees the permits that were given back. `true`: somebody may want to start, so another pass is due.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn reclaim(&mut self) -> bool {
        let freed = self.released > 0 || self.opened;
        self.opened = false;
        self.free += self.released;
        self.released = 0;
        freed
    }

    /// Gives back the permit of a member that has ended.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(super) fn release(&mut self) {
        self.released += 1;
    }

    /// Notes that a dependency is done.
    pub(super) fn open_dependants(&mut self) {
        self.opened = true;
    }
}
