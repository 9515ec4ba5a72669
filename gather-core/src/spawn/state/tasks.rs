//! The tasks of a group, and how each is aborted.

/// Tasks in the order of their start, which is member order. Entries of tasks that have ended are removed when they are half of all:
/// there are about as many entries as tasks alive at once, however many a `limit` lets through one after the other.
pub(super) struct TaskTable<A> {
    /// Each with its number.
    entries: Vec<(usize, TaskEntry<A>)>,
    ended: usize,
    /// The number of the next task.
    next: usize,
}

enum TaskEntry<A> {
    /// Not registered yet, or aborted.
    Added,
    Running(A),
    Ended,
}

impl<A> TaskTable<A> {
    pub(super) const fn new() -> Self {
        Self { entries: Vec::new(), ended: 0, next: 0 }
    }

    /// The number of a new task.
    pub(super) fn add(&mut self) -> usize {
        let number = self.next;
        self.entries.push((number, TaskEntry::Added));
        self.next += 1;
        number
    }

    /// Gives `abort` back if the task has ended.
    pub(super) fn register(&mut self, number: usize, abort: A) -> Option<A> {
        match self.find(number) {
            Some(entry) if !matches!(entry, TaskEntry::Ended) => {
                *entry = TaskEntry::Running(abort);
                None
            }
            _ => Some(abort),
        }
    }

    pub(super) fn remove(&mut self, number: usize) -> Option<A> {
        let entry = std::mem::replace(self.find(number)?, TaskEntry::Ended);
        self.ended += 1;
        if self.ended > self.entries.len() / 2 {
            self.entries.retain(|(_, entry)| !matches!(entry, TaskEntry::Ended));
            self.ended = 0;
        }
        match entry {
            TaskEntry::Running(abort) => Some(abort),
            TaskEntry::Added | TaskEntry::Ended => None,
        }
    }

    /// How all registered tasks are aborted, in member order.
    pub(super) fn take_running(&mut self) -> Vec<A> {
        let running = self.entries.iter_mut().filter(|(_, entry)| matches!(entry, TaskEntry::Running(_)));
        let running = running.filter_map(|(_, entry)| match std::mem::replace(entry, TaskEntry::Added) {
            TaskEntry::Running(abort) => Some(abort),
            TaskEntry::Added | TaskEntry::Ended => None,
        });
        running.collect()
    }

    fn find(&mut self, number: usize) -> Option<&mut TaskEntry<A>> {
        // Usually no entry was removed so far.
        if self.entries.len() == self.next {
            return self.entries.get_mut(number).map(|(_, entry)| entry);
        }
        let index = self.entries.binary_search_by_key(&number, |(number, _)| *number).ok()?;
        Some(&mut self.entries[index].1)
    }
}

#[cfg(test)]
impl<A> TaskTable<A> {
    pub(super) fn capacity(&self) -> usize {
        self.entries.capacity()
    }
}
