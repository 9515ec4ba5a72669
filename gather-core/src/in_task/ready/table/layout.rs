//! The one allocation of a table: a header, the blocks of items, and the bits above them.

use core::alloc::Layout;

use super::{ITEMS, ReadyBlock, TableHeader};
use crate::in_task::ready::aligned::padded;

/// The offsets of the parts of the allocation from the header.
pub(super) struct TableLayout {
    /// [Padded](padded).
    pub(super) padded: Layout,
    pub(super) blocks: usize,
    pub(super) levels: [usize; 2],
}

impl TableLayout {
    pub(super) fn of(blocks: usize) -> Self {
        let all = || {
            let layout = Layout::new::<TableHeader>();
            let (layout, first_block) = layout.extend(Layout::array::<ReadyBlock>(blocks).ok()?).ok()?;
            let (layout, low) = layout.extend(Layout::array::<u64>(blocks.div_ceil(64)).ok()?).ok()?;
            let (layout, high) = layout.extend(Layout::array::<u64>(blocks.div_ceil(64 * 64)).ok()?).ok()?;
            Some(Self { padded: padded(layout)?, blocks: first_block, levels: [low, high] })
        };
        all().unwrap_or_else(|| panic!("a list of {blocks} x {ITEMS} members is larger than the address space"))
    }
}
