//! The cells of the table: a work item, a size, and all who can do it.

use gather_bench_peers::items::{Kind, WORK_ITEMS};
use gather_bench_peers::{Entry, FIXED, LIMITED, LISTS, WorkItem, peers};
use gather_bench_written as written;

use crate::arguments::Selection;
use crate::{bias, completions, ours};

/// One cell.
#[derive(Clone, Copy)]
pub struct Cell {
    /// What its members do.
    pub item: WorkItem,
    /// How many there are.
    pub n: usize,
}

impl Cell {
    /// All who can do it.
    pub fn entries(self, selection: &Selection) -> Vec<Entry> {
        if written::WORK_ITEMS.contains(&self.item) || written::DEPENDANTS.contains(&self.item) {
            return written::entries(self.item, self.n, ours::GATHER);
        }
        if completions::WORK_ITEMS.contains(&self.item) {
            return completions::entries(self.item, self.n);
        }
        let mut entries = peers(self.item, self.n);
        entries.extend(ours::gather(self.item, self.n));
        if selection.bias {
            entries.extend(bias::again(self.item, self.n));
        }
        entries
    }
}

/// All work items: of members of one type, of members that all differ, of results read one by one, and of members that depend on
/// others.
pub fn work_items() -> impl Iterator<Item = WorkItem> {
    WORK_ITEMS.into_iter().chain(written::WORK_ITEMS).chain(completions::WORK_ITEMS).chain(written::DEPENDANTS)
}

/// The cells that are asked for.
pub fn selected(selection: &Selection) -> Vec<Cell> {
    let mut cells = Vec::new();
    for item in work_items() {
        let sizes: &[usize] = match item.kind {
            _ if written::DEPENDANTS.contains(&item) => &[written::DEPENDANTS_SIZE],
            _ if completions::WORK_ITEMS.contains(&item) => &LIMITED,
            Kind::Fixed | Kind::Fallible => &FIXED,
            Kind::List => &LISTS,
            Kind::Limited(_) => &LIMITED,
        };
        cells.extend(sizes.iter().map(|&n| Cell { item, n }));
    }
    cells.retain(|cell| selection.has(cell.item.name, cell.n));
    cells
}
