//! How many share an allocation: the group and the wakers of its members.

use core::sync::atomic::Ordering::{Acquire, Relaxed, Release};

use crate::sync::AtomicUsize;
use crate::unwind::abort;

/// A count of owners. The allocation that it stands in is freed by whoever gives up the last ownership.
pub(super) struct Owners(AtomicUsize);

impl Owners {
    pub(super) fn one() -> Self {
        Self(AtomicUsize::new(1))
    }

    /// Counts one more, for a waker that is cloned. An owner calls this.
    #[inline]
    pub(super) fn add(&self) {
        // Half of the range is left for clones on their way here.
        if self.0.fetch_add(1, Relaxed) > isize::MAX as usize {
            abort();
        }
    }

    /// Counts one less. `true`: that was the last, and whatever the others did with the allocation happens before this.
    #[inline(always)]
    #[must_use]
    pub(super) fn release(&self) -> bool {
        let last = self.0.fetch_sub(1, Release) == 1;
        if last {
            // Not a fence, which ThreadSanitizer does not understand.
            self.0.load(Acquire);
        }
        last
    }
}
