//! `as_completed` and `in_order`.

mod endings;
mod hints;
mod permits;

use std::time::Duration;

use futures::stream::{self, StreamExt as _, TryStreamExt as _};
use gather::{Completions, gather};
use tokio::time::sleep;

/// Gives `n` after `n` milliseconds.
pub(crate) async fn after(n: u64) -> u64 {
    sleep(Duration::from_millis(n)).await;
    n
}

pub(crate) async fn fails_after(n: u64, fails: bool) -> Result<u64, String> {
    sleep(Duration::from_millis(n)).await;
    if fails { Err(format!("{n} failed")) } else { Ok(n) }
}

#[tokio::test(start_paused = true)]
async fn results_come_as_their_items_end() {
    let done = gather!(*[30, 10, 20].map(after); as_completed);
    assert_eq!(done.collect::<Vec<_>>().await, [(1, 10), (2, 20), (0, 30)]);
    let done = gather!(*[30, 10, 20, 5].map(after); as_completed, limit = 2);
    assert_eq!(done.collect::<Vec<_>>().await, [(1, 10), (0, 30), (2, 20), (3, 5)]);
    let done = gather!(*stream::iter([30, 10]).map(after); as_completed);
    assert_eq!(done.collect::<Vec<_>>().await, [(1, 10), (0, 30)]);
    let done = gather!(*[("a", 2), ("b", 1)].map(|(key, n)| (key, after(n))); as_completed);
    assert_eq!(done.collect::<Vec<_>>().await, [("b", 1), ("a", 2)]);
    assert_eq!(gather!(*Vec::<std::future::Ready<u8>>::new(); as_completed).next().await, None);
}

#[tokio::test(start_paused = true)]
async fn results_come_in_the_order_of_the_list() {
    let mut done = gather!(*[30, 10, 20].map(after); in_order);
    let start = tokio::time::Instant::now();
    assert_eq!(done.next().await, Some(30));
    assert_eq!(done.next().await, Some(10));
    assert_eq!(done.next().await, Some(20));
    assert_eq!(start.elapsed(), Duration::from_millis(30));
    assert_eq!((done.next().await, done.next().await), (None, None));
    let done = gather!(*stream::iter([30, 10, 20]).map(after); in_order, limit = 2);
    assert_eq!(done.collect::<Vec<_>>().await, [30, 10, 20]);
    let done = gather!(*[("a", 2), ("b", 1)].map(|(key, n)| (key, after(n))); in_order);
    assert_eq!(done.collect::<Vec<_>>().await, [("a", 2), ("b", 1)]);
}

#[tokio::test(start_paused = true)]
async fn the_first_error_is_the_last_result() {
    let list = || [(30, false), (10, false), (20, true), (15, false)].map(|(n, fails)| fails_after(n, fails));
    let mut done = gather!(*list()?; as_completed);
    assert_eq!(done.next().await, Some(Ok((1, 10))));
    assert_eq!(done.next().await, Some(Ok((3, 15))));
    assert_eq!(done.next().await, Some(Err("20 failed".to_owned())));
    assert_eq!((done.next().await, done.next().await), (None, None));

    let mut done = gather!(*list()?; in_order);
    assert_eq!(done.next().await, Some(Ok(30)));
    assert_eq!(done.next().await, Some(Ok(10)));
    assert_eq!(done.next().await, Some(Err("20 failed".to_owned())));
    assert_eq!(done.next().await, None);
    assert_eq!(gather!(*list()?; in_order).try_collect::<Vec<_>>().await, Err("20 failed".to_owned()));

    let keyed = list().into_iter().zip(["a", "b", "c", "d"]).map(|(item, key)| (key, item));
    let all: Vec<_> = gather!(*keyed?; as_completed, name_errors).collect().await;
    assert_eq!(all[0].as_ref().unwrap(), &("b", 10));
    assert_eq!(all[2].as_ref().unwrap_err().to_string(), r#"member `["c"]` failed: 20 failed"#);
    assert_eq!(all.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_ends_in_the_sweep_of_an_error_comes_before_it() {
    let ready = [Ok(0), Err("first"), Ok(2), Err("second")].map(std::future::ready);
    let all: Vec<_> = gather!(*ready.clone()?; as_completed).collect().await;
    assert_eq!(all, [Ok((0, 0)), Ok((2, 2)), Err("first")]);
    let all: Vec<_> = gather!(*ready?; in_order).collect().await;
    assert_eq!(all, [Ok(0), Err("first")]);
}

#[tokio::test(start_paused = true)]
async fn with_return_exceptions_all_results_come() {
    let list = [(30, false), (10, true)].map(|(n, fails)| fails_after(n, fails));
    let mut done = gather!(*list; as_completed, return_exceptions);
    let (index, failed) = done.next().await.unwrap();
    assert_eq!((index, failed.unwrap_err().to_string().as_str()), (1, "member `#1` failed: 10 failed"));
    assert_eq!(done.next().await.unwrap().1.unwrap(), 30);
    assert!(done.next().await.is_none());

    let list = [10, 1000, 20].map(after);
    let timeout = Duration::from_millis(100);
    let all: Vec<_> = gather!(*list; in_order, return_exceptions, timeout = timeout).collect().await;
    assert_eq!(all.len(), 3);
    assert!(all[0].is_ok() && all[1].as_ref().unwrap_err().is_timed_out() && all[2].is_ok());

    let handles = [tokio::spawn(after(3)), tokio::spawn(async { panic!("oh") })];
    let all: Vec<_> = gather!(*handles; as_completed, return_exceptions).collect().await;
    assert!(all[0].1.as_ref().unwrap_err().is_panicked() && all[1].1.as_ref().is_ok_and(|n| *n == 3));
}

#[tokio::test(start_paused = true)]
async fn errors_are_converted() {
    #[derive(Debug, PartialEq)]
    struct Own(String);
    impl From<String> for Own {
        fn from(error: String) -> Self {
            Self(error)
        }
    }
    let all: Vec<_> = gather!(*[fails_after(1, true)]?; as_completed, error = Own).collect().await;
    assert_eq!(all, [Err(Own("1 failed".to_owned()))]);
}

fn named(numbers: Vec<u64>) -> Completions<impl futures::Stream<Item = (usize, u64)> + Unpin + Send> {
    gather!(*numbers.into_iter().map(after); as_completed, limit = 8)
}

fn borrowing(words: &[String]) -> Completions<impl futures::Stream<Item = usize> + Unpin + Send + '_> {
    async fn len(word: &str) -> usize {
        word.len()
    }
    gather!(*words.iter().map(|word| len(word)); in_order, limit = 1)
}

#[tokio::test(start_paused = true)]
async fn it_can_be_returned_sent_and_boxed() {
    assert_eq!(named(vec![2, 1]).next().await, Some((1, 1)));
    let task = tokio::spawn(async {
        let words = ["a".to_owned(), "bc".to_owned()];
        let mut lengths = borrowing(&words);
        (lengths.next().await, lengths.next().await, lengths.next().await)
    });
    assert_eq!(task.await.unwrap(), (Some(1), Some(2), None));
    let mut boxed = named(vec![2, 1]).boxed();
    assert_eq!(boxed.next().await, Some((1, 1)));
    let local = std::rc::Rc::new(5);
    let mut boxed = gather!(*[async move { *local }]; in_order).boxed_local();
    assert_eq!((boxed.next().await, boxed.next().await), (Some(5), None));
}
