//! `*stream`: a stream of futures is a list.

use std::cell::Cell;
use std::future::{Future, pending, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::stream::{self, BoxStream, StreamExt as _};
use gather::gather;

async fn double(n: u32) -> u32 {
    tokio::task::yield_now().await;
    2 * n
}

async fn even(n: u32) -> Result<u32, String> {
    if n.is_multiple_of(2) { Ok(n) } else { Err(format!("{n} is odd")) }
}

#[tokio::test]
async fn the_field_is_a_vec_in_the_order_of_the_stream() {
    assert_eq!(gather!(*stream::iter(1..4).map(double)).await, [2, 4, 6]);
    let r = gather! { one => double(5), all => *stream::iter(1..4).map(double), list => *[double(7)]; limit = 2 }.await;
    assert_eq!((r.one, r.all, r.list), (10, vec![2, 4, 6], vec![14]));
    assert_eq!(gather!(*stream::empty::<std::future::Ready<u8>>()).await, []);
}

#[tokio::test]
async fn every_policy() {
    assert_eq!(gather!(*stream::iter([2, 4]).map(even)?).await, Ok(vec![2, 4]));
    assert_eq!(gather!(*stream::iter([2, 3]).map(even)?; limit = 1).await, Err("3 is odd".to_owned()));
    let e = gather! { n => *stream::iter([2, 3]).map(even)?; name_errors }.await.map(|r| r.n).unwrap_err();
    assert_eq!(e.to_string(), "member `n[1]` failed: 3 is odd");
    let e = gather! { n => *stream::iter([1, 2, 3]).map(even)?; all_errors }.await.map(|r| r.n).unwrap_err();
    assert_eq!(e.to_string(), "member `n[0]` failed: 1 is odd\nmember `n[2]` failed: 3 is odd");
    let all = gather!(*stream::iter([2, 3]).map(even); return_exceptions).await;
    assert_eq!(
        (all[0].as_ref().unwrap(), all[1].as_ref().unwrap_err().to_string().as_str()),
        (&2, "member `#1` failed: 3 is odd")
    );
    let pairs = stream::iter([("a", 2), ("b", 3)]).map(|(key, n)| (key, even(n)));
    let e = gather! { n => *pairs?; name_errors }.await.map(|r| r.n).unwrap_err();
    assert_eq!(e.to_string(), r#"member `n["b"]` failed: 3 is odd"#);
}

#[tokio::test]
async fn dependants_see_it_and_depend_on_others() {
    let r = gather! {
        n => double(2),
        all => *|n| stream::iter(0..*n).map(double),
        sum => |all| ready(all.iter().sum::<u32>()),
    }
    .await;
    assert_eq!((r.n, r.all, r.sum), (4, vec![0, 2, 4, 6], 12));
}

#[tokio::test]
async fn it_need_not_be_unpin_nor_owned() {
    let unfolded = stream::unfold(1, |n| async move {
        tokio::task::yield_now().await;
        (n < 4).then(|| (double(n), n + 1))
    });
    assert_eq!(gather!(*unfolded).await, [2, 4, 6]);
    let mut pinned = pin!(stream::unfold(1, |n| async move { Some((double(n), n + 1)) }).take(2));
    assert_eq!(gather!(*pinned.as_mut()).await, [2, 4]);
    let boxed: BoxStream<'_, _> = stream::iter(1..3).map(double).boxed();
    assert_eq!(gather!(*boxed; limit = 1).await, [2, 4]);
    let mut rest = stream::iter(1..4).map(double);
    assert_eq!(gather!(*rest.by_ref().take(1)).await, [2]);
    assert_eq!(gather!(*rest).await, [4, 6]);
}

/// Counts how often it is polled, and gives nothing before `ready`.
struct Counted<'a> {
    polls: &'a Cell<u32>,
    left: u32,
    waker: &'a Cell<Option<Waker>>,
    ready: &'a Cell<bool>,
}

impl futures::Stream for Counted<'_> {
    type Item = std::future::Ready<u32>;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.polls.set(self.polls.get() + 1);
        if !self.ready.get() {
            self.waker.set(Some(cx.waker().clone()));
            return Poll::Pending;
        }
        if self.left == 0 {
            return Poll::Ready(None);
        }
        self.left -= 1;
        Poll::Ready(Some(ready(self.left)))
    }
}

