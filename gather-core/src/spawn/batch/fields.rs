//! Where the fields of a batch are until its last item has ended.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinHandle;

use super::{Picking, drop_each};
use crate::policy::AbortAdopted;
use crate::spawn::data::StopBatch;
use crate::sync::{Mutex, lock};

/// `None`: its field is not the output of the task, or nobody will see it.
pub(super) type ItemTask<T> = JoinHandle<Option<T>>;

pub struct Fields<T> {
    inside: Mutex<Inside<T>>,
    /// The group is decided: nobody will see any.
    unseen: AtomicBool,
}

struct Inside<T> {
    /// By item. Empty while they are started, and once they are picked up.
    tasks: Vec<Option<ItemTask<T>>>,
    /// How the items are stopped where that is not by dropping them.
    adopted: Option<Vec<AbortAdopted>>,
    /// Fields of items whose task gave no output: it was aborted, or the item never became one.
    kept: Vec<(usize, T)>,
    /// Items that ended without a field while others were started.
    forgotten: Vec<usize>,
}

impl<T> Inside<T> {
    fn forget(&mut self, item: usize) {
        if let Some(task) = self.tasks.get_mut(item) {
            *task = None;
        }
    }
}

impl<T> Fields<T> {
    pub(super) const fn new() -> Self {
        let inside = Inside { tasks: Vec::new(), adopted: None, kept: Vec::new(), forgotten: Vec::new() };
        Self { inside: Mutex::new(inside), unseen: AtomicBool::new(false) }
    }

    /// All items have been started.
    pub(super) fn put(&self, tasks: Vec<Option<ItemTask<T>>>, adopted: Vec<AbortAdopted>) {
        let mut inside = lock(&self.inside);
        inside.tasks = tasks;
        for item in std::mem::take(&mut inside.forgotten) {
            inside.forget(item);
        }
        inside.adopted = (!adopted.is_empty()).then_some(adopted);
        drop(inside);
        if self.is_unseen() {
            self.discard();
        }
    }

    pub(super) fn keep(&self, item: usize, field: T) {
        lock(&self.inside).kept.push((item, field));
    }

    /// This item has no field.
    pub(super) fn forget(&self, item: usize) {
        let mut inside = lock(&self.inside);
        if inside.tasks.is_empty() {
            inside.forgotten.push(item);
        } else {
            inside.forget(item);
        }
    }

    pub(super) fn is_unseen(&self) -> bool {
        self.unseen.load(Ordering::Acquire)
    }

    /// Drops what is there. Items that end later drop their own.
    pub(super) fn discard(&self) {
        self.unseen.store(true, Ordering::Release);
        let mut inside = lock(&self.inside);
        let kept = std::mem::take(&mut inside.kept);
        let ended = inside.tasks.iter_mut().filter(|task| task.as_ref().is_some_and(JoinHandle::is_finished));
        let ended: Vec<_> = ended.map(Option::take).collect();
        drop(inside);
        // With its handle tokio drops an output, and takes care of its panic.
        drop(ended);
        drop_each(kept);
    }

    /// Every item has ended; `own` is that of the last.
    pub(super) fn pick(&self, own: Option<(usize, T)>) -> Picking<T> {
        let mut inside = lock(&self.inside);
        if let Some((item, field)) = own {
            // Its task asks, so it is not over.
            inside.forget(item);
            inside.kept.push((item, field));
        }
        let tasks = std::mem::take(&mut inside.tasks);
        let mut kept = std::mem::take(&mut inside.kept);
        drop(inside);
        kept.sort_unstable_by_key(|(item, _)| *item);
        Picking::new(tasks, kept)
    }
}

impl<T: Send> StopBatch for Fields<T> {
    fn stop(&self) {
        let mut inside = lock(&self.inside);
        let Some(adopted) = &mut inside.adopted else {
            // No user code: the runtime drops them later.
            return inside.tasks.iter().flatten().for_each(JoinHandle::abort);
        };
        let adopted = std::mem::take(adopted);
        drop(inside);
        adopted.iter().for_each(AbortAdopted::stop);
    }

    fn stop_promptly(&self) {
        // First, and most often they are gone before their items look.
        let adopted = lock(&self.inside).adopted.take().unwrap_or_default();
        adopted.iter().for_each(AbortAdopted::stop);
        self.stop();
    }
}

/// The slot of a batch: when the group drops it, nobody will see the fields.
pub struct Unseen<T>(pub(super) Arc<Fields<T>>);

impl<T> Drop for Unseen<T> {
    fn drop(&mut self) {
        self.0.discard();
    }
}
