//! The cells of the table: a work item, a size, and all who can do it.

use gather_bench_peers::items::{Kind, WORK_ITEMS};
use gather_bench_peers::{Entry, FIXED, LIMITED, LISTS, WorkItem, peers};

use crate::arguments::Selection;
use crate::{bias, ours};

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
        let mut entries = peers(self.item, self.n);
        entries.extend(ours::gather(self.item, self.n));
        if selection.bias {
            entries.extend(bias::again(self.item, self.n));
        }
        entries
    }
}

/// The cells that are asked for.
pub fn selected(selection: &Selection) -> Vec<Cell> {
    let mut cells = Vec::new();
    for item in WORK_ITEMS {
        let sizes: &[usize] = match item.kind {
            Kind::Fixed | Kind::Fallible => &FIXED,
            Kind::List => &LISTS,
            Kind::Limited(_) => &LIMITED,
        };
        cells.extend(sizes.iter().map(|&n| Cell { item, n }));
    }
    cells.retain(|cell| selection.has(cell.item.name, cell.n));
    cells
}
