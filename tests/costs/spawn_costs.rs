//! What a spawned list allocates, beside the same tasks spawned and awaited in order by hand.
#![cfg(feature = "tokio")]
#![forbid(unsafe_code)]

use std::future::Future;

use allocation_counter::AllocationInfo;
use gather::gather;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

/// What a group allocates however many members it has.
const ALLOCATIONS: u64 = 8;
const BYTES: u64 = 1200;

async fn yields_once<T>(value: T) -> T {
    yield_now().await;
    value
}

async fn by_hand<T: Send + 'static>(count: usize, value: fn(usize) -> T) -> Vec<T> {
    let tasks: Vec<_> = (0..count).map(|n| tokio::spawn(yields_once(value(n)))).collect();
    let mut outputs = Vec::with_capacity(tasks.len());
    for task in tasks {
        outputs.push(task.await.unwrap());
    }
    outputs
}

async fn gathered<T: Send + 'static>(count: usize, value: fn(usize) -> T) -> Vec<T> {
    gather!(*(0..count).map(|n| yields_once(value(n))); spawn).await.unwrap()
}

/// The costs of the second run: by then the runtime has what it needs.
fn costs<T, F>(count: usize, value: fn(usize) -> T, run: fn(usize, fn(usize) -> T) -> F) -> AllocationInfo
where
    F: Future<Output = Vec<T>>,
{
    let runtime: Runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(run(count, value));
    allocation_counter::measure(|| {
        let outputs = runtime.block_on(run(count, value));
        assert_eq!(outputs.len(), count);
    })
}

/// Of the group, and by hand.
fn compare<T: Send + 'static>(count: usize, value: fn(usize) -> T) -> [AllocationInfo; 2] {
    [costs(count, value, gathered), costs(count, value, by_hand)]
}

#[test]
fn no_allocation_of_an_item_but_its_task() {
    for count in [1, 100, 1000, 20_000] {
        let [gathered, by_hand] = compare(count, |n| n as u64);
        assert!(gathered.count_total <= by_hand.count_total + ALLOCATIONS, "{count}: {gathered:?} {by_hand:?}");
    }
}

/// Those of the group are made up for by outputs that take the place of the handles.
#[test]
fn no_more_bytes_than_by_hand() {
    for count in [200, 1000, 20_000] {
        let [gathered, by_hand] = compare(count, |n| n as u64);
        assert!(gathered.bytes_total <= by_hand.bytes_total, "{count}: {gathered:?} {by_hand:?}");
        assert!(gathered.bytes_max <= by_hand.bytes_max, "{count}: {gathered:?} {by_hand:?}");
    }
}

#[test]
fn no_more_bytes_of_an_item_than_by_hand() {
    fn check<T: Send + 'static>(value: fn(usize) -> T) {
        for count in [1, 100, 1000, 20_000] {
            let [gathered, by_hand] = compare(count, value);
            assert!(gathered.bytes_total <= by_hand.bytes_total + BYTES, "{count}: {gathered:?} {by_hand:?}");
            assert!(gathered.bytes_max <= by_hand.bytes_max + BYTES, "{count}: {gathered:?} {by_hand:?}");
        }
    }
    check(|n| n as u64);
    check(|n| [n; 2]);
    check(|_| String::new());
}

/// tokio rounds a task up to a multiple of 128 bytes. A future of at most 24 bytes is in one such block by hand; with the two
/// words that an item has beside it, in two.
#[test]
fn the_smallest_futures_are_in_a_larger_task() {
    for count in [100, 1000] {
        let [gathered, by_hand] = compare(count, |n| n % 2 == 0);
        assert!(gathered.bytes_max <= by_hand.bytes_max + 128 * count as u64 + BYTES, "{gathered:?} {by_hand:?}");
    }
}
