//! What the feature `tracing` costs where nobody observes: a pointer for each group, and nothing for a member. `.ci/run` runs these tests
//! without the feature and with it; so it does those of all other costs.
#![forbid(unsafe_code)]

#[path = "../support/yields.rs"]
mod yields;

use allocation_counter::measure;
use futures::FutureExt;
use gather::gather;
use yields::yield_once;

/// What leads from a group to its spans.
const OBSERVER: usize = if cfg!(feature = "tracing") { size_of::<usize>() } else { 0 };
/// The states of up to eight slots, and the first member of the next sweep.
const FEW: usize = 8;

async fn yields(n: u64) -> u64 {
    yield_once().await;
    n
}

/// A group of so many members, which in a debug build is on the heap.
fn group(members: usize) -> usize {
    let member = size_of_val(&yields(1)).next_multiple_of(8);
    if gather::__private::ON_THE_HEAP { size_of::<usize>() } else { members * member + FEW + OBSERVER }
}

#[test]
fn a_group_has_a_pointer_and_a_member_has_nothing() {
    assert_eq!(size_of_val(&gather!(yields(1))), group(1));
    assert_eq!(size_of_val(&gather!(yields(1), yields(2))), group(2));
    assert_eq!(size_of_val(&gather!(yields(1), yields(2), yields(3), yields(4))), group(4));
    assert_eq!(size_of_val(&gather! { _ => yields(1), _ => yields(2), _ => yields(3) }), group(3));
}

#[test]
fn a_list_has_a_pointer_and_an_item_has_nothing() {
    let bytes = |count: u64| measure(|| assert!(gather!(*(0..count).map(yields)).now_or_never().is_none())).bytes_total;
    // As many as fill one more chunk of the list's tables, which takes what it takes without the feature.
    let chunk = bytes(256) - bytes(192);
    assert_eq!(bytes(320) - bytes(256), chunk);
    assert!(chunk <= 64 * (size_of_val(&yields(1)) + size_of::<u64>() + 10) as u64, "{chunk} bytes of 64 items");
}

#[test]
fn a_group_that_nobody_observes_allocates_what_its_members_do() {
    let info = measure(|| {
        let mut group = Box::pin(gather!(yields(1), yields(2), yields(3)));
        assert!(group.as_mut().now_or_never().is_none());
        assert_eq!(group.now_or_never(), Some((1, 2, 3)));
    });
    // The box here, and in a debug build those of the members and of their group.
    assert_eq!(info.count_total, 1 + if gather::__private::ON_THE_HEAP { 4 } else { 0 });
}
