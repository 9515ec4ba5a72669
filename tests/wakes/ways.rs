//! The ways that a wake may take.

use std::sync::Arc;
use std::thread;

use futures::executor::block_on;
use gather::gather;

use crate::all_kinds;
use crate::support::{CountingWaker, Gate, Inline, poll};

#[test]
fn members_are_woken_from_other_threads() {
    for (gates, group) in all_kinds() {
        let count = gates.len();
        let opener = thread::spawn(move || {
            for gate in gates.iter().rev() {
                while gate.polls() == 0 {
                    thread::yield_now();
                }
                gate.open();
            }
        });
        assert_eq!(block_on(group), count);
        opener.join().unwrap();
    }
}

#[test]
fn no_wake_is_lost_among_several_threads() {
    // Miri takes its time.
    for _ in 0..if cfg!(miri) { 2 } else { 50 } {
        for (gates, group) in all_kinds() {
            let count = gates.len();
            let gates = Arc::new(gates);
            let openers = [0, 1, 2].map(|first| {
                let gates = Arc::clone(&gates);
                thread::spawn(move || {
                    for gate in gates.iter().skip(first).step_by(3) {
                        gate.wake();
                        gate.open();
                    }
                })
            });
            assert_eq!(block_on(group), count);
            for opener in openers {
                opener.join().unwrap();
            }
        }
    }
}

#[test]
fn a_wake_reaches_the_awaiter_once_polled() {
    for (gates, mut group) in all_kinds() {
        let waker = CountingWaker::new();
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(waker.count(), 0);
        gates[1].wake();
        assert!(waker.count() >= 1);
        assert!(poll(&mut group, &waker).is_pending());
        let woken = waker.count();
        gates[0].wake();
        assert!(waker.count() > woken);
    }
}

#[test]
fn an_executor_may_poll_inside_wake() {
    for (gates, group) in all_kinds() {
        let count = gates.len();
        let executor = Inline::start(async move { assert_eq!(group.await, count) });
        for gate in gates.iter().rev() {
            assert!(!executor.is_done());
            gate.wake();
            gate.open();
            assert_eq!(gate.drops(), 1);
        }
        assert!(executor.is_done());
    }
}

#[test]
fn wakes_pass_through_nested_groups() {
    let waker = CountingWaker::new();
    let (deep, list, flat) = (Gate::new(), crate::gates::<40>(), Gate::new());
    let mut group = Box::pin(gather!(
        gather!(gather!(deep.member(1), *list.iter().map(|gate| gate.member(1))), flat.member(2)),
        async { 3 },
    ));
    assert!(poll(&mut group, &waker).is_pending());
    for gate in [&deep, &list[39], &flat] {
        let woken = waker.count();
        gate.open();
        assert!(waker.count() > woken);
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(gate.drops(), 1);
    }
}
