//! When dependants are polled: what becomes startable in a sweep first at its end, unless the sweep has failed.

use std::future::ready;
use std::task::Poll;

use gather::gather;

use crate::support::{CountingWaker, Gate, Trace, Wrong, poll};

/// A member that notes when its gate has let it through.
async fn note<T>(trace: &Trace, word: &str, gate: &Gate, value: T) -> T {
    gate.member(()).await;
    trace.push(word);
    value
}

#[test]
fn dependants_start_at_the_end_of_the_sweep() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let (a, z) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather! {
        b => |a| trace.seen("b!", ready(a + 1)),
        a => note(&trace, "a", &a, 1),
        c => |a| trace.seen("c!", ready(a + 2)),
        z => note(&trace, "z", &z, 0),
        d => |b| trace.seen("d!", ready(b + 2)),
    });
    assert!(poll(&mut group, &waker).is_pending());
    a.open();
    z.open();
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody is left") };
    assert_eq!((r.a, r.b, r.c, r.d, r.z), (1, 2, 3, 4, 0));
    assert_eq!(trace.take(), "a z b! c! d!");
}

#[test]
fn dependants_start_in_member_order_whoever_they_wait_for() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let gates = [(); 3].map(|()| Gate::new());
    let mut group = Box::pin(gather! {
        x => |c| trace.seen("x!", ready(*c)),
        y => |a| trace.seen("y!", ready(*a)),
        z => *|b| trace.seen("z!", [ready(*b)]),
        a => gates[0].member(1),
        b => gates[1].member(2),
        c => gates[2].member(3),
    });
    assert!(poll(&mut group, &waker).is_pending());
    gates.iter().for_each(Gate::open);
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody is left") };
    assert_eq!((r.a, r.b, r.c, r.x, r.y, r.z), (1, 2, 3, 3, 1, vec![2]));
    assert_eq!(trace.take(), "x! y! z!");
}

#[test]
fn a_chain_of_ready_members_takes_one_poll() {
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather! {
        d => |c| ready(c + 1),
        c => |b| ready(b + 1),
        b => |a| ready(a + 1),
        a => ready(1),
    });
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody waits for anything") };
    assert_eq!((r.a, r.b, r.c, r.d, waker.count()), (1, 2, 3, 4, 0));
}

#[test]
fn nobody_starts_in_a_sweep_that_fails() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let (a, z) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather! {
        a => note(&trace, "a", &a, 1),
        b => |a| trace.seen("b!", ready(a + 1)),
        list => *|a| trace.seen("list!", [ready(a + 1)]),
        z => note(&trace, "z", &z, Err::<u8, _>(Wrong(1)))?,
    });
    assert!(poll(&mut group, &waker).is_pending());
    a.open();
    z.open();
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("it has failed") };
    assert_eq!(r.map(|r| (r.a, r.b, r.list, r.z)).unwrap_err(), Wrong(1));
    assert_eq!(trace.take(), "a z");
}

#[test]
fn nor_behind_a_dependant_that_fails_at_its_start() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let mut group = Box::pin(gather! {
        a => ready(1),
        b => |a| trace.seen("b!", ready(Err::<u8, _>(Wrong(*a))))?,
        c => |a| trace.seen("c!", ready(*a)),
        d => |a| trace.seen("d!", ready(Err::<u8, _>(Wrong(2 * a))))?,
    });
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("it has failed") };
    assert_eq!(r.map(|r| (r.a, r.b, r.c, r.d)).unwrap_err(), Wrong(1));
    assert_eq!(trace.take(), "b!");
}

#[test]
fn of_two_errors_in_one_sweep_the_lowest_members_is_the_groups() {
    let waker = CountingWaker::new();
    let (a, z) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather! {
        low => |a| z.member(Err::<u8, _>(Wrong(*a)))?,
        a => a.member(1),
        high => z.member(Err::<u8, _>(Wrong(2)))?,
    });
    a.open();
    assert!(poll(&mut group, &waker).is_pending());
    z.open();
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("it has failed") };
    assert_eq!(r.map(|r| (r.a, r.low, r.high)).unwrap_err(), Wrong(1));
}

#[test]
fn who_waits_is_not_polled_and_who_runs_is_polled_once_a_sweep() {
    let (trace, waker) = (Trace::new(), CountingWaker::new());
    let (a, b) = (Gate::new(), Gate::new());
    let mut group = Box::pin(gather! {
        b => |a| trace.seen("b!", b.member(*a)),
        a => a.member(1),
        c => |b| trace.seen("c!", ready(*b)),
    });
    for _ in 0..3 {
        a.wake();
        assert!(poll(&mut group, &waker).is_pending());
    }
    assert_eq!((a.polls(), b.polls(), trace.take().as_str()), (3, 0, ""));
    a.open();
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((a.polls(), b.polls(), trace.take().as_str()), (4, 1, "b!"));
    b.wake();
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!((a.polls(), b.polls(), trace.take().as_str()), (4, 2, ""));
    b.open();
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody is left") };
    assert_eq!((r.a, r.b, r.c, trace.take().as_str()), (1, 1, 1, "c!"));
    assert_eq!((a.drops(), b.drops()), (1, 1));
}

#[test]
fn a_dependant_wakes_the_group_through_its_own_waker() {
    let waker = CountingWaker::new();
    // More than eight, of which all would be polled.
    let gates = [(); 9].map(|()| Gate::new());
    let mut group = Box::pin(gather! {
        list => *|a| gates.iter().map(|gate| gate.member(*a)),
        a => ready(1),
        b => |list| gates[0].member(list.len()),
    });
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(waker.count(), 0);
    gates[1].open();
    assert_eq!(waker.count(), 1);
    assert!(poll(&mut group, &waker).is_pending());
    assert_eq!(gates.each_ref().map(Gate::polls), [1, 2, 1, 1, 1, 1, 1, 1, 1], "only the woken item");
    gates.iter().for_each(Gate::open);
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("nobody is left") };
    assert_eq!((r.a, r.list, r.b), (1, vec![1; 9], 9));
}

#[test]
#[should_panic(expected = "after completion")]
fn a_group_that_has_ended_must_not_be_polled() {
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather! { a => ready(1), b => |a| ready(a + 1) });
    let Poll::Ready(r) = poll(&mut group, &waker) else { panic!("it is ready") };
    assert_eq!((r.a, r.b), (1, 2));
    let _ = poll(&mut group, &waker).is_pending();
}
