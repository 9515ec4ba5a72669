//! Members of a spawned group that wait for a place of its `limit`.

#[cfg(all(test, loom))]
mod model;

use std::mem::replace;

use super::state::{Core, Stopper};
use crate::observe::Outcome;
use crate::policy::StopReason;
use crate::sync::{Mutex, lock};
use crate::unwind::quietly;

/// Members in order, not started.
pub trait Queue: Send {
    /// Starts the first that can start.
    fn start_next(&mut self) -> Next;
    /// Gives those that will not start the exception that says so.
    fn stop(&mut self, why: StopReason);
    /// The others are about to be dropped.
    fn discard(&mut self, outcome: Outcome);
}

/// What became of [`start_next`](Queue::start_next).
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Next {
    Started,
    /// One was ended that will not start.
    Skipped,
    /// All that are left wait for other members.
    Waiting,
    /// None is left.
    None,
}

impl Next {
    pub(super) fn is_progress(self) -> bool {
        matches!(self, Self::Started | Self::Skipped)
    }
}

/// No more members.
pub struct Empty;

impl Queue for Empty {
    fn start_next(&mut self) -> Next {
        Next::None
    }
    fn stop(&mut self, _: StopReason) {}
    fn discard(&mut self, _: Outcome) {}
}

/// One queue after the other.
pub struct Chain<A, B>(pub(super) A, pub(super) B);

impl<A: Queue, B: Queue> Queue for Chain<A, B> {
    fn start_next(&mut self) -> Next {
        match self.0.start_next() {
            Next::None => self.1.start_next(),
            Next::Waiting => match self.1.start_next() {
                Next::None => Next::Waiting,
                next => next,
            },
            progress => progress,
        }
    }
    fn stop(&mut self, why: StopReason) {
        self.0.stop(why);
        self.1.stop(why);
    }
    fn discard(&mut self, outcome: Outcome) {
        self.0.discard(outcome);
        self.1.discard(outcome);
    }
}

enum Waiting {
    Queue(Box<dyn Queue>),
    /// Some thread is starting members.
    Busy,
    None,
}

/// The queue of a group, and its places. Who takes the queue out owns it: iterators are user code and run outside the lock.
pub(super) struct Line {
    inside: Mutex<Inside>,
    /// No member ever waits.
    idle: bool,
    /// The limit is 0. One place shows whether there is an item that would need it.
    closed: bool,
}

struct Inside {
    places: usize,
    waiting: Waiting,
    /// Something happened that may let somebody start, since the queue was last taken out.
    news: bool,
}

impl Line {
    /// `waits`: some members wait for others.
    pub(super) fn new(places: Option<usize>, waits: bool) -> Self {
        // Without a limit half of all numbers are places: there is room to give them back.
        let inside = Inside { places: places.unwrap_or(usize::MAX / 2).max(1), waiting: Waiting::None, news: false };
        Self { inside: Mutex::new(inside), idle: places.is_none() && !waits, closed: places == Some(0) }
    }

    /// Whether an item may start.
    pub(super) fn admits(&self) -> bool {
        !self.closed
    }

    /// Members that will start by [`fill`](Self::fill). The group must be [held](Core::hold) for them.
    pub(super) fn put(&self, queue: Box<dyn Queue>) {
        lock(&self.inside).waiting = Waiting::Queue(queue);
    }

    /// A member gives its place back. `true`: somebody may be waiting for it.
    pub(super) fn release(&self) -> bool {
        if self.idle {
            return false;
        }
        let mut inside = lock(&self.inside);
        inside.places += 1;
        inside.news = true;
        matches!(inside.waiting, Waiting::Queue(_))
    }

    /// A dependency is done. `true`: somebody may be waiting for it.
    pub(super) fn open(&self) -> bool {
        let mut inside = lock(&self.inside);
        inside.news = true;
        matches!(inside.waiting, Waiting::Queue(_))
    }

    /// Starts members while there are places and the group is open. `true`: the line ended here.
    pub(super) fn fill<T, X, H: Stopper>(&self, core: &Core<T, X, H>) -> bool {
        loop {
            let mut inside = lock(&self.inside);
            let open = core.is_open();
            if open && inside.places == 0 {
                return false;
            }
            let mut queue = match replace(&mut inside.waiting, Waiting::Busy) {
                Waiting::Queue(queue) => queue,
                other => {
                    inside.waiting = other;
                    return false;
                }
            };
            if open {
                inside.places -= 1;
            }
            inside.news = false;
            drop(inside);
            let next = if open { queue.start_next() } else { Next::None };
            if next != Next::None {
                let mut inside = lock(&self.inside);
                inside.waiting = Waiting::Queue(queue);
                inside.places += usize::from(next != Next::Started);
                if next == Next::Waiting && !inside.news && core.is_open() {
                    return false;
                }
                continue;
            }
            if let Some(why) = core.stopping() {
                queue.stop(why);
            }
            queue.discard(core.outcome_of_the_rest());
            lock(&self.inside).waiting = Waiting::None;
            quietly(|| drop(queue));
            return true;
        }
    }

    fn take(&self) -> Option<Box<dyn Queue>> {
        let mut inside = lock(&self.inside);
        match replace(&mut inside.waiting, Waiting::None) {
            Waiting::Queue(queue) => Some(queue),
            other => {
                inside.waiting = other;
                None
            }
        }
    }

    /// The group is decided. `true`: the line ended here; else who is busy with it will see that.
    pub(super) fn discard(&self, outcome: Outcome) -> bool {
        match self.take() {
            Some(mut queue) => {
                queue.discard(outcome);
                quietly(|| drop(queue));
                true
            }
            None => false,
        }
    }

    /// The deadline has come; otherwise like [`discard`](Self::discard).
    pub(super) fn stop(&self, why: StopReason) -> bool {
        match self.take() {
            Some(mut queue) => {
                queue.stop(why);
                quietly(|| drop(queue));
                true
            }
            None => false,
        }
    }
}
