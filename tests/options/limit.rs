//! `limit = n`: at most `n` members in progress, and which ones.

use std::cell::Cell;
use std::task::Poll;

use futures::executor::block_on;
use gather::gather;

use crate::support::{CountingWaker, Gate, Live, Trace, poll, value};

/// How many are in progress, and how many were at once.
#[derive(Default)]
struct Progress {
    now: Cell<usize>,
    most: Cell<usize>,
}

impl Progress {
    /// In progress for `turns` polls after its first.
    async fn member<T>(&self, turns: usize, value: T) -> T {
        self.now.set(self.now.get() + 1);
        self.most.set(self.most.get().max(self.now.get()));
        Trace::new().member("", turns, ()).await;
        self.now.set(self.now.get() - 1);
        value
    }
}

#[test]
fn at_most_n_members_are_in_progress() {
    let progress = Progress::default();
    let p = &progress;
    let r = block_on(gather! {
        a => p.member(3, "a"),
        b => p.member(1, "b"),
        c => p.member(2, "c"),
        d => p.member(0, "d"),
        e => p.member(1, "e");
        limit = 2
    });
    assert_eq!([r.a, r.b, r.c, r.d, r.e], ["a", "b", "c", "d", "e"]);
    assert_eq!((progress.most.get(), progress.now.get()), (2, 0));
}

#[test]
fn the_items_of_lists_count() {
    let progress = Progress::default();
    let p = &progress;
    let (a, list, b, more) = block_on(gather!(
        p.member(4, 'a'),
        *(0..10).map(|i| p.member(i % 3, i)),
        p.member(1, 'b'),
        *[p.member(2, 10), p.member(0, 11)];
        limit = 3
    ));
    assert_eq!((a, b), ('a', 'b'));
    assert!(list.into_iter().eq(0..10));
    assert_eq!(more, [10, 11]);
    assert_eq!(progress.most.get(), 3);
}

#[test]
fn a_list_alone_keeps_its_order() {
    let progress = Progress::default();
    let p = &progress;
    let list = block_on(gather!(*(0..20).map(|i| p.member(20 - i, i)); limit = 4));
    assert!(list.into_iter().eq(0..20));
    assert_eq!(progress.most.get(), 4);
}

#[test]
fn a_limit_that_is_not_reached_changes_nothing() {
    let trace = Trace::new();
    let out = block_on(gather!(trace.member("a", 1, 1), trace.member("b", 1, 2); limit = 100));
    assert_eq!(out, (1, 2));
    assert_eq!(trace.take(), "a b a -a b -b");
}

#[test]
fn members_start_in_order() {
    let trace = Trace::new();
    block_on(gather!(
        trace.member("a", 1, ()),
        *[trace.member("b", 1, ()), trace.member("c", 1, ())],
        trace.member("d", 1, ());
        limit = 1
    ));
    assert_eq!(trace.take(), "a a -a b b -b c c -c d d -d");
}

#[test]
fn a_place_freed_in_a_sweep_is_used_at_the_end_of_that_sweep() {
    let trace = Trace::new();
    let waker = CountingWaker::new();
    let gates = [(); 4].map(|()| Gate::new());
    let mut group = Box::pin(gather!(
        async {
            gates[0].member(()).await;
            trace.push("a");
        },
        async {
            gates[1].member(()).await;
            trace.push("b");
        },
        async {
            trace.push("c");
            gates[2].member(()).await;
        },
        async {
            trace.push("d");
            gates[3].member(()).await;
        };
        limit = 2
    ));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "");
    gates[1].open();
    gates[0].open();
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "a b c d", "both end before the next two start");
    gates[2].open();
    gates[3].open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready(((), (), (), ())));
}

