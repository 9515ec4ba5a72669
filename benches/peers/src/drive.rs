//! How a group is driven: alike for all peers.

use std::hint::black_box;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::task::{Context, Poll, Wake, Waker};

/// What the parent's waker does: it sets a flag.
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Relaxed);
    }
    fn wake_by_ref(self: &Arc<Self>) {
        self.0.store(true, Relaxed);
    }
}

/// The awaiting task: its waker is a flag, and a real one.
pub(crate) struct Parent {
    flag: Arc<Flag>,
    waker: Waker,
}

impl Parent {
    pub(crate) fn new() -> Self {
        let flag = Arc::new(Flag(AtomicBool::new(false)));
        Self { waker: Waker::from(Arc::clone(&flag)), flag }
    }

    #[inline]
    fn is_woken(&self) -> bool {
        let woken = self.flag.0.load(Relaxed);
        if woken {
            self.flag.0.store(false, Relaxed);
        }
        woken
    }

    /// Polls `group` whenever it has woken its parent, and otherwise calls `wake_one`, which wakes a member from outside.
    #[inline]
    pub(crate) fn drive<G: Future>(&self, group: G, wake_one: impl Fn() -> bool) -> G::Output {
        let mut group = pin!(group);
        // From here on the compiler knows nothing of what the group holds.
        let mut group = black_box(group.as_mut());
        let mut cx = Context::from_waker(&self.waker);
        loop {
            if let Poll::Ready(output) = group.as_mut().poll(&mut cx) {
                return output;
            }
            while !self.is_woken() {
                assert!(wake_one(), "the group is pending, and nobody is left to wake it");
            }
        }
    }
}
