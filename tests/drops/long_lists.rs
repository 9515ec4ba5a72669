//! A list of more than 64: its first items are ready at once, and then one is not.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use std::thread;

use gather::gather;

use crate::support::{CountingWaker, Live, Token, Wrong, poll};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    IsReady,
    Keeps,
    WakesItself,
    Waits,
    WaitsAwake,
    Fails,
    Panics,
    PanicsInDrop,
}

struct Item<'a> {
    act: Act,
    output: Option<Token>,
    _own: Token,
    waker: &'a Cell<Option<Waker>>,
    polls: &'a Cell<usize>,
}

impl Future for Item<'_> {
    type Output = Result<Token, Wrong>;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.polls.set(self.polls.get() + 1);
        match self.act {
            Act::Keeps => self.waker.set(Some(cx.waker().clone())),
            Act::WakesItself => cx.waker().wake_by_ref(),
            Act::Waits | Act::WaitsAwake => {
                self.waker.set(Some(cx.waker().clone()));
                if self.act == Act::WaitsAwake {
                    cx.waker().wake_by_ref();
                }
                self.act = Act::IsReady;
                return Poll::Pending;
            }
            Act::Fails => return Poll::Ready(Err(Wrong(1))),
            Act::Panics => panic!("kaput"),
            Act::IsReady | Act::PanicsInDrop => {}
        }
        Poll::Ready(Ok(self.output.take().expect("it is ready once")))
    }
}

impl Drop for Item<'_> {
    fn drop(&mut self) {
        assert!(self.act != Act::PanicsInDrop || thread::panicking(), "kaput");
    }
}

const LEN: usize = 200;
const PLACES: [usize; 6] = [0, 1, 63, 64, 130, LEN - 1];

/// Item `at` does `act`, and the one before it `before`; the others are ready. What it looks at sees the wakers and polls.
fn with_list(
    before: Act,
    at: usize,
    act: Act,
    look: impl FnOnce(Group<'_>, &Arc<CountingWaker>, &[Cell<Option<Waker>>], &[Cell<usize>]),
) {
    let live = Live::new();
    let polls = vec![Cell::new(0); LEN];
    let wakers: Vec<Cell<Option<Waker>>> = (0..LEN).map(|_| Cell::new(None)).collect();
    let item = |i: usize| Item {
        act: if i == at {
            act
        } else if i + 1 == at {
            before
        } else {
            Act::IsReady
        },
        output: Some(live.token()),
        _own: live.token(),
        waker: &wakers[i],
        polls: &polls[i],
    };
    let waker = CountingWaker::new();
    look(Box::pin(async { gather!(*(0..LEN).map(item)?).await }), &waker, &wakers, &polls);
    assert_eq!(live.now(), 0, "{before:?} before {at} {act:?}");
    // Wakers may be kept for as long as one likes.
    wakers.iter().filter_map(Cell::take).for_each(Waker::wake);
}

type Group<'a> = Pin<Box<dyn Future<Output = Result<Vec<Token>, Wrong>> + 'a>>;

/// What the item before can do, which is ready then.
const BEFORE: [Act; 3] = [Act::IsReady, Act::Keeps, Act::WakesItself];

#[test]
fn one_that_waits_is_polled_once_more_when_it_is_woken() {
    for (before, at) in BEFORE.into_iter().flat_map(|before| PLACES.map(|at| (before, at))) {
        with_list(before, at, Act::Waits, |mut group, waker, wakers, polls| {
            assert!(poll(&mut group, waker).is_pending());
            assert!(poll(&mut group, waker).is_pending());
            assert!(polls.iter().all(|polls| polls.get() == 1), "{before:?} before {at}");
            let woken = waker.count();
            wakers[at].take().expect("it has kept it").wake();
            assert_eq!(waker.count(), woken + 1);
            let Poll::Ready(Ok(all)) = poll(&mut group, waker) else { panic!("all are ready") };
            assert_eq!(all.len(), LEN);
            assert_eq!((polls[at].get(), polls.iter().map(Cell::get).sum()), (2, LEN + 1));
        });
    }
}

#[test]
fn one_that_wakes_itself_is_polled_in_the_next_sweep() {
    for (before, at) in BEFORE.into_iter().flat_map(|before| PLACES.map(|at| (before, at))) {
        with_list(before, at, Act::WaitsAwake, |mut group, waker, _, polls| {
            assert!(poll(&mut group, waker).is_pending());
            assert!(waker.count() > 0);
            assert!(poll(&mut group, waker).is_ready());
            assert_eq!((polls[at].get(), polls.iter().map(Cell::get).sum()), (2, LEN + 1));
        });
    }
}

#[test]
fn all_are_ready_or_one_fails_and_all_are_polled() {
    for (before, at) in BEFORE.into_iter().flat_map(|before| PLACES.map(|at| (before, at))) {
        for act in [Act::IsReady, Act::Keeps, Act::Fails] {
            with_list(before, at, act, |mut group, waker, _, polls| {
                let Poll::Ready(result) = poll(&mut group, waker) else { panic!("all are ready") };
                assert_eq!(result.map(|all| all.len()).ok(), (act != Act::Fails).then_some(LEN));
                assert!(polls.iter().all(|polls| polls.get() == 1));
            });
        }
    }
}

#[test]
fn one_that_panics() {
    for (before, at) in BEFORE.into_iter().flat_map(|before| PLACES.map(|at| (before, at))) {
        for act in [Act::Panics, Act::PanicsInDrop] {
            with_list(before, at, act, |mut group, waker, _, polls| {
                assert!(catch_unwind(AssertUnwindSafe(|| poll(&mut group, waker))).is_err());
                assert_eq!(polls.iter().map(Cell::get).sum::<usize>(), at + 1);
            });
        }
    }
}

#[test]
fn dropped_while_one_waits() {
    for (before, at) in BEFORE.into_iter().flat_map(|before| PLACES.map(|at| (before, at))) {
        with_list(before, at, Act::Waits, |mut group, waker, _, _| assert!(poll(&mut group, waker).is_pending()));
    }
}

#[test]
fn dropped_while_only_another_member_waits() {
    let live = Live::new();
    let waker = CountingWaker::new();
    let token = || std::future::ready(live.token());
    let mut group = Box::pin(gather!(*(0..LEN).map(|_| token()), std::future::pending::<()>()));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(live.now(), LEN);
    drop(group);
    assert_eq!(live.now(), 0);
}

/// A member that becomes a future as large as it is, but for the fifth.
struct Becoming {
    id: usize,
    _token: Token,
}
struct Became(Becoming);

impl IntoFuture for Becoming {
    type Output = usize;
    type IntoFuture = Became;
    fn into_future(self) -> Became {
        assert!(self.id != 4, "no more");
        Became(self)
    }
}

impl Future for Became {
    type Output = usize;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<usize> {
        Poll::Ready(self.0.id)
    }
}

#[test]
fn one_panics_while_it_becomes_a_future() {
    let live = Live::new();
    let panicked =
        catch_unwind(AssertUnwindSafe(|| drop(gather!(*(0..9).map(|i| Becoming { id: i, _token: live.token() })))));
    assert_eq!(panicked.expect_err("the fifth").downcast_ref(), Some(&"no more"));
    assert_eq!((live.now(), live.made()), (0, 9));
}
