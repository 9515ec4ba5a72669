//! One peer in one cell of the table.

use crate::Item;
use crate::drive::Parent;

/// A peer that does a work item.
pub struct Entry {
    /// Its name.
    pub peer: &'static str,
    run: Box<dyn Fn(usize)>,
}

impl Entry {
    /// `group` makes the group of the members that are made by the function it gets. What it gives is awaited.
    pub fn group<M, W, G>(peer: &'static str, item: Item<M, W>, group: impl Fn(M) -> G + 'static) -> Self
    where
        M: Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
        G: Future,
    {
        let parent = Parent::new();
        Self::bare(peer, item, move |item| {
            parent.drive(group(item.make), || (item.wake_one)().is_some());
        })
    }

    /// `once` does all of the work item.
    pub fn bare<M, W>(peer: &'static str, item: Item<M, W>, once: impl Fn(Item<M, W>) + 'static) -> Self
    where
        M: Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        let run = move |iterations| {
            for _ in 0..iterations {
                item.start.set(0);
                once(item);
            }
        };
        Self { peer, run: Box::new(run) }
    }

    /// Does the work item so many times.
    pub fn run(&self, iterations: usize) {
        (self.run)(iterations);
    }
}
