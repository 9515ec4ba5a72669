//! Up to eight futures are all polled at each wake, with the task's own waker: members of a group and items of a list.

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use gather::gather;

use crate::support::{CountingWaker, Gate, Gated, poll};

/// A place for one waker, as tokio's sockets have one for all who read.
#[derive(Clone, Default)]
struct OneWaker {
    waker: Rc<RefCell<Option<Waker>>>,
    open: Rc<Cell<usize>>,
}

impl OneWaker {
    /// A future that ends once there is something for it.
    async fn read(self) -> usize {
        poll_fn(move |cx| {
            *self.waker.borrow_mut() = Some(cx.waker().clone());
            let open = self.open.get();
            if open == 0 {
                return Poll::Pending;
            }
            self.open.set(open - 1);
            Poll::Ready(open)
        })
        .await
    }

    fn send(&self, many: usize) {
        self.open.set(many);
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }
}

type Group = Pin<Box<dyn Future<Output = usize>>>;

fn eager(one: &OneWaker, len: usize) -> Group {
    let items: Vec<_> = (0..len).map(|_| one.clone().read()).collect();
    Box::pin(async { gather!(*items).await.len() })
}

fn limited(one: &OneWaker, len: usize) -> Group {
    let one = one.clone();
    Box::pin(async move { gather!(*(0..len).map(move |_| one.clone().read()); limit = len).await.len() })
}

/// Its length is known once it has ended.
fn of_unknown_length(one: &OneWaker, len: usize) -> Group {
    let one = one.clone();
    let items = (0..20).filter(move |i| *i < len).map(move |_| one.clone().read());
    Box::pin(async move { gather!(*items; limit = 12).await.len() })
}

fn dependent(one: &OneWaker, len: usize) -> Group {
    let one = one.clone();
    Box::pin(async move {
        let r = gather! { len => async { len }, all => *|len| (0..*len).map(|_| one.clone().read()) }.await;
        assert_eq!(r.len, len);
        r.all.len()
    })
}

const LISTS: [fn(&OneWaker, usize) -> Group; 4] = [eager, limited, of_unknown_length, dependent];

#[test]
fn items_of_a_short_list_may_share_a_waker() {
    for list in LISTS {
        for len in [2, 8] {
            let (one, waker) = (OneWaker::default(), CountingWaker::new());
            let mut group = list(&one, len);
            assert!(poll(&mut group, &waker).is_pending());
            one.send(len);
            assert_eq!(waker.count(), 1);
            assert_eq!(poll(&mut group, &waker), Poll::Ready(len));
        }
    }
}

/// Counts how often it is polled, and with what.
async fn watched(polls: Rc<Cell<usize>>, with_task: Rc<Cell<bool>>, task: Waker) {
    poll_fn(|cx: &mut Context<'_>| {
        polls.set(polls.get() + 1);
        // Not `will_wake`: two wakers that were made of one `Arc` have equal tables only where the linker joins them.
        with_task.set(cx.waker().data() == task.data());
        Poll::<()>::Pending
    })
    .await;
}

/// How often the items of a list are polled in three polls of it, and whether with the task's own waker.
fn watch(len: usize, limit: Option<usize>) -> Vec<(usize, bool)> {
    let counting = CountingWaker::new();
    let task = Waker::from(Arc::clone(&counting));
    let all: Vec<_> = (0..len).map(|_| (Rc::new(Cell::new(0)), Rc::new(Cell::new(false)))).collect();
    let items = all.iter().map(|(polls, own)| watched(Rc::clone(polls), Rc::clone(own), task.clone()));
    let mut group: Pin<Box<dyn Future<Output = ()>>> = match limit {
        Some(limit) => Box::pin(async move { gather!(*items; limit = limit).await.clear() }),
        None => Box::pin(async move { gather!(*items).await.clear() }),
    };
    for _ in 0..3 {
        assert!(poll(&mut group, &counting).is_pending());
    }
    all.iter().map(|(polls, own)| (polls.get(), own.get())).collect()
}

#[test]
fn all_items_of_a_short_list_are_polled_with_the_tasks_own_waker() {
    for (len, limit) in [(1, None), (8, None), (1, Some(1)), (8, Some(8)), (5, Some(100)), (3, Some(usize::MAX))] {
        assert_eq!(watch(len, limit), vec![(3, true); len], "{len} items, limit {limit:?}");
    }
}

#[test]
fn items_of_a_longer_list_are_polled_when_they_were_woken() {
    for (len, limit) in [(9, None), (9, Some(9)), (70, None), (70, Some(100))] {
        assert_eq!(watch(len, limit), vec![(1, false); len], "{len} items, limit {limit:?}");
    }
}

#[test]
fn a_list_under_a_smaller_limit_is_not_short() {
    assert_eq!(watch(3, Some(2)), [(1, false), (1, false), (0, false)]);
}

/// An iterator that says that it is short, and is not.
struct Endless<I>(I);

impl<I: Iterator> Iterator for Endless<I> {
    type Item = I::Item;
    fn next(&mut self) -> Option<I::Item> {
        self.0.next()
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, Some(3))
    }
}

