//! Members of a spawned group that have not started: they wait for a permit of the `limit`, or for members that they depend on.

#[cfg(all(test, loom))]
mod model;

use std::collections::VecDeque;
use std::mem::{replace, take};

use super::abort::Abortable;
use super::state::GroupState;
use crate::observe::Outcome;
use crate::policy::StopReason;
use crate::sync::{Mutex, lock};
use crate::unwind::quietly;

/// A member that has not started, or a list that has not started all of its items.
pub trait PendingMember: Send {
    /// Starts the member, or the next item.
    fn start_next(&mut self) -> StartResult;
    /// Everything that has not started reports why, and does not start.
    fn interrupt_rest(&mut self, why: StopReason);
    /// The others are about to be dropped, with this outcome.
    fn discard(&mut self, _: Outcome) {}
}

/// The result of [`start_next`](PendingMember::start_next).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum StartResult {
    Started,
    /// Has reported without a start.
    Skipped,
    /// Waits for other members.
    Blocked,
    /// There is nothing left to start.
    Ended,
}

impl StartResult {
    pub(super) fn is_progress(self) -> bool {
        matches!(self, Self::Started | Self::Skipped)
    }
}

/// Pending members in their order.
#[derive(Default)]
pub struct Pending {
    members: VecDeque<Box<dyn PendingMember>>,
}

impl Pending {
    pub(super) fn push(&mut self, member: impl PendingMember + 'static) {
        self.members.push_back(Box::new(member));
    }

    /// Starts one future of the first member that can start. Members that have ended are removed on the way.
    fn start_next(&mut self) -> StartResult {
        let mut i = 0;
        while let Some(member) = self.members.get_mut(i) {
            match member.start_next() {
                StartResult::Blocked => i += 1,
                StartResult::Ended => {
                    let member = self.members.remove(i);
                    quietly(|| drop(member));
                }
                result => return result,
            }
        }
        if self.members.is_empty() { StartResult::Ended } else { StartResult::Blocked }
    }

    fn interrupt_rest(&mut self, why: StopReason) {
        self.members.iter_mut().for_each(|member| member.interrupt_rest(why));
    }

    fn discard(&mut self, outcome: Outcome) {
        self.members.iter_mut().for_each(|member| member.discard(outcome));
    }
}

/// Members are dropped one by one, since each destructor is user code and may panic.
impl Drop for Pending {
    fn drop(&mut self) {
        for member in take(&mut self.members) {
            quietly(|| drop(member));
        }
    }
}

enum Queue {
    Waiting(Pending),
    /// Some thread starts members.
    InUse,
    /// No member is pending.
    None,
}

/// The pending members of a group, and its permits. The thread that takes the queue out owns it: iterators are user code and run
/// outside the lock.
pub(super) struct PendingStarts {
    locked: Mutex<LockedPending>,
    /// No member is ever pending.
    unused: bool,
    /// The limit is 0: one permit is there, to find out whether an item would need it.
    zero: bool,
}

struct LockedPending {
    permits: usize,
    queue: Queue,
    /// Since the queue was taken out last, a permit or a dependency may have become available.
    changed: bool,
}

impl PendingStarts {
    pub(super) fn new(limit: Option<usize>, has_dependants: bool) -> Self {
        // Without a limit half of all numbers are permits, so that those which are released fit in.
        let permits = limit.unwrap_or(usize::MAX / 2).max(1);
        let locked = LockedPending { permits, queue: Queue::None, changed: false };
        Self { locked: Mutex::new(locked), unused: limit.is_none() && !has_dependants, zero: limit == Some(0) }
    }

    /// Whether an item may start.
    pub(super) fn allows_items(&self) -> bool {
        !self.zero
    }

    /// Sets the members that [`start`](Self::start) starts. They count as [alive](GroupState::acquire) once until it returns `true`.
    pub(super) fn set(&self, pending: Pending) {
        lock(&self.locked).queue = Queue::Waiting(pending);
    }

    /// A member gives its permit back. `true`: another may be waiting for it.
    pub(super) fn release_permit(&self) -> bool {
        if self.unused {
            return false;
        }
        let mut locked = lock(&self.locked);
        locked.permits += 1;
        locked.changed = true;
        matches!(locked.queue, Queue::Waiting(_))
    }

    /// A dependency has its output, or has failed. `true`: a member may be waiting for it.
    pub(super) fn dependency_ended(&self) -> bool {
        let mut locked = lock(&self.locked);
        locked.changed = true;
        matches!(locked.queue, Queue::Waiting(_))
    }

    /// Starts members while there are permits and the group is open. `true`: no member is pending any more.
    pub(super) fn start<T, X, A: Abortable>(&self, group: &GroupState<T, X, A>) -> bool {
        loop {
            let mut locked = lock(&self.locked);
            let open = group.is_open();
            if open && locked.permits == 0 {
                return false;
            }
            let mut pending = match replace(&mut locked.queue, Queue::InUse) {
                Queue::Waiting(pending) => pending,
                other => {
                    locked.queue = other;
                    return false;
                }
            };
            if open {
                locked.permits -= 1;
            }
            locked.changed = false;
            drop(locked);
            let result = if open { pending.start_next() } else { StartResult::Ended };
            if result != StartResult::Ended {
                let mut locked = lock(&self.locked);
                locked.queue = Queue::Waiting(pending);
                locked.permits += usize::from(result != StartResult::Started);
                if result == StartResult::Blocked && !locked.changed && group.is_open() {
                    return false;
                }
                continue;
            }
            if let Some(why) = group.stopping() {
                pending.interrupt_rest(why);
            }
            pending.discard(group.outcome_of_the_rest());
            lock(&self.locked).queue = Queue::None;
            drop(pending);
            return true;
        }
    }

    fn take(&self) -> Option<Pending> {
        let mut locked = lock(&self.locked);
        match replace(&mut locked.queue, Queue::None) {
            Queue::Waiting(pending) => Some(pending),
            other => {
                locked.queue = other;
                None
            }
        }
    }

    /// The group is decided. `true`: no member is pending any more; else the thread that has the queue finds out.
    pub(super) fn discard(&self, outcome: Outcome) -> bool {
        let Some(mut pending) = self.take() else { return false };
        pending.discard(outcome);
        true
    }

    /// The deadline has passed; otherwise like [`discard`](Self::discard).
    pub(super) fn interrupt(&self, why: StopReason) -> bool {
        let Some(mut pending) = self.take() else { return false };
        pending.interrupt_rest(why);
        true
    }
}
