//! Lists whose items all start at once.

use std::future::{Ready, pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gather::gather;
use tokio::task::yield_now;

struct Counted(Arc<AtomicUsize>);

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

async fn never(_: Counted) {
    pending::<()>().await;
}

#[tokio::test]
async fn an_iterator_that_panics_stops_the_items_that_were_started() {
    let dropped = Arc::new(AtomicUsize::new(0));
    let items = (0..3).map(|n| {
        assert!(n < 2, "no item 2");
        never(Counted(Arc::clone(&dropped)))
    });
    let started = catch_unwind(AssertUnwindSafe(|| gather!(*items; spawn)));
    assert!(started.is_err());
    while dropped.load(Ordering::Relaxed) < 2 {
        yield_now().await;
    }
}

#[tokio::test]
async fn an_iterator_may_borrow() {
    let words = ["a".to_owned(), "bc".to_owned()];
    let lengths: Vec<usize> = gather!(*words.iter().map(|word| ready(word.len())); spawn).await.unwrap();
    assert_eq!(lengths, [1, 2]);
}

#[tokio::test]
async fn an_empty_list() {
    let none = gather!(*Vec::<Ready<u8>>::new(); spawn).await.unwrap();
    assert!(none.is_empty());
}

/// The last item to end may be ahead of the outputs of others, which are on their way.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn items_that_end_at_once_on_several_threads() {
    for round in 0..2000_u64 {
        let items = (0..16).map(|n| async move {
            yield_now().await;
            round + n
        });
        assert_eq!(gather!(*items; spawn).await.unwrap(), (round..round + 16).collect::<Vec<_>>());
        let large = (0..8).map(|n| async move { [round, n] });
        assert_eq!(gather!(*large; spawn).await.unwrap(), (0..8).map(|n| [round, n]).collect::<Vec<_>>());
    }
}
