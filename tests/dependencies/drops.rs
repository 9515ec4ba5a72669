//! Every member, started or waiting, is dropped once, and with it what it captured.

use std::future::{pending, ready};
use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::executor::block_on;
use gather::gather;

use crate::support::{CountingWaker, Gate, Live, Trace, Wrong, poll};

#[test]
fn a_group_that_was_never_polled() {
    let trace = Trace::new();
    let [a, b, c, d] = ["a", "b", "c", "d"].map(|name| trace.member(name, 0, 1));
    let group = gather! {
        b => async move |a| { b.await + a },
        a => a,
        c => async move |b| { c.await + b },
        d => d,
    };
    drop(async {
        let r = group.await;
        r.a + r.b + r.c + r.d
    });
    let mut dropped: Vec<_> = trace.take().split(' ').map(str::to_owned).collect();
    dropped.sort();
    assert_eq!(dropped, ["-a", "-b", "-c", "-d"]);
}

#[test]
fn while_members_wait_in_member_order() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let gate = Gate::new();
    let [b, c, d, e] = ["b", "c", "d", "e"].map(|name| trace.member(name, 0, 1));
    let mut group = Box::pin(gather! {
        b => async move |a| { b.await + a },
        a => gate.member(1),
        c => async move |b| { c.await + b },
        list => *move |c| { let _d = &d; [ready(*c)] },
        e => e,
    });
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "e -e");
    drop(group);
    assert_eq!(trace.take(), "-b -c -d");
    assert_eq!(gate.drops(), 1);
}

#[test]
fn after_an_error_before_anybody_sees_it() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let live = Live::new();
    let gate = Gate::new();
    let [b, c] = ["b", "c"].map(|name| trace.member(name, 0, 1));
    let token = live.token();
    let mut group = Box::pin(gather! {
        done => ready(token),
        seen => |done| { let _done = done; pending::<()>() },
        b => async move |never| { b.await + never },
        never => pending::<i32>(),
        c => async move |b| { c.await + b },
        fails => gate.member(Err::<u8, _>(Wrong(1)))?,
    });
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((trace.take().as_str(), live.now()), ("", 1));
    gate.open();
    let poll = poll(&mut group, &waker).map(|r| {
        // The group future still exists; its members and values do not.
        let gone = (trace.take(), live.now());
        (r.map(|r| (r.done, r.seen, r.b, r.never, r.c, r.fails)).err(), gone)
    });
    assert_eq!(poll, std::task::Poll::Ready((Some(Wrong(1)), ("-b -c".to_owned(), 0))));
    drop(group);
    assert_eq!((trace.take().as_str(), live.now(), live.made()), ("", 0, 1));
}

#[test]
fn after_a_panic_before_it_goes_on() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let live = Live::new();
    let gate = Gate::new();
    let (b, token) = (trace.member("b", 0, 1), live.token());
    let mut group = Box::pin(gather! {
        done => ready(token),
        seen => |done| { let _done = done; pending::<()>() },
        b => async move |never| { b.await + never },
        never => pending::<i32>(),
        panics => async |done| { let _done = done; gate.member(()).await; panic!("kaput") },
    });
    assert!(poll(&mut group, &waker).is_pending());
    gate.open();
    let payload = catch_unwind(AssertUnwindSafe(|| poll(&mut group, &waker).is_pending())).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"kaput"));
    assert_eq!((trace.take().as_str(), live.now()), ("-b", 0));
    drop(group);
    assert_eq!((trace.take().as_str(), live.now()), ("", 0));
    drop(async {
        let r = gather! { a => ready(1), b => |a| ready(*a) }.await;
        r.a + r.b
    });
}

#[test]
fn a_finished_member_is_dropped_before_its_dependants_start() {
    let trace = Trace::new();
    let r = block_on(gather! {
        a => trace.member("a", 1, 1),
        b => |a| trace.member("b", 1, a + 1),
        c => |b| trace.member("c", 0, b + 1),
    });
    assert_eq!((r.a, r.b, r.c), (1, 2, 3));
    assert_eq!(trace.take(), "a a -a b b -b c -c");
}

#[test]
fn a_skipped_dependant_is_dropped_at_once() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let (slow, b) = (Gate::new(), trace.member("b", 0, 1));
    let captured = trace.member("list", 0, 1);
    let mut group = Box::pin(gather! {
        a => ready(Err::<i32, _>(Wrong(1))),
        b => async move |a| { b.await + a },
        list => *move |a| { let _captured = &captured; [ready(*a)] },
        slow => slow.member(1);
        return_exceptions
    });
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(trace.take(), "-b -list");
    slow.open();
    let std::task::Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody is left") };
    assert!(r.a.is_err() && r.b.is_err() && r.list[0].is_err() && r.slow.is_ok());
    assert_eq!(trace.take(), "");
}

#[test]
fn values_outlive_the_dependants_that_see_them() {
    struct Checked<'a>(&'a Trace);
    impl Drop for Checked<'_> {
        fn drop(&mut self) {
            self.0.push("value");
        }
    }
    struct Looks<'a>(&'a Checked<'a>);
    impl Drop for Looks<'_> {
        fn drop(&mut self) {
            self.0.0.push("dependant");
        }
    }
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let mut group = Box::pin(gather! {
        value => ready(Checked(&trace)),
        looks => async |value| { let _looks = Looks(value); pending::<()>().await },
    });
    assert!(poll(&mut group, &waker).map(|r| (r.value.0.take(), r.looks)).is_pending());
    drop(group);
    assert_eq!(trace.take(), "dependant value");
}

#[test]
fn what_others_saw_is_dropped_once_with_the_result() {
    let live = Live::new();
    let r = block_on(gather! {
        a => ready(live.token()),
        list => *[ready(live.token()), ready(live.token())],
        b => |a, list| { let _both = (a, list); ready(live.token()) },
        _ => |b| { let _b = b; ready(live.token()) },
    });
    assert_eq!((live.made(), live.now()), (5, 4));
    drop((r.a, r.b));
    assert_eq!((r.list.len(), live.now()), (2, 2));
    drop(r.list);
    assert_eq!(live.now(), 0);
}