#[test]
fn a_member_that_ends_at_its_first_poll_frees_its_place_in_the_same_sweep() {
    let trace = Trace::new();
    let waker = CountingWaker::new();
    let last = Gate::new();
    let mut group = Box::pin(gather!(
        trace.member("a", 0, ()),
        trace.member("b", 0, ()),
        trace.member("c", 0, ()),
        last.member(());
        limit = 1
    ));
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "a -a b -b c -c");
    assert_eq!(last.polls(), 1);
}

#[test]
fn a_member_that_has_no_place_is_not_polled() {
    let waker = CountingWaker::new();
    let (first, second) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather!(first.member(1), second.member(2); limit = 1));
    for _ in 0..3 {
        first.wake();
        assert!(poll(&mut group, &waker).is_pending());
    }
    assert_eq!((first.polls(), second.polls()), (3, 0));
    second.open();
    first.open();
    assert_eq!(poll(&mut group, &waker), Poll::Ready((1, 2)));
    assert_eq!((first.polls(), second.polls()), (4, 1));
}

#[test]
fn a_finished_member_is_dropped_before_the_next_starts() {
    let trace = Trace::new();
    block_on(gather!(trace.member("a", 0, ()), trace.member("b", 0, ()); limit = 1));
    assert_eq!(trace.take(), "a -a b -b");
}

#[test]
fn nested_groups_have_their_own_limit() {
    let progress = Progress::default();
    let p = &progress;
    let (a, b) = block_on(gather!(
        gather!(*(0..4).map(|i| p.member(2, i)); limit = 2),
        gather!(*(4..8).map(|i| p.member(2, i)); limit = 1),
    ));
    assert_eq!((a, b), (vec![0, 1, 2, 3], vec![4, 5, 6, 7]));
    assert_eq!(progress.most.get(), 3);
}

#[test]
fn it_may_be_any_expression_of_usize() {
    let n: usize = "2".parse().unwrap();
    let out = block_on(gather!(value(1), value(2), value(3); limit = n + 1));
    assert_eq!(out, (1, 2, 3));
    let out = block_on(gather!(value(1), value(2); limit = if n > 1 { 1 } else { n }));
    assert_eq!(out, (1, 2));
    assert_eq!(block_on(gather!(value(1); limit = usize::MAX)), (1,));
}

#[test]
#[should_panic(expected = "`limit = 0` lets no member start")]
fn a_limit_of_zero_is_refused_where_the_group_is_made() {
    let n = usize::from(std::env::args().count() == 0);
    let _group = gather!(value(1); limit = n);
}

#[test]
#[should_panic(expected = "`limit = 0` lets no member start")]
fn a_dependant_is_a_single_member_too() {
    let n = usize::from(std::env::args().count() == 0);
    let _group = gather! { list => *[value(1)], _ => |list| value(list.len()); limit = n };
}

#[test]
fn lists_without_items_need_no_place() {
    let n = usize::from(std::env::args().count() == 0);
    let list = Vec::<std::future::Ready<u8>>::new;
    assert!(block_on(gather!(*list(); limit = list().len())).is_empty());
    let (a, b) = block_on(gather!(*list(), *list(); limit = n));
    assert!(a.is_empty() && b.is_empty());
    let r = block_on(gather! { a => *list(), b => *|a| { assert!(a.is_empty()); list() }; limit = n });
    assert!(r.a.is_empty() && r.b.is_empty());
}

#[test]
fn a_list_with_items_panics_at_the_poll_that_pulls_one() {
    let n = usize::from(std::env::args().count() == 0);
    let (live, waker) = (Live::new(), CountingWaker::new());
    let items = [live.token(), live.token()].map(|token| async move { drop(token) });
    let empty = Vec::<std::future::Ready<u8>>::new();
    let mut group = Box::pin(gather!(*empty, *items; limit = n));
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| poll(&mut group, &waker)));
    let message = *panic.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(message, "`limit = 0` lets no member start: give `gather!` a limit of at least 1");
    assert_eq!(live.now(), 0, "none has started, and all are dropped");
}
