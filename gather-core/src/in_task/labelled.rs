//! The labels of an in-task group. They stand beside its limit, since every form of a group has one.

use super::permits::{Limit, Permits};
use crate::observe::Labels;

/// The limit `L`, and what gives the labels: a closure without captures, which takes no room.
pub struct Labelled<L, G> {
    limit: L,
    labels: G,
}

impl<L, G> Labelled<L, G> {
    pub(crate) fn new(limit: L, labels: G) -> Self {
        Self { limit, labels }
    }
}

impl<L: Limit, G: Fn() -> Labels> Limit for Labelled<L, G> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn permits(&self) -> Permits {
        self.limit.permits()
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn set_free(&mut self, free: usize) {
        self.limit.set_free(free);
    }
    #[inline(always)]
    fn suffices_for_batch(&self) -> bool {
        self.limit.suffices_for_batch()
    }
    fn labels(&self) -> Option<Labels> {
        Some((self.labels)())
    }
}
