//! Items are woken by other threads while the list is polled, moved and dropped, in every order.

use std::future::poll_fn;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

use loom::future::block_on;
use loom::sync::Mutex;
use loom::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use loom::thread;

use super::ReadySet;
use crate::sync::model;

/// An item that is done when another thread says so: that stores the flag, then wakes.
struct Item {
    done: AtomicBool,
    waker: Mutex<Option<Waker>>,
}

impl Item {
    fn new() -> Arc<Self> {
        Arc::new(Self { done: AtomicBool::new(false), waker: Mutex::new(None) })
    }

    fn poll(&self, waker: Waker) -> bool {
        *self.waker.lock().unwrap() = Some(waker);
        self.done.load(Ordering::Acquire)
    }

    fn finish(&self) {
        self.done.store(true, Ordering::Release);
        self.wake();
    }

    fn wake(&self) {
        let waker = self.waker.lock().unwrap().clone();
        if let Some(waker) = waker {
            waker.wake();
        }
    }
}

/// What a [`List`](crate::poll::List) does with its ready set.
struct List<const N: usize> {
    items: [Arc<Item>; N],
    ready: ReadySet,
    running: [bool; N],
    started: bool,
}

impl<const N: usize> List<N> {
    fn new(items: [Arc<Item>; N]) -> Self {
        Self { items, ready: ReadySet::new(), running: [true; N], started: false }
    }

    fn poll(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        let mut due = Vec::new();
        self.ready.drain(cx.waker(), &mut due);
        if !self.started {
            self.started = true;
            due = (0..N).map(|item| (item, item)).collect();
        }
        for (item, slot) in due {
            if self.running[item] && self.items[item].poll(self.ready.waker(item, slot)) {
                self.running[item] = false;
                self.ready.forget(slot);
            }
        }
        if self.running.contains(&true) { Poll::Pending } else { Poll::Ready(()) }
    }
}

#[test]
fn a_wake_during_the_poll() {
    model(|| {
        let item = Item::new();
        let mut list = List::new([Arc::clone(&item)]);
        let outside = thread::spawn(move || item.finish());
        block_on(poll_fn(|cx| list.poll(cx)));
        outside.join().unwrap();
    });
}

/// The flag alone says that the item is done, nothing orders it but the wakes.
#[test]
fn a_wake_that_finds_its_item_woken() {
    model(|| {
        let item = Item::new();
        let mut list = List::new([Arc::clone(&item)]);
        let mut cx = Context::from_waker(Waker::noop());
        assert!(list.poll(&mut cx).is_pending());
        let waker = item.waker.lock().unwrap().take().unwrap();
        waker.wake_by_ref();
        let done = Arc::new(AtomicBool::new(false));
        let flag = Arc::clone(&done);
        let outside = thread::spawn(move || {
            flag.store(true, Ordering::Release);
            waker.wake();
        });
        block_on(poll_fn(|cx| {
            let mut due = Vec::new();
            list.ready.drain(cx.waker(), &mut due);
            let polled = due.into_iter().any(|(item, slot)| {
                drop(list.ready.waker(item, slot));
                done.load(Ordering::Acquire)
            });
            if polled { Poll::Ready(()) } else { Poll::Pending }
        }));
        outside.join().unwrap();
    });
}

#[test]
fn two_items_woken_by_two_threads() {
    model(|| {
        let items = [Item::new(), Item::new()];
        let mut list = List::new(items.clone());
        let outside = items.map(|item| thread::spawn(move || item.finish()));
        block_on(poll_fn(|cx| list.poll(cx)));
        for thread in outside {
            thread.join().unwrap();
        }
    });
}

#[test]
fn a_group_that_changes_its_task() {
    model(|| {
        let item = Item::new();
        let mut list = List::new([Arc::clone(&item)]);
        let outside = thread::spawn(move || {
            item.wake();
            item.finish();
        });
        let _ = list.poll(&mut Context::from_waker(Waker::noop()));
        if list.running[0] {
            block_on(poll_fn(|cx| list.poll(cx)));
        }
        outside.join().unwrap();
    });
}

#[test]
fn a_wake_after_the_group_is_dropped() {
    struct Task(AtomicUsize);
    impl Wake for Task {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::AcqRel);
        }
    }

    model(|| {
        let item = Item::new();
        let task = Arc::new(Task(AtomicUsize::new(0)));
        let mut list = List::new([Arc::clone(&item)]);
        let waker = Waker::from(Arc::clone(&task));
        assert!(list.poll(&mut Context::from_waker(&waker)).is_pending());
        drop(waker);
        let outside = {
            let item = Arc::clone(&item);
            thread::spawn(move || item.wake())
        };
        drop(list);
        let before = task.0.load(Ordering::Acquire);
        outside.join().unwrap();
        // A wake that was on its way is all that may come, and nothing keeps the task.
        assert!(task.0.load(Ordering::Acquire) <= 1 && before <= 1);
        assert_eq!(Arc::strong_count(&task), 1);
        item.wake();
        assert!(task.0.load(Ordering::Acquire) <= 1);
    });
}
