//! What the feature costs where nobody listens: eight bytes a group, and no allocation.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use gather::gather;

/// Counts what this thread allocates.
struct Counting;

thread_local! {
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
}

// SAFETY: everything is the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|count| count.set(count.get() + 1));
        // SAFETY: as the caller promised.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        // SAFETY: as the caller promised.
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

async fn number(n: u64) -> u64 {
    tokio::task::yield_now().await;
    n
}

/// What a group is beside its members: the states of eight slots, the first member of the next sweep, and the pointer of the feature.
const GROUP: usize = 16;

/// A group of so many members, which in a debug build is on the heap.
fn group(members: usize) -> usize {
    let member = size_of_val(&number(1)).next_multiple_of(8);
    if cfg!(debug_assertions) { size_of::<Box<u64>>() } else { members * member + GROUP }
}

#[test]
fn a_group_has_eight_bytes_more() {
    assert_eq!(size_of_val(&gather!(number(1))), group(1));
    assert_eq!(size_of_val(&gather!(number(1), number(2))), group(2));
    assert_eq!(size_of_val(&gather!(number(1), number(2), number(3))), group(3));
}

#[test]
fn polling_a_group_that_nobody_observes_allocates_nothing() {
    let mut group = Box::pin(gather! { a => number(1), b => number(2) });
    let before = ALLOCATIONS.get();
    let result = loop {
        if let Some(result) = futures::FutureExt::now_or_never(&mut group) {
            break result;
        }
    };
    drop(group);
    assert_eq!(ALLOCATIONS.get(), before);
    assert_eq!((result.a, result.b), (1, 2));
}
