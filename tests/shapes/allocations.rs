//! A long stream under a limit takes the memory of the limit.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::future::{Future, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use futures::stream::{self, StreamExt as _};
use gather::gather;

struct Counting;

thread_local! {
    static NOW: Cell<isize> = const { Cell::new(0) };
    static MOST: Cell<isize> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

fn count(bytes: isize) {
    NOW.with(|now| {
        now.set(now.get() + bytes);
        MOST.with(|most| most.set(most.get().max(now.get())));
    });
}

// SAFETY: it asks the system's allocator, and counts.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        CALLS.with(|calls| calls.set(calls.get() + 1));
        // SAFETY: the caller's word.
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: the caller's word.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The most bytes that were in use beyond those before, and the calls of the allocator.
fn measured<T>(run: impl FnOnce() -> T) -> (T, isize, usize) {
    let (before, calls) = (NOW.get(), CALLS.get());
    MOST.set(before);
    let given = run();
    (given, MOST.get() - before, CALLS.get() - calls)
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
    let mut yielded = n % 3 == 0;
    std::future::poll_fn(|cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
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
    let (all, bytes, calls) = measured(|| block_on(async { gather!(*stream::iter(0..MANY).map(yields); limit = 64).await }));
    assert!(all.iter().copied().eq(0..MANY));
    // The results, and what they are moved from as their vector grows.
    assert!(bytes < 3 * 8 * MANY as isize && calls < 200, "{bytes} bytes in {calls} allocations");
}

#[test]
fn keys_take_no_memory_of_their_own() {
    let (all, _, calls) =
        measured(|| block_on(async { gather!(*(0..MANY).map(|n| (n, yields(n))); limit = 64).await }));
    assert!(all.iter().enumerate().all(|(n, (key, given))| n as u64 == *key && key == given));
    assert!(calls < 200, "{calls} allocations");
}
