//! The tasks of a batch, and the outputs that are not in them.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use tokio::task::JoinHandle;

use super::collect::{CollectOutputs, ItemTask};
use super::drop_each;
use crate::policy::AbortAdopted;
use crate::spawn::abort::Abortable;
use crate::sync::{Mutex, lock};

pub struct ItemTasks<T> {
    locked: Mutex<LockedTasks<T>>,
    /// The group is decided: nobody will see the outputs.
    discarded: AtomicBool,
}

struct LockedTasks<T> {
    /// The task of each item. Empty while items are started, and once the outputs are collected.
    tasks: Vec<Option<ItemTask<T>>>,
    /// How adopted items are aborted: not by dropping their tasks.
    adopted: Option<Vec<AbortAdopted>>,
    /// Outputs of items whose task gives none: it was aborted, or the item did not start.
    outputs: Vec<(usize, T)>,
    /// Items that failed while others were started.
    removed: Vec<usize>,
}

impl<T> LockedTasks<T> {
    fn remove(&mut self, item: usize) {
        if let Some(task) = self.tasks.get_mut(item) {
            *task = None;
        }
    }
}

impl<T> ItemTasks<T> {
    pub(super) const fn new() -> Self {
        let locked = LockedTasks { tasks: Vec::new(), adopted: None, outputs: Vec::new(), removed: Vec::new() };
        Self { locked: Mutex::new(locked), discarded: AtomicBool::new(false) }
    }

    /// All items have been started.
    pub(super) fn set(&self, tasks: Vec<Option<ItemTask<T>>>, adopted: Vec<AbortAdopted>) {
        let mut locked = lock(&self.locked);
        locked.tasks = tasks;
        for item in std::mem::take(&mut locked.removed) {
            locked.remove(item);
        }
        locked.adopted = (!adopted.is_empty()).then_some(adopted);
        drop(locked);
        if self.is_discarded() {
            self.discard();
        }
    }

    pub(super) fn put_output(&self, item: usize, output: T) {
        lock(&self.locked).outputs.push((item, output));
    }

    /// The item has no output.
    pub(super) fn remove(&self, item: usize) {
        let mut locked = lock(&self.locked);
        if locked.tasks.is_empty() {
            locked.removed.push(item);
        } else {
            locked.remove(item);
        }
    }

    pub(super) fn is_discarded(&self) -> bool {
        self.discarded.load(Ordering::Acquire)
    }

    /// Drops the outputs that there are. Items that end later drop their own.
    pub(super) fn discard(&self) {
        self.discarded.store(true, Ordering::Release);
        let mut locked = lock(&self.locked);
        let outputs = std::mem::take(&mut locked.outputs);
        let ended = locked.tasks.iter_mut().filter(|task| task.as_ref().is_some_and(JoinHandle::is_finished));
        let ended: Vec<_> = ended.map(Option::take).collect();
        drop(locked);
        // With its handle tokio drops an output, and takes care of its panic.
        drop(ended);
        drop_each(outputs);
    }

    /// Every item has ended; `own` is the number and the output of the last.
    pub(super) fn collect(&self, own: Option<(usize, T)>) -> CollectOutputs<T> {
        let mut locked = lock(&self.locked);
        if let Some((item, output)) = own {
            // This runs in the task of the last item, which is not over.
            locked.remove(item);
            locked.outputs.push((item, output));
        }
        let tasks = std::mem::take(&mut locked.tasks);
        let mut outputs = std::mem::take(&mut locked.outputs);
        drop(locked);
        outputs.sort_unstable_by_key(|(item, _)| *item);
        CollectOutputs::new(tasks, outputs)
    }
}

impl<T: Send> Abortable for ItemTasks<T> {
    fn abort(&self) {
        let mut locked = lock(&self.locked);
        let Some(adopted) = &mut locked.adopted else {
            // No user code: the runtime drops them later.
            return locked.tasks.iter().flatten().for_each(JoinHandle::abort);
        };
        let adopted = std::mem::take(adopted);
        drop(locked);
        adopted.iter().for_each(AbortAdopted::abort);
    }

    fn abort_promptly(&self) {
        // The adopted ones first: most often they are gone before their own tasks look.
        let adopted = lock(&self.locked).adopted.take().unwrap_or_default();
        adopted.iter().for_each(AbortAdopted::abort);
        self.abort();
    }
}

/// The part of the group's storage that is a batch's. When the group drops it, nobody will see the outputs.
pub struct BatchStorage<T> {
    /// Empty until the batch has ended.
    outputs: Vec<T>,
    /// Empty until the batch has begun.
    tasks: Option<Arc<ItemTasks<T>>>,
}

impl<T> BatchStorage<T> {
    pub(super) const fn new() -> Self {
        Self { outputs: Vec::new(), tasks: None }
    }

    pub(super) fn begin(&mut self, tasks: &Arc<ItemTasks<T>>) {
        self.tasks = Some(Arc::clone(tasks));
    }

    pub(super) fn end(&mut self, outputs: Vec<T>) {
        self.outputs = outputs;
    }

    pub(super) fn into_outputs(mut self) -> Vec<T> {
        std::mem::take(&mut self.outputs)
    }
}

impl<T> Drop for BatchStorage<T> {
    fn drop(&mut self) {
        if let Some(tasks) = &self.tasks {
            tasks.discard();
        }
    }
}