#[test]
fn it_is_pulled_inside_the_group_and_polled_again_once_it_was_woken() {
    let (polls, waker, ready_now) = (Cell::new(0), Cell::new(None), Cell::new(false));
    let counted = Counted { polls: &polls, left: 2, waker: &waker, ready: &ready_now };
    let other = Cell::new(None::<Waker>);
    let done = Cell::new(false);
    let member = std::future::poll_fn(|cx| {
        other.set(Some(cx.waker().clone()));
        if done.get() { Poll::Ready(()) } else { Poll::Pending }
    });
    let mut group = pin!(gather!(*counted, member));
    assert_eq!(polls.get(), 0);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(group.as_mut().poll(&mut cx).is_pending());
    assert_eq!(polls.get(), 1);
    other.take().unwrap().wake();
    assert!(group.as_mut().poll(&mut cx).is_pending());
    assert_eq!(polls.get(), 1, "it was not woken");
    ready_now.set(true);
    waker.take().unwrap().wake();
    assert!(group.as_mut().poll(&mut cx).is_pending());
    assert_eq!(polls.get(), 4, "two items and the end");
    done.set(true);
    assert_eq!(group.poll(&mut cx), Poll::Ready((vec![1, 0], ())));
}

#[tokio::test]
async fn under_a_limit_it_is_pulled_one_item_for_each_free_place() {
    let (pulled, running, most) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let items = stream::iter(0..20).map(|n| {
        pulled.set(pulled.get() + 1);
        assert!(pulled.get() <= running.get() + n + 3);
        let (running, most) = (&running, &most);
        async move {
            running.set(running.get() + 1);
            most.set(most.get().max(running.get()));
            tokio::task::yield_now().await;
            running.set(running.get() - 1);
            n
        }
    });
    assert_eq!(gather!(*items; limit = 3).await, (0..20).collect::<Vec<_>>());
    assert_eq!(most.get(), 3);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_gives_no_field_to_what_it_finds_unpulled() {
    let items = stream::iter(0..9).map(|n| async move {
        if n > 0 {
            pending::<()>().await;
        }
        n
    });
    let all = gather!(*items; limit = 2, return_exceptions, timeout = Duration::from_secs(1)).await;
    assert_eq!(all.len(), 3, "one has ended, and two are in progress");
    assert!(all[0].is_ok() && all[1].as_ref().unwrap_err().is_timed_out());
}

#[tokio::test]
async fn what_is_both_is_taken_as_a_list() {
    let set: stream::FuturesUnordered<_> = (1..4).map(|n| Box::pin(double(n))).collect();
    let mut all = gather!(*set).await;
    all.sort_unstable();
    assert_eq!(all, [2, 4, 6]);
}

#[tokio::test]
async fn a_closure_over_borrowed_items_leaves_the_group_send() {
    async fn len(word: &str) -> usize {
        word.len()
    }
    let task = tokio::spawn(async {
        let words = ["a".to_owned(), "bc".to_owned()];
        let all = gather!(*stream::iter(&words).map(|word| len(word))).await;
        let limited = gather!(*stream::iter(&words).map(|word| len(word)); limit = 1).await;
        (all, limited)
    });
    assert_eq!(task.await.unwrap(), (vec![1, 2], vec![1, 2]));
}

#[tokio::test]
async fn tasks_of_a_stream_are_adopted() {
    let handles = stream::iter(1..3).map(|n| tokio::spawn(double(n)));
    let all = gather!(*handles; return_exceptions).await;
    assert_eq!(all.into_iter().map(Result::unwrap).collect::<Vec<_>>(), [2, 4]);
}
