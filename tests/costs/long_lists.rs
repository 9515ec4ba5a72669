//! A long list under a limit takes the memory of the limit, and of its results where they are kept.
#![forbid(unsafe_code)]

#[path = "../support/yields.rs"]
mod yields;

use std::future::{Future, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use allocation_counter::{AllocationInfo, measure};
use futures::stream::{self, StreamExt as _};
use gather::gather;
use yields::yield_once;

/// What is given, the most bytes in use at once, and the number of allocations.
fn measured<T>(run: impl FnOnce() -> T) -> (T, u64, u64) {
    let mut given = None;
    let AllocationInfo { bytes_max, count_total, .. } = measure(|| given = Some(run()));
    (given.expect("it has run"), bytes_max, count_total)
}

struct Nobody;
impl Wake for Nobody {
    fn wake(self: Arc<Self>) {}
}

/// Polls until it is ready; whoever waits here is ready at its next poll.
fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    // One that equals its clones, as the no-op waker need not.
    let waker = Waker::from(Arc::new(Nobody));
    loop {
        if let Poll::Ready(given) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return given;
        }
    }
}

async fn yields(n: u64) -> u64 {
    if !n.is_multiple_of(3) {
        yield_once().await;
    }
    n
}

const MANY: u64 = 1_000_000;

#[test]
fn a_million_items_as_they_complete() {
    let (sum, bytes, calls) = measured(|| {
        block_on(async {
            let mut done = gather!(*stream::iter(0..MANY).map(yields); limit = 64, as_completed);
            let mut sum = 0;
            while let Some((_, n)) = done.next().await {
                sum += n;
            }
            sum
        })
    });
    assert_eq!(sum, MANY * (MANY - 1) / 2);
    assert!(bytes < 64 * 1024 && calls < 100, "{bytes} bytes in {calls} allocations");
}

#[test]
fn a_million_items_in_order() {
    let (sum, bytes, calls) = measured(|| {
        block_on(async {
            let done = gather!(*stream::iter(0..MANY).map(yields); limit = 64, in_order);
            done.enumerate().fold(0, |sum, (n, given)| ready(if n as u64 == given { sum + 1 } else { sum })).await
        })
    });
    assert_eq!(sum, MANY);
    assert!(bytes < 64 * 1024 && calls < 100, "{bytes} bytes in {calls} allocations");
}

#[test]
fn a_million_items_into_one_vec() {
    let (all, bytes, calls) =
        measured(|| block_on(async { gather!(*stream::iter(0..MANY).map(yields); limit = 64).await }));
    assert!(all.iter().copied().eq(0..MANY));
    // The results, and what they are moved from as their vector grows.
    assert!(bytes < 3 * 8 * MANY && calls < 200, "{bytes} bytes in {calls} allocations");
}

#[test]
fn keys_take_no_memory_of_their_own() {
    let (all, _, calls) =
        measured(|| block_on(async { gather!(*(0..MANY).map(|n| (n, yields(n))); limit = 64).await }));
    assert!(all.iter().enumerate().all(|(n, (key, given))| n as u64 == *key && key == given));
    assert!(calls < 200, "{calls} allocations");
}
