//! The one allocation of a table: a header, the chunks of items, and the bits above them.

use core::alloc::Layout;

use super::{ITEMS, ReadyChunk, TableHeader};

/// As every allocator aligns without being asked: what asks for more goes a much longer way through some. The header is at the
/// first place in the allocation that is aligned for it.
pub(super) const ALIGNED: usize = align_of::<usize>();

/// Where the parts of the allocation are, seen from the header.
pub(super) struct TableLayout {
    pub(super) layout: Layout,
    pub(super) blocks: usize,
    pub(super) levels: [usize; 2],
}

impl TableLayout {
    pub(super) fn of(blocks: usize) -> Self {
        let all = || {
            let layout = Layout::new::<TableHeader>();
            let (layout, first_block) = layout.extend(Layout::array::<ReadyChunk>(blocks).ok()?).ok()?;
            let (layout, low) = layout.extend(Layout::array::<u64>(blocks.div_ceil(64)).ok()?).ok()?;
            let (layout, high) = layout.extend(Layout::array::<u64>(blocks.div_ceil(64 * 64)).ok()?).ok()?;
            let size = layout.size().checked_add(align_of::<TableHeader>() - ALIGNED)?;
            let layout = Layout::from_size_align(size, ALIGNED).ok()?;
            Some(Self { layout, blocks: first_block, levels: [low, high] })
        };
        all().unwrap_or_else(|| panic!("a list of {blocks} x {ITEMS} members is larger than the address space"))
    }
}
