//! The iterator of a list panics, or is dropped early.

use std::panic::{AssertUnwindSafe, catch_unwind};

use gather::gather;

use crate::support::{CountingWaker, poll};
use crate::{Bench, End, Holder};

/// Members 1, 2 and 3 of the bench, then a panic.
fn failing_iterator(bench: &Bench) -> impl Iterator<Item = Holder> {
    let token = bench.live.token();
    // Beside the members' tokens there is the iterator's own.
    (1..9).map(move |i| {
        let _token = &token;
        assert!(i < 4, "no more");
        bench.member(i, End::Well)
    })
}

fn is_no_more(act: impl FnOnce()) {
    let payload = catch_unwind(AssertUnwindSafe(act)).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"no more"));
}

#[test]
fn a_panic_where_it_stands() {
    let bench = Bench::new();
    is_no_more(|| {
        drop(gather!(bench.member(0, End::Well), *failing_iterator(&bench), bench.member(9, End::Well),));
    });
    assert_eq!(bench.live.now(), 0);
    assert_eq!((bench.dropped(), bench.live.made()), (4, 5), "the last one was never made");
    assert!(bench.gates.iter().all(|gate| gate.polls() == 0));
}

#[test]
fn a_panic_in_a_limited_groups_first_poll() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        bench.member(0, End::Well),
        *failing_iterator(&bench),
        bench.member(9, End::Well);
        limit = 10
    ));
    is_no_more(|| assert!(poll(&mut group, &waker).is_pending()));
    assert_eq!(bench.live.now(), 0, "gone before the panic goes on");
    assert_eq!((bench.dropped(), bench.live.made()), (5, 6));
    drop(group);
    assert_eq!((bench.live.now(), bench.dropped()), (0, 5));
}

#[test]
fn a_panic_in_a_limited_groups_later_poll() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(
        *failing_iterator(&bench),
        bench.member(9, End::Well);
        limit = 2
    ));
    assert!(poll(&mut group, &waker).is_pending());
    bench.gates[2].open();
    assert!(poll(&mut group, &waker).is_pending());
    bench.gates[1].open();
    is_no_more(|| assert!(poll(&mut group, &waker).is_pending()));
    assert_eq!(bench.live.now(), 0, "gone before the panic goes on");
    assert_eq!((bench.dropped(), bench.live.made()), (4, 5));
}

#[test]
fn a_limited_list_that_is_dropped_drops_its_iterator() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather!(*failing_iterator(&bench); limit = 2));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((bench.live.now(), bench.live.made()), (3, 3));
    drop(group);
    assert_eq!((bench.live.now(), bench.dropped()), (0, 2));
}

#[test]
fn items_that_were_never_pulled_are_dropped() {
    let bench = Bench::new();
    let waker = CountingWaker::new();
    let members: Vec<Holder> = (0..Bench::SIZE).map(|i| bench.member(i, End::Well)).collect();
    let mut group = Box::pin(gather!(*members; limit = 2));
    assert!(poll(&mut group, &waker).is_pending());
    drop(group);
    bench.assert_all_gone();
}
