//! Members of a spawned group that wait for a place of its `limit`.

use std::mem::replace;

use super::data::{StopMember, quietly};
use super::state::Core;
use super::sync::{Mutex, lock};
use crate::deadline::Stop;

/// Members in order, not started.
pub trait Queue: Send {
    /// Starts the next one; `false` if there is none.
    fn start_next(&mut self) -> bool;
    /// Gives those that will not start the exception that says so.
    fn stop(&mut self, why: Stop);
}

/// No more members.
pub struct Empty;

impl Queue for Empty {
    fn start_next(&mut self) -> bool {
        false
    }
    fn stop(&mut self, _: Stop) {}
}

/// One queue after the other.
pub struct Chain<A, B>(pub(super) A, pub(super) B);

impl<A: Queue, B: Queue> Queue for Chain<A, B> {
    fn start_next(&mut self) -> bool {
        self.0.start_next() || self.1.start_next()
    }
    fn stop(&mut self, why: Stop) {
        self.0.stop(why);
        self.1.stop(why);
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
    limited: bool,
}

struct Inside {
    places: usize,
    waiting: Waiting,
}

impl Line {
    pub(super) fn new(places: Option<usize>) -> Self {
        let inside = Inside { places: places.unwrap_or(usize::MAX), waiting: Waiting::None };
        Self { inside: Mutex::new(inside), limited: places.is_some() }
    }

    /// Members that will start by [`fill`](Self::fill). The group must be [held](Core::hold) for them.
    pub(super) fn put(&self, queue: Box<dyn Queue>) {
        lock(&self.inside).waiting = Waiting::Queue(queue);
    }

    /// A member gives its place back. `true`: somebody may be waiting for it.
    pub(super) fn release(&self) -> bool {
        if !self.limited {
            return false;
        }
        let mut inside = lock(&self.inside);
        inside.places += 1;
        matches!(inside.waiting, Waiting::Queue(_))
    }

    /// Starts members while there are places and the group is open. `true`: the line ended here.
    pub(super) fn fill<T, X>(&self, core: &Core<T, X, StopMember>) -> bool {
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
            drop(inside);
            if open && queue.start_next() {
                lock(&self.inside).waiting = Waiting::Queue(queue);
                continue;
            }
            if let Some(why) = core.stopping() {
                queue.stop(why);
            }
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
    pub(super) fn discard(&self) -> bool {
        match self.take() {
            Some(queue) => {
                quietly(|| drop(queue));
                true
            }
            None => false,
        }
    }

    /// The deadline has come; otherwise like [`discard`](Self::discard).
    pub(super) fn stop(&self, why: Stop) -> bool {
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
