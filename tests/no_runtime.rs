//! In-task groups need no runtime: any executor will do.
#![forbid(unsafe_code)]

mod support;

use std::future::{pending, ready};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use futures::FutureExt;
use futures::channel::oneshot;
use futures::executor::{LocalPool, block_on};
use futures::stream::FuturesUnordered;
use futures::task::LocalSpawnExt;
use gather::{Exception, Exceptions, gather};
use support::{Gate, Trace, Wrong, bad, good, value};

/// The smallest executor there is: it parks its thread.
fn park_on<T>(future: impl Future<Output = T>) -> T {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut cx) {
            Poll::Ready(out) => return out,
            Poll::Pending => thread::park(),
        }
    }
}

#[test]
fn on_the_executor_of_futures() {
    let (sender, inbox) = oneshot::channel();
    let (received, ()) = block_on(gather!(inbox, async { sender.send(7).unwrap() }));
    assert_eq!(received, Ok(7));
}

#[test]
fn on_a_local_pool() {
    let mut pool = LocalPool::new();
    let spawner = pool.spawner();
    let handle = spawner.spawn_local_with_handle(gather!(value(1), *[value(2), value(3)])).unwrap();
    assert_eq!(pool.run_until(handle), (1, vec![2, 3]));
}

#[test]
fn on_a_hand_written_executor() {
    let gates = [(); 40].map(|()| Gate::new());
    let group = gather!(*gates.iter().map(|gate| gate.member(1)), Trace::new().member("", 3, 2),);
    let opener = thread::spawn({
        let gates = gates.clone();
        move || gates.iter().rev().for_each(Gate::open)
    });
    let (ones, two) = park_on(group);
    assert_eq!((ones.len(), two), (40, 2));
    opener.join().unwrap();
}

#[test]
fn with_a_waker_that_does_nothing() {
    let mut cx = Context::from_waker(Waker::noop());
    let gate = Gate::new();
    let mut group = pin!(gather!(gate.member(1), *[ready(2)]));
    assert!(group.as_mut().poll(&mut cx).is_pending());
    gate.open();
    assert_eq!(group.as_mut().poll(&mut cx), Poll::Ready((1, vec![2])));
}

#[test]
fn as_a_member_of_other_combinators() {
    let group = |n| gather!(value(n), *[value(n + 1)]).boxed();
    let (a, b) = block_on(futures::future::join(group(1), group(3)));
    assert_eq!((a, b), ((1, vec![2]), (3, vec![4])));
    let mut unordered: FuturesUnordered<_> = [group(1), group(3)].into_iter().collect();
    let mut seen = Vec::new();
    block_on(async {
        while let Some((n, _)) = futures::StreamExt::next(&mut unordered).await {
            seen.push(n);
        }
    });
    seen.sort_unstable();
    assert_eq!(seen, [1, 3]);
}

#[test]
fn every_policy() {
    let fast: Result<(u8, u8), Wrong> = park_on(gather!(good(1)?, bad(2)?));
    assert_eq!(fast, Err(Wrong(2)));
    let named: Result<(u8, u8), Exception<Wrong>> = park_on(gather!(good(1)?, bad(2)?; name_errors));
    assert_eq!(named.unwrap_err().to_string(), "member `#1` failed: wrong by 2");
    let all: Result<(u8, u8), Exceptions<Wrong>> = park_on(gather!(bad(1)?, bad(2)?; all_errors));
    assert_eq!(all.unwrap_err().len(), 2);
    let (a, b) = park_on(gather!(good(1), async { panic!("kaput") }; return_exceptions));
    let b: Result<(), Exception> = b;
    assert_eq!((a.unwrap(), b.unwrap_err().is_panicked()), (1, true));
}

#[test]
fn limit_and_until() {
    let list = park_on(gather!(*(0..9).map(|i| Trace::new().member("", i % 3, i)); limit = 2));
    assert!(list.into_iter().eq(0..9));
    let stop = Gate::new();
    let opener = thread::spawn({
        let stop = stop.clone();
        move || stop.open()
    });
    let (a, b) = park_on(gather!(
        value(1),
        pending::<()>();
        return_exceptions, until = stop.member(())
    ));
    assert_eq!((a.unwrap(), b.unwrap_err().is_cancelled()), (1, true));
    opener.join().unwrap();
}

#[test]
fn tokio_itself_need_not_run() {
    assert!(tokio::runtime::Handle::try_current().is_err());
    let (sender, mut inbox) = tokio::sync::mpsc::unbounded_channel();
    let (received, sent) = park_on(gather!(inbox.recv(), async { sender.send(1).is_ok() }));
    assert_eq!((received, sent), (Some(1), true));
}
