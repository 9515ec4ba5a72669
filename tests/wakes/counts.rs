//! How often a member is polled.

use std::task::Poll;

use gather::gather;

use crate::exact_kinds;
use crate::support::{CountingWaker, Gate, Trace, poll};

#[test]
fn a_member_is_polled_once_more_than_it_is_woken() {
    for (gates, mut group) in exact_kinds() {
        let waker = CountingWaker::new();
        assert!(poll(&mut group, &waker).is_pending());
        for (i, gate) in gates.iter().enumerate() {
            for _ in 0..i % 4 {
                gate.wake();
                assert!(poll(&mut group, &waker).is_pending());
            }
        }
        for (i, gate) in gates.iter().enumerate() {
            assert_eq!(gate.polls(), i % 4 + 1);
        }
    }
}

#[test]
fn several_wakes_before_a_poll_are_one() {
    for (gates, mut group) in exact_kinds() {
        let waker = CountingWaker::new();
        assert!(poll(&mut group, &waker).is_pending());
        for _ in 0..5 {
            gates[3].wake();
        }
        assert!(poll(&mut group, &waker).is_pending());
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(gates[3].polls(), 2);
        assert_eq!(gates[4].polls(), 1);
    }
}

#[test]
fn a_poll_without_a_wake_polls_nobody() {
    for (gates, mut group) in exact_kinds() {
        let waker = CountingWaker::new();
        for _ in 0..3 {
            assert!(poll(&mut group, &waker).is_pending());
        }
        assert!(gates.iter().all(|gate| gate.polls() == 1));
    }
}

#[test]
fn a_hundred_thousand_items_are_woken_one_at_a_time() {
    const COUNT: usize = 100_000;
    let waker = CountingWaker::new();
    let gates: Vec<Gate> = (0..COUNT).map(|_| Gate::new()).collect();
    let mut group = Box::pin(gather!(*gates.iter().map(|gate| gate.member(1_usize))));
    assert!(poll(&mut group, &waker).is_pending());
    for step in 0..COUNT - 1 {
        // 7919 is prime: each item once, in a scattered order.
        let gate = &gates[(step * 7919) % COUNT];
        gate.open();
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(gate.drops(), 1);
    }
    gates[((COUNT - 1) * 7919) % COUNT].open();
    let Poll::Ready(all) = poll(&mut group, &waker) else {
        panic!("not ended");
    };
    assert_eq!(all.into_iter().sum::<usize>(), COUNT);
    assert_eq!(gates.iter().map(Gate::polls).max(), Some(2));
    assert_eq!(gates.iter().map(Gate::polls).min(), Some(2));
}

#[test]
fn a_hundred_thousand_items_beside_another_member() {
    const COUNT: usize = 100_000;
    let (waker, other) = (CountingWaker::new(), Gate::new());
    let gates: Vec<Gate> = (0..COUNT).map(|_| Gate::new()).collect();
    let mut group = Box::pin(gather!(other.member(7), *gates.iter().map(|gate| gate.member(()))));
    assert!(poll(&mut group, &waker).is_pending());
    for gate in &gates {
        gate.open();
        assert!(poll(&mut group, &waker).is_pending());
    }
    assert!(gates.iter().all(|gate| gate.polls() == 2));
    other.open();
    assert!(poll(&mut group, &waker).is_ready());
}

#[test]
fn a_wake_during_the_members_own_poll_counts() {
    let waker = CountingWaker::new();
    let trace = Trace::new();
    let gates = crate::gates::<50>();
    let mut group = Box::pin(gather!(
        *gates.iter().map(|gate| gate.member(())),
        trace.member("self", 3, 1),
        *[trace.member("item", 2, 2)],
    ));
    for turn in 1..=5 {
        assert!(poll(&mut group, &waker).is_pending());
        assert!(waker.count() >= turn.min(3), "it asks to be polled again");
    }
    assert_eq!(trace.take(), "self item self item self item -item self -self");
    assert!(gates.iter().all(|gate| gate.polls() == 1));
}

#[test]
fn a_waker_of_a_finished_member_does_no_harm() {
    for (gates, mut group) in exact_kinds() {
        let awaiter = CountingWaker::new();
        assert!(poll(&mut group, &awaiter).is_pending());
        let kept = gates[2].take_waker().unwrap();
        gates[2].open();
        kept.wake_by_ref();
        assert!(poll(&mut group, &awaiter).is_pending());
        assert_eq!(gates[2].drops(), 1);
        kept.wake();
        assert!(poll(&mut group, &awaiter).is_pending());
        assert_eq!(gates[2].polls(), 2);
        assert!(gates.iter().enumerate().all(|(i, gate)| i == 2 || gate.polls() == 1));
    }
}
