//! The one allocation of a table: a header, the blocks of items, and the bits above them.

use core::alloc::Layout;

use super::{ITEMS, ReadyBlock, TableHeader};

/// Every allocator aligns so much without being asked. Asked for more, some take much longer; so an allocation is larger than needed, and
/// the header is at the first place in it that is aligned for it.
pub(super) const ALIGNED: usize = align_of::<usize>();

/// The offsets of the parts of the allocation from the header.
pub(super) struct TableLayout {
    pub(super) layout: Layout,
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
            let size = layout.size().checked_add(align_of::<TableHeader>() - ALIGNED)?;
            let layout = Layout::from_size_align(size, ALIGNED).ok()?;
            Some(Self { layout, blocks: first_block, levels: [low, high] })
        };
        all().unwrap_or_else(|| panic!("a list of {blocks} x {ITEMS} members is larger than the address space"))
    }
}
