//! Which items of a list were woken.
//!
//! Each item is polled with a waker of its own. Waking it adds the item to the list's queue, once until the item is
//! polled again, and wakes the task that awaits the group when the queue was empty. So a poll of the group costs as
//! much as there are woken items, however long the list is.

#[cfg(all(test, loom))]
mod model;

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Wake, Waker};

use crate::sync::{AtomicBool, Mutex, lock};

/// The wakers of the items, by slot.
pub struct ReadySet {
    shared: Arc<Shared>,
    items: Vec<Option<(Arc<Item>, Waker)>>,
}

type Shared = Mutex<Queue>;

struct Queue {
    /// `(item, slot)`
    woken: Vec<(usize, usize)>,
    /// The awaiting task's; none before the first poll and after the end.
    parent: Option<Waker>,
}

struct Item {
    item: usize,
    slot: usize,
    queued: AtomicBool,
    shared: Arc<Shared>,
}

impl Wake for Item {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if self.queued.swap(true, Ordering::AcqRel) {
            return;
        }
        let parent = {
            let mut queue = lock(&self.shared);
            let parent = if queue.woken.is_empty() { queue.parent.clone() } else { None };
            if queue.parent.is_some() {
                queue.woken.push((self.item, self.slot));
            }
            parent
        };
        // Outside the lock: an executor may poll the group right here.
        if let Some(parent) = parent {
            parent.wake();
        }
    }
}

impl ReadySet {
    pub(in crate::poll) fn new() -> Self {
        let queue = Mutex::new(Queue { woken: Vec::new(), parent: None });
        Self { shared: Arc::new(queue), items: Vec::new() }
    }

    /// Moves what was woken into `due`, as `(item, slot)`; from now on wakes go to `parent`.
    pub(in crate::poll) fn drain(&mut self, parent: &Waker, due: &mut Vec<(usize, usize)>) {
        let mut queue = lock(&self.shared);
        due.append(&mut queue.woken);
        let stale = match &queue.parent {
            Some(known) if known.will_wake(parent) => None,
            _ => queue.parent.replace(parent.clone()),
        };
        // A waker's destructor is the executor's code: not under the lock.
        drop(queue);
        drop(stale);
    }

    /// The waker to poll `item` with, which stands in `slot`. Wakes from now on count.
    pub(in crate::poll) fn waker(&mut self, item: usize, slot: usize) -> Waker {
        if self.items.len() <= slot {
            self.items.resize_with(slot + 1, || None);
        }
        let (state, waker) = self.items[slot].get_or_insert_with(|| {
            let state = Arc::new(Item { item, slot, queued: AtomicBool::new(false), shared: Arc::clone(&self.shared) });
            (Arc::clone(&state), Waker::from(state))
        });
        // Before the poll, never after it: a wake during the poll must count. It is no plain store: a wake that found the item
        // queued is not recorded anywhere, so this poll must see what that wake was about.
        state.queued.swap(false, Ordering::AcqRel);
        waker.clone()
    }

    /// The item in `slot` has ended: the slot's next item gets a waker of its own.
    pub(in crate::poll) fn forget(&mut self, slot: usize) {
        self.items[slot] = None;
    }
}

impl Drop for ReadySet {
    /// Wakers may outlive the group: they must not keep its task alive, nor wake it.
    fn drop(&mut self) {
        let mut queue = lock(&self.shared);
        let parent = queue.parent.take();
        queue.woken = Vec::new();
        drop(queue);
        drop(parent);
    }
}
