//! A list under `limit` is pulled as its items start.

use std::cell::Cell;
use std::task::Poll;

use futures::executor::block_on;
use gather::gather;

use crate::support::{CountingWaker, Gate, Live, Trace, Wrong, poll, value};

#[test]
fn items_are_pulled_as_they_start() {
    let waker = CountingWaker::new();
    let pulled = Cell::new(0);
    let gates = [(); 5].map(|()| Gate::new());
    let items = gates.iter().enumerate().map(|(i, gate)| {
        pulled.set(pulled.get() + 1);
        gate.member(i)
    });
    let mut group = Box::pin(gather!(*items; limit = 2));
    assert_eq!(pulled.get(), 0);
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(pulled.get(), 2);
    gates[1].open();
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(pulled.get(), 3);
    // Ready items pass through one sweep.
    gates[3].open();
    gates[4].open();
    gates[2].open();
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(pulled.get(), 5);
    gates[0].open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready(vec![0, 1, 2, 3, 4]));
}

#[test]
fn without_a_limit_the_iterator_runs_where_it_stands() {
    let pulled = Cell::new(0);
    let group = gather!(*(0..5).map(|i| {
        pulled.set(pulled.get() + 1);
        value(i)
    }));
    assert_eq!(pulled.get(), 5);
    assert_eq!(block_on(group).len(), 5);
}

#[test]
fn the_list_expression_itself_is_evaluated_where_it_stands() {
    let trace = Trace::new();
    let group = gather!(
        *trace.seen("list", (0..3).map(value).collect::<Vec<_>>()),
        trace.seen("single", value(1));
        limit = 1
    );
    assert_eq!(trace.take(), "list single");
    assert_eq!(block_on(group), (vec![0, 1, 2], 1));
}

#[test]
fn as_many_futures_live_at_once_as_the_limit_allows() {
    let live = Live::new();
    let (mut polls, waker) = (0, CountingWaker::new());
    let items = (0..100_000_u32).map(|i| {
        let token = live.token();
        async move {
            if i % 1000 == 0 {
                Trace::new().member("", 1, ()).await;
            }
            drop(token);
            i
        }
    });
    let mut group = Box::pin(gather!(*items; limit = 3));
    let list = loop {
        polls += 1;
        if let Poll::Ready(list) = poll(&mut group, &waker) {
            break list;
        }
    };
    assert!(list.into_iter().eq(0..100_000));
    assert_eq!((live.most(), live.made(), live.now()), (3, 100_000, 0));
    assert!(polls <= 101, "{polls}");
}

#[test]
fn an_endless_list_ends_with_the_first_error() {
    let out = block_on(gather!(
        *(0..).map(|i: u32| async move { if i < 1000 { Ok(i) } else { Err(Wrong(7)) } })?;
        limit = 4
    ));
    assert_eq!(out, Err(Wrong(7)));
}

#[test]
fn an_iterator_is_not_asked_again_after_its_end() {
    let asked = Cell::new(0);
    let mut left = 3;
    let items = std::iter::from_fn(|| {
        asked.set(asked.get() + 1);
        if left == 0 {
            assert_eq!(asked.get(), 4, "asked again");
            return None;
        }
        left -= 1;
        Some(Trace::new().member("", 2, left))
    });
    assert_eq!(block_on(gather!(*items; limit = 10)), [2, 1, 0]);
    assert_eq!(asked.get(), 4);
}

#[test]
fn an_empty_list_holds_no_place() {
    let out = block_on(gather!(*Vec::<std::future::Ready<u8>>::new(), value(1); limit = 1));
    assert_eq!(out, (vec![], 1));
    let out = block_on(gather!(*Vec::<std::future::Ready<u8>>::new(); limit = 1));
    assert_eq!(out, [0; 0]);
}

#[test]
fn places_that_a_list_does_not_use_go_to_the_members_behind_it() {
    let waker = CountingWaker::new();
    let (gate, last) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather!(*[gate.member(0)], last.member(1); limit = 2));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((gate.polls(), last.polls()), (1, 1));
    last.open();
    gate.open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready((vec![0], 1)));
}