#[test]
fn more_items_than_the_iterator_said() {
    let counting = CountingWaker::new();
    let polls: Vec<_> = (0..30).map(|_| Rc::new(Cell::new(0))).collect();
    let task = Waker::from(Arc::clone(&counting));
    let own: Vec<_> = polls.iter().map(|_| Rc::new(Cell::new(false))).collect();
    let items = polls.iter().zip(&own).map(|(polls, own)| watched(Rc::clone(polls), Rc::clone(own), task.clone()));
    let mut group = Box::pin(async { gather!(*Endless(items); limit = 20).await });
    for _ in 0..4 {
        assert!(poll(&mut group, &counting).is_pending());
    }
    // The second looks at all once more and gives them wakers of their own; then nobody is woken.
    assert!(polls.iter().take(20).all(|polls| polls.get() == 2));
    assert!(polls.iter().skip(20).all(|polls| polls.get() == 0));
    assert!(own.iter().all(|own| !own.get()));
}

/// Its items have the wakers of the task that polled them last, and itself it has none.
#[test]
fn a_short_list_keeps_no_waker_of_an_earlier_task() {
    type Made<'a> = Pin<Box<dyn Future<Output = usize> + 'a>>;
    fn items(gates: &[Gate]) -> impl Iterator<Item = Gated<usize>> + '_ {
        gates.iter().map(|gate| gate.member(1))
    }
    fn of_unknown_length(gates: &[Gate]) -> impl Iterator<Item = Gated<usize>> + '_ {
        (0..20).filter_map(|i| Some(gates.get(i)?.member(1)))
    }
    async fn taken<S: futures::Stream + Unpin>(mut results: gather::Completions<S>) -> usize {
        let mut taken = 0;
        while results.next().await.is_some() {
            taken += 1;
        }
        taken
    }
    let kinds: [(&str, fn(&[Gate]) -> Made<'_>); 7] = [
        ("all at once", |gates| Box::pin(async { gather!(*items(gates)).await.len() })),
        ("limit", |gates| Box::pin(async { gather!(*items(gates); limit = 8).await.len() })),
        ("unknown length", |gates| Box::pin(async { gather!(*of_unknown_length(gates); limit = 8).await.len() })),
        ("beside another", |gates| {
            Box::pin(async {
                gather!(*of_unknown_length(&gates[1..]), gates[0].member(1); limit = 8).await.0.len() + 1
            })
        }),
        ("all polled", |gates| Box::pin(async { gather!(*items(gates); limit = 8, poll_all).await.len() })),
        ("as they end", |gates| Box::pin(taken(gather!(*items(gates); limit = 8, as_completed)))),
        ("in order", |gates| Box::pin(taken(gather!(*of_unknown_length(gates); limit = 8, in_order)))),
    ];
    for (kind, make) in kinds {
        let gates: [Gate; 3] = std::array::from_fn(|_| Gate::new());
        let (first, second) = (CountingWaker::new(), CountingWaker::new());
        let mut group = make(&gates);
        assert!(poll(&mut group, &first).is_pending(), "{kind}");
        gates[0].open();
        assert_eq!(first.count(), 1, "{kind}");
        assert!(poll(&mut group, &second).is_pending(), "{kind}");
        // The gate of the item that has ended keeps its waker.
        drop(gates[0].take_waker());
        assert_eq!(Arc::strong_count(&first), 1, "{kind}");
        for gate in &gates[1..] {
            gate.open();
        }
        assert!(second.count() > 0, "{kind}");
        assert_eq!(poll(&mut group, &second), Poll::Ready(3), "{kind}");
    }
}

/// All of it is polled with the waker of the task that polls, however long it is.
#[test]
fn a_long_list_that_is_all_polled_keeps_no_waker_of_an_earlier_task() {
    for len in [20, 100] {
        let gates: Vec<_> = (0..len).map(|_| Gate::new()).collect();
        let (first, second) = (CountingWaker::new(), CountingWaker::new());
        let mut group = Box::pin(async { gather!(*gates.iter().map(|gate| gate.member(1)); poll_all).await.len() });
        assert!(poll(&mut group, &first).is_pending(), "{len}");
        assert!(poll(&mut group, &second).is_pending(), "{len}");
        assert_eq!(Arc::strong_count(&first), 1, "{len}");
        gates.iter().for_each(Gate::open);
        assert!(second.count() > 0, "{len}");
        assert_eq!(poll(&mut group, &second), Poll::Ready(len), "{len}");
    }
}

/// Nor does what gives results that wait keep any, once nothing runs.
#[test]
fn results_that_wait_keep_no_task() {
    for len in [3, 20] {
        let task = CountingWaker::new();
        let gates: Vec<_> = (0..len).map(|_| Gate::new()).collect();
        let mut results = gather!(*gates.iter().map(|gate| gate.member(1)); as_completed);
        let mut next = Box::pin(async { results.next().await });
        assert!(poll(&mut next, &task).is_pending());
        gates.iter().for_each(Gate::open);
        assert_eq!(poll(&mut next, &task), Poll::Ready(Some((0, 1))));
        drop(next);
        for gate in &gates {
            drop(gate.take_waker());
        }
        assert_eq!(Arc::strong_count(&task), 1, "{len}");
        drop(results);
    }
}

#[test]
fn more_items_than_the_iterator_said_in_another_task() {
    let gates: Vec<_> = (0..20).map(|_| Gate::new()).collect();
    let (first, second) = (CountingWaker::new(), CountingWaker::new());
    let items = gates.iter().map(|gate| gate.member(1));
    let mut group = Box::pin(async { gather!(*Endless(items); limit = 20).await.len() });
    assert!(poll(&mut group, &first).is_pending());
    gates[0].open();
    assert!(poll(&mut group, &second).is_pending());
    let woken = first.count();
    gates[1..].iter().for_each(Gate::open);
    assert!(second.count() > 0, "the task that polled last is woken");
    assert_eq!(first.count(), woken);
    assert_eq!(poll(&mut group, &second), Poll::Ready(20));
}
