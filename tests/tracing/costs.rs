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

/// What a group is beside its members, which are boxed in a debug build: the states of eight slots, the first member of the next sweep, and
/// the pointer of the feature.
const GROUP: usize = 16;

#[test]
fn a_group_has_eight_bytes_more() {
    let member = if cfg!(debug_assertions) { size_of::<Box<u64>>() } else { size_of_val(&number(1)) };
    assert_eq!(size_of_val(&gather!(number(1))), member.next_multiple_of(8) + GROUP);
    assert_eq!(size_of_val(&gather!(number(1), number(2))), 2 * member.next_multiple_of(8) + GROUP);
    assert_eq!(size_of_val(&gather!(number(1), number(2), number(3))), 3 * member.next_multiple_of(8) + GROUP);
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
