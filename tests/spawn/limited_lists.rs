//! Under `limit` the group keeps the iterator and pulls items as they start.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use gather::gather;
use tokio::time::sleep;

use crate::support::{Gate, Live, Token, Wrong, good, value};
use crate::{UNIT, after, turns};

/// Counts how many items were pulled from it.
fn counted<I: Iterator>(items: I) -> (impl Iterator<Item = I::Item>, Arc<AtomicUsize>) {
    let pulled = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&pulled);
    let items = items.inspect(move |_| {
        count.fetch_add(1, Ordering::SeqCst);
    });
    (items, pulled)
}

#[tokio::test]
async fn items_are_pulled_as_they_start() {
    let gates: Vec<Gate> = (0..5).map(|_| Gate::new()).collect();
    let members: Vec<_> = gates.iter().enumerate().map(|(i, gate)| gate.member(i)).collect();
    let (items, pulled) = counted(members.into_iter());
    let group = gather!(*items; spawn, limit = 2);
    assert_eq!(pulled.load(Ordering::SeqCst), 2);
    gates[1].open();
    turns().await;
    assert_eq!(pulled.load(Ordering::SeqCst), 3);
    gates.iter().for_each(Gate::open);
    assert_eq!(group.await.unwrap(), [0, 1, 2, 3, 4]);
    assert_eq!(pulled.load(Ordering::SeqCst), 5);
}

#[tokio::test]
async fn memory_grows_with_the_limit_and_not_with_the_list() {
    let live = Live::new();
    let made = live.clone();
    let items = (0..10_000).map(move |i| {
        let token = made.token();
        async move {
            tokio::task::yield_now().await;
            drop(token);
            i
        }
    });
    let all = gather!(*items; spawn, limit = 8).await.unwrap();
    assert!(all.into_iter().eq(0..10_000));
    assert_eq!((live.made(), live.now()), (10_000, 0));
    assert!(live.most() <= 9, "{}", live.most());
}

#[tokio::test]
async fn no_item_is_pulled_after_an_error() {
    let fail = |i: u8| async move { if i == 2 { Err(Wrong(i)) } else { Ok(i) } };
    let (items, pulled) = counted((0..100).map(fail));
    let group = gather!(*items?; spawn, limit = 1);
    group.finished().await;
    assert_eq!(group.exception().unwrap().to_string(), "member `#2` failed: wrong by 2");
    assert_eq!(pulled.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn no_item_is_pulled_after_a_cancellation() {
    let gate = Gate::new();
    let blocked = gate.clone();
    let (items, pulled) = counted((0..100).map(move |i| blocked.member(i)));
    let group = gather!(*items; spawn, limit = 3);
    turns().await;
    group.cancel();
    gate.open();
    group.await.unwrap_err();
    assert_eq!(pulled.load(Ordering::SeqCst), 3);
}

#[tokio::test(start_paused = true)]
async fn a_list_without_end_is_ended_by_the_deadline() {
    let (items, pulled) = counted((0..).map(|i| after(1, i)));
    let group = gather!(*items; spawn, limit = 2, return_exceptions, until = sleep(UNIT * 5 / 2));
    let all = group.await.unwrap();
    let ended: Vec<u32> = all.iter().filter_map(|item| item.as_ref().ok().copied()).collect();
    assert_eq!(ended, [0, 1, 2, 3]);
    assert_eq!((all.len(), pulled.load(Ordering::SeqCst)), (6, 6), "two were cut off");
}

#[tokio::test]
async fn the_iterator_is_dropped_when_it_has_ended_and_when_it_is_not_needed() {
    struct Items(u8, #[allow(dead_code, reason = "held")] Token);
    impl Iterator for Items {
        type Item = std::future::Ready<Result<u8, Wrong>>;
        fn next(&mut self) -> Option<Self::Item> {
            self.0 = self.0.checked_sub(1)?;
            Some(std::future::ready(if self.0 == 7 { Err(Wrong(7)) } else { Ok(self.0) }))
        }
    }

    let live = Live::new();
    assert_eq!(gather!(*Items(3, live.token())?; spawn, limit = 2).await.unwrap(), [2, 1, 0]);
    assert_eq!(live.now(), 0);
    gather!(*Items(20, live.token())?; spawn, limit = 2).await.unwrap_err();
    assert_eq!(live.now(), 0);
    let group = gather!(*Items(5, live.token())?; spawn, limit = 2);
    group.cancel();
    assert_eq!(live.now(), 0);
}

/// Panics instead of giving its third item.
fn panicking(calls: &Arc<AtomicUsize>) -> impl Iterator<Item = std::future::Ready<Result<usize, Wrong>>> + use<> {
    let calls = Arc::clone(calls);
    (0..5).map(move |i| {
        calls.fetch_add(1, Ordering::SeqCst);
        assert!(i < 2, "no item {i}");
        std::future::ready(Ok(i))
    })
}

#[tokio::test]
async fn an_iterator_that_panics_is_the_exception_of_its_next_item() {
    let calls = Arc::new(AtomicUsize::new(0));
    let started = Arc::clone(&calls);
    let after = async move { started.fetch_add(100, Ordering::SeqCst) };
    let group = gather! { items => *panicking(&calls)?, after => after; spawn, limit = 1 };
    let exception = group.await.map(|r| (r.items, r.after)).unwrap_err();
    assert_eq!(exception.to_string(), "member `items[2]` panicked: no item 2");
    assert_eq!(calls.load(Ordering::SeqCst), 3, "it is not asked again, and the member after it does not start");
}

#[tokio::test]
async fn an_iterator_that_panics_under_return_exceptions() {
    let calls = Arc::new(AtomicUsize::new(0));
    let group = gather! { items => *panicking(&calls), after => value(1); spawn, limit = 1, return_exceptions };
    let r = group.await.unwrap();
    assert_eq!(r.items.len(), 3);
    assert_eq!(r.items[1].as_ref().unwrap(), &1);
    assert_eq!(r.items[2].as_ref().unwrap_err().to_string(), "member `items[2]` panicked: no item 2");
    assert_eq!(r.after.unwrap(), 1);
}

#[tokio::test]
async fn an_iterator_may_cancel_its_own_group() {
    let (sender, receiver) = std::sync::mpsc::channel::<gather::Canceller>();
    let items = (0..10).map(move |i| {
        if i == 4 {
            receiver.recv().unwrap().cancel();
        }
        good(i)
    });
    let group = gather!(*items?; spawn, limit = 2);
    sender.send(group.canceller()).unwrap();
    assert!(group.await.unwrap_err().member.is_none());
}
