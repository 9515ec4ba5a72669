//! `poll_all`: every poll polls whatever is unfinished, in order, with the task's own waker, and the group itself wakes nobody.
#![allow(clippy::many_single_char_names, reason = "what a group is about is the order of its members")]

mod nested;
mod wakes;

use std::cell::{Cell, RefCell};
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Wake, Waker};

use futures::stream;
use gather::{gather, gather_group};

#[derive(Default)]
struct Wakes(AtomicU32);
impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

/// A task whose members note that they were polled, and by whose waker.
struct Task {
    wakes: Arc<Wakes>,
    waker: Waker,
    polled: RefCell<Vec<u32>>,
}

impl Task {
    fn new() -> Self {
        let wakes = Arc::new(Wakes::default());
        Self { waker: Waker::from(Arc::clone(&wakes)), wakes, polled: RefCell::new(Vec::new()) }
    }

    /// Is ready at its poll number `polls`.
    fn member(&self, id: u32, polls: u32) -> impl Future<Output = u32> {
        let mut left = polls;
        poll_fn(move |cx| {
            assert!(cx.waker().will_wake(&self.waker), "the task's own waker");
            self.polled.borrow_mut().push(id);
            left -= 1;
            if left == 0 { Poll::Ready(id) } else { Poll::Pending }
        })
    }

    /// The same, with whatever waker it is given.
    fn own(&self, id: u32, polls: u32) -> impl Future<Output = u32> {
        let mut left = polls;
        poll_fn(move |_| {
            self.polled.borrow_mut().push(id);
            left -= 1;
            if left == 0 { Poll::Ready(id) } else { Poll::Pending }
        })
    }

    fn poll<F: Future>(&self, future: std::pin::Pin<&mut F>) -> Poll<F::Output> {
        future.poll(&mut Context::from_waker(&self.waker))
    }

    fn take_polled(&self) -> Vec<u32> {
        self.polled.take()
    }

    /// Nobody was woken by the group.
    fn assert_still(&self) {
        assert_eq!(self.wakes.0.load(Ordering::Relaxed), 0);
    }
}

macro_rules! ten {
    ($task:ident; $($options:tt)*) => {
        gather! {
            a => $task.member(0, 2), b => $task.member(1, 3), c => $task.member(2, 1), d => $task.member(3, 3),
            e => $task.member(4, 3), f => $task.member(5, 3), g => $task.member(6, 3), h => $task.member(7, 3),
            i => $task.member(8, 2), j => $task.member(9, 3);
            $($options)*
        }
    };
}

