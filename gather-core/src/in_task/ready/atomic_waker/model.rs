//! No wake is lost and no waker is used after it was dropped, whatever the threads do at once.

use std::sync::atomic::Ordering::Relaxed;
use std::task::Poll;

use loom::sync::Arc;
use loom::sync::atomic::AtomicUsize;
use loom::thread;

use super::super::model::Task;
use super::AtomicWaker;
use crate::sync::model;

/// Threads count themselves, then wake. The task polls with a new waker each time, until it has seen all of them.
fn polled_until_all_came(threads: usize, same_waker: bool) {
    let (first, second) = (Task::new(), Task::new());
    let waker = Arc::new(AtomicWaker::new(first.waker()));
    let came = Arc::new(AtomicUsize::new(0));
    let threads: Vec<_> = (0..threads)
        .map(|_| {
            let (waker, came) = (Arc::clone(&waker), Arc::clone(&came));
            thread::spawn(move || {
                // Nothing orders this but the wake.
                came.fetch_add(1, Relaxed);
                waker.wake();
            })
        })
        .collect();
    let all = threads.len();
    let task = if same_waker { &first } else { &second };
    task.block_on(|task| {
        // SAFETY: this thread alone registers.
        unsafe { waker.register(task) };
        if came.load(Relaxed) == all { Poll::Ready(()) } else { Poll::Pending }
    });
    for thread in threads {
        thread.join().unwrap();
    }
    drop(waker);
    assert!(first.is_let_go() && second.is_let_go(), "a waker is left");
}

#[test]
fn model_of_a_waker_that_stays() {
    model(|| polled_until_all_came(2, true));
}

#[test]
fn model_of_a_waker_that_changes() {
    model(|| polled_until_all_came(2, false));
}

/// The end of a group: the waker is taken while others wake.
#[test]
fn model_of_a_waker_that_is_taken() {
    model(|| {
        let task = Task::new();
        let waker = Arc::new(AtomicWaker::new(task.waker()));
        let thread = {
            let waker = Arc::clone(&waker);
            thread::spawn(move || waker.wake())
        };
        drop(waker.take());
        thread.join().unwrap();
        assert!(task.wakes() <= 1);
        assert!(task.is_let_go(), "the end of the group keeps nothing");
    });
}
