//! `size_hint`: how many results are still to be given.

use std::cell::Cell;
use std::iter::repeat_with;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::time::Duration;

use futures::stream::{self, Stream, StreamExt as _};
use gather::{Completions, gather};

use super::{after, fails_after};

type Hint = (usize, Option<usize>);

/// The hints before each result and after the last. Each is true of what came.
async fn hints<S: Stream + Unpin>(mut results: Completions<S>) -> Vec<Hint> {
    let mut hints = vec![results.size_hint()];
    while results.next().await.is_some() {
        hints.push(results.size_hint());
    }
    hints.push(results.size_hint());
    // `None` was given, and so it was after the last.
    let given = hints.len() - 2;
    for (taken, (least, most)) in hints.iter().enumerate() {
        let left = given.saturating_sub(taken);
        assert!(*least <= left && most.is_none_or(|most| left <= most), "{left} left: {hints:?}");
    }
    hints
}

/// `n` results are left, then one less, and so on.
fn exact(n: usize) -> Vec<Hint> {
    (0..=n).rev().chain([0]).map(|left| (left, Some(left))).collect()
}

#[tokio::test(start_paused = true)]
async fn of_a_list_whose_length_is_known() {
    for limit in [1, 2, 3, 4, 10] {
        let list = || [30, 10, 20, 15].map(after);
        assert_eq!(hints(gather!(*list(); as_completed, limit = limit)).await, exact(4), "{limit}");
        assert_eq!(hints(gather!(*list(); in_order, limit = limit)).await, exact(4), "{limit}");
        let fallible = || [30, 10, 20, 15].map(|n| fails_after(n, n == 20));
        let all = gather!(*fallible(); as_completed, limit = limit, return_exceptions);
        assert_eq!(hints(all).await, exact(4), "{limit}");
    }
    assert_eq!(hints(gather!(*[30, 10, 20].map(after); as_completed)).await, exact(3));
    assert_eq!(hints(gather!(*[30, 10, 20].map(after); in_order).boxed()).await, exact(3));
    let keyed = || [("a", 2), ("b", 1)].map(|(key, n)| (key, after(n)));
    assert_eq!(hints(gather!(*keyed(); as_completed)).await, exact(2));
    assert_eq!(hints(gather!(*keyed(); in_order, limit = 1, return_exceptions)).await, exact(2));
    assert_eq!(hints(gather!(*[1; 0].map(after); as_completed)).await, exact(0));
}

#[tokio::test(start_paused = true)]
async fn of_one_that_an_error_may_end() {
    let list = |n: u64| [30, 10, 20, 40].map(move |at| fails_after(at, at == n));
    // An error that comes next would be the last.
    let expected = [(1, Some(4)), (1, Some(3)), (1, Some(2)), (1, Some(1)), (0, Some(0)), (0, Some(0))];
    assert_eq!(hints(gather!(*list(0)?; as_completed)).await, expected);
    // The second of the list waits for its turn.
    let expected = [(1, Some(4)), (2, Some(3)), (1, Some(2)), (1, Some(1)), (0, Some(0)), (0, Some(0))];
    assert_eq!(hints(gather!(*list(0)?; in_order, limit = 2)).await, expected);
    let expected = [(1, Some(4)), (1, Some(3)), (0, Some(0)), (0, Some(0))];
    assert_eq!(hints(gather!(*list(20)?; as_completed)).await, expected);
    // What stands before the failed one is still given.
    let mut results = gather!(*list(40)?; in_order);
    assert_eq!(results.size_hint(), (1, Some(4)));
    assert_eq!(results.next().await, Some(Ok(30)));
    assert_eq!(results.size_hint(), (2, Some(3)));
    let results =
        gather!(*[(10, false), (10, true), (10, false)].map(|(n, fails)| fails_after(n, fails))?; as_completed);
    // All end at once: the results of two wait, and then the error is given.
    assert_eq!(hints(results).await, [(1, Some(3)), (2, Some(2)), (1, Some(1)), (0, Some(0)), (0, Some(0))]);
}

#[tokio::test(start_paused = true)]
async fn of_one_whose_length_is_not_known() {
    let list = || [30, 10, 20].into_iter().filter(|n| *n > 10).map(after);
    assert_eq!(
        hints(gather!(*list(); as_completed, limit = 5)).await,
        [(0, Some(3)), (1, Some(1)), (0, Some(0)), (0, Some(0))]
    );
    // A stream is not asked, since a reference to it would claim what it points to inside itself.
    let mut results = gather!(*stream::iter([30, 10, 20]).map(after); as_completed, limit = 2);
    assert_eq!(results.size_hint(), (0, None));
    assert_eq!(results.next().await, Some((1, 10)));
    assert_eq!(results.size_hint(), (1, None));
    // A deadline ends what is not pulled, which has no result where the length is not known.
    let endless = || repeat_with(|| after(10));
    let until = || tokio::time::sleep(Duration::from_millis(5));
    let mut results = gather!(*endless(); as_completed, limit = 2, return_exceptions, until = until());
    assert_eq!(results.size_hint(), (0, None));
    assert!(results.next().await.is_some_and(|(_, result)| result.is_err()));
    assert_eq!(results.size_hint(), (1, Some(1)));
    let never_ends = gather!(*endless(); as_completed, limit = 2);
    assert_eq!(never_ends.size_hint(), (usize::MAX, None));
    let known = || (0..4).map(|_| after(10));
    assert_eq!(hints(gather!(*known(); in_order, limit = 2, return_exceptions, until = until())).await, exact(4));
}

/// Says what it was told to say, and panics on `None`.
struct Lying<I>(I, Rc<Cell<Option<Hint>>>);

impl<I: Iterator> Iterator for Lying<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }
    fn size_hint(&self) -> Hint {
        self.1.get().expect("nothing to say")
    }
}

#[tokio::test(start_paused = true)]
async fn of_an_iterator_that_lies() {
    for said in [(0, Some(0)), (100, Some(100)), (usize::MAX, Some(usize::MAX)), (usize::MAX, None), (5, Some(3))] {
        let list = || Lying([30, 10, 20].map(after).into_iter(), Rc::new(Cell::new(Some(said))));
        let mut results = gather!(*list(); as_completed, limit = 2);
        let (least, most) = results.size_hint();
        assert!(most.is_none_or(|most| least <= most), "{said:?}");
        let mut sum = 0;
        while let Some((_, n)) = results.next().await {
            sum += n;
            let (least, most) = results.size_hint();
            assert!(most.is_none_or(|most| least <= most), "{said:?}");
        }
        assert_eq!((sum, results.size_hint()), (60, (0, Some(0))), "{said:?}");
        assert_eq!(gather!(*list(); in_order, limit = 2).collect::<Vec<_>>().await, [30, 10, 20], "{said:?}");
    }
    // One that panics changes nothing.
    let said = Rc::new(Cell::new(Some((3, Some(3)))));
    let mut results = gather!(*Lying([30, 10, 20].map(after).into_iter(), said.clone()); as_completed, limit = 2);
    assert_eq!(results.next().await, Some((1, 10)));
    said.set(None);
    assert!(catch_unwind(AssertUnwindSafe(|| results.size_hint())).is_err());
    assert_eq!(results.next().await, Some((0, 30)));
    assert_eq!(results.next().await, Some((2, 20)));
    assert_eq!(results.next().await, None);
}