#[test]
fn members_of_any_number() {
    let task = Task::new();
    let mut group = pin!(ten!(task; poll_all));
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(task.take_polled(), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    assert!(task.poll(group.as_mut()).is_pending());
    assert_eq!(task.take_polled(), [0, 1, 3, 4, 5, 6, 7, 8, 9]);
    let Poll::Ready(r) = task.poll(group) else { panic!("all are done") };
    assert_eq!(task.take_polled(), [1, 3, 4, 5, 6, 7, 9]);
    assert_eq!([r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h, r.i, r.j], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    task.assert_still();
}

#[test]
fn more_members_than_one_word_can_tell_apart() {
    macro_rules! seventy {
        ($task:ident $($ten:literal)*) => {
            gather!($(
                $task.member($ten, 2), $task.member($ten + 1, 2), $task.member($ten + 2, 2), $task.member($ten + 3, 2),
                $task.member($ten + 4, 2), $task.member($ten + 5, 2), $task.member($ten + 6, 2), $task.member($ten + 7, 2),
                $task.member($ten + 8, 2), $task.member($ten + 9, 2),
            )*; poll_all)
        };
    }
    let task = Task::new();
    let mut group = pin!(seventy!(task 0 10 20 30 40 50 60));
    for last in [false, true] {
        assert_eq!(task.poll(group.as_mut()).is_ready(), last);
        assert_eq!(task.take_polled(), (0..70).collect::<Vec<_>>());
    }
    task.assert_still();
}

#[test]
fn lists_of_any_length() {
    for len in [2, 9, 100, 1000] {
        let task = Task::new();
        let all = || (0..len).map(|id| task.member(id, 2));
        let mut group = pin!(gather!(*all(); poll_all));
        for last in [false, true] {
            assert_eq!(task.poll(group.as_mut()).is_ready(), last);
            assert_eq!(task.take_polled(), (0..len).collect::<Vec<_>>());
        }
        let mut group = pin!(gather!(*stream::iter(all()), task.member(len, 2); poll_all));
        for last in [false, true] {
            assert_eq!(task.poll(group.as_mut()).is_ready(), last);
            assert_eq!(task.take_polled(), (0..=len).collect::<Vec<_>>());
        }
        task.assert_still();
    }
}

#[test]
fn lists_under_a_limit() {
    let task = Task::new();
    let mut group = pin!(gather!(*(0..5).map(|id| task.member(id, 2)), task.member(5, 1); limit = 2, poll_all));
    let mut polls = Vec::new();
    while task.poll(group.as_mut()).is_pending() {
        polls.push(task.take_polled());
    }
    // What starts as others end is polled at the end of the sweep.
    assert_eq!(polls, [vec![0, 1], vec![0, 1, 2, 3], vec![2, 3, 4, 5]]);
    assert_eq!(task.take_polled(), [4]);
    task.assert_still();
}

#[test]
fn results_as_they_complete() {
    let task = Task::new();
    let mut done = gather!(*(0..12).map(|id| task.member(id, if id == 7 { 2 } else { 3 })); as_completed, poll_all);
    assert!(task.poll(pin!(done.next())).is_pending());
    assert_eq!(task.take_polled(), (0..12).collect::<Vec<_>>());
    assert_eq!(task.poll(pin!(done.next())), Poll::Ready(Some((7, 7))));
    assert_eq!(task.take_polled(), (0..12).collect::<Vec<_>>());
    assert_eq!(task.poll(pin!(done.next())), Poll::Ready(Some((0, 0))));
    assert_eq!(task.take_polled(), [0, 1, 2, 3, 4, 5, 6, 8, 9, 10, 11]);
    task.assert_still();
}

#[test]
fn stages_of_a_fn() {
    thread_local!(static TASK: Task = Task::new());
    async fn member(id: u32) -> u32 {
        let mut left = 2;
        poll_fn(|cx| {
            TASK.with(|task| {
                assert!(cx.waker().will_wake(&task.waker));
                task.polled.borrow_mut().push(id);
            });
            left -= 1;
            if left == 0 { Poll::Ready(id) } else { Poll::Pending }
        })
        .await
    }
    #[gather_group(poll_all)]
    async fn all() -> u32 {
        let a = member(0).await;
        let b = member(1).await;
        let c = member(2).await;
        let d = member(3).await;
        let e = member(4).await;
        let f = member(5).await;
        let g = member(6).await;
        let h = member(7).await;
        let i = member(8).await;
        let j = member(9).await;
        a + b + c + d + e + f + g + h + i + j
    }
    TASK.with(|task| {
        let mut all = pin!(all());
        assert!(task.poll(all.as_mut()).is_pending());
        assert_eq!(task.take_polled(), (0..10).collect::<Vec<_>>());
        assert_eq!(task.poll(all.as_mut()), Poll::Ready(45));
        assert_eq!(task.take_polled(), (0..10).collect::<Vec<_>>());
        task.assert_still();
    });
}

/// Members that share one waker slot, of which the last to be polled has it.
#[test]
fn futures_that_share_a_waker() {
    let (slot, value) = (RefCell::new(None::<Waker>), Cell::new(0));
    let waits_for = |wanted: u32| {
        let (slot, value) = (&slot, &value);
        poll_fn(move |cx| {
            *slot.borrow_mut() = Some(cx.waker().clone());
            if value.get() >= wanted { Poll::Ready(wanted) } else { Poll::Pending }
        })
    };
    let wakes = Arc::new(Wakes::default());
    let waker = Waker::from(Arc::clone(&wakes));
    let mut group = pin!(gather!(*(1..20).map(waits_for); poll_all));
    for n in 1..20 {
        assert!(group.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
        value.set(n);
        slot.take().expect("somebody waits").wake();
        assert_eq!(wakes.0.load(Ordering::Relaxed), n);
    }
    assert!(group.poll(&mut Context::from_waker(&waker)).is_ready());
}

#[tokio::test]
async fn a_spent_budget_changes_neither_who_is_polled_nor_the_order() {
    let polled = RefCell::new(Vec::new());
    let greedy = |id: u32| {
        let (polled, mut left) = (&polled, 3);
        poll_fn(move |cx| {
            polled.borrow_mut().push(id);
            left -= 1;
            if left == 0 {
                return Poll::Ready(());
            }
            while let Poll::Ready(proceed) = tokio::task::coop::poll_proceed(cx) {
                proceed.made_progress();
            }
            Poll::Pending
        })
    };
    gather!(*(0..50).map(greedy), greedy(50), greedy(51); poll_all).await;
    let sweep: Vec<u32> = (0..52).collect();
    assert_eq!(polled.take(), [&sweep[..]; 3].concat());
    gather!(*(0..50).map(greedy), greedy(50); limit = 60, poll_all).await;
    assert_eq!(polled.take(), [&sweep[..51]; 3].concat());
}

#[test]
fn a_deadline_of_the_engines_own() {
    let task = Task::new();
    let over = Cell::new(false);
    let timer = poll_fn(|_| if over.get() { Poll::Ready(()) } else { Poll::Pending });
    let mut group = pin!(ten!(task; return_exceptions, until = timer, poll_all));
    assert!(task.poll(group.as_mut()).is_pending());
    over.set(true);
    let Poll::Ready(r) = task.poll(group.as_mut()) else { panic!("the deadline has come") };
    let ended = [r.a, r.b, r.c, r.d, r.e, r.f, r.g, r.h, r.i, r.j].map(|field| field.is_ok());
    assert_eq!(ended, [true, false, true, false, false, false, false, false, true, false]);
    task.assert_still();
}
