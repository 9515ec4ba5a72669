//! Wakers that are replaced, and wakers that are left.

use std::sync::Arc;
use std::thread;

use crate::support::{CountingWaker, Gate, poll};
use crate::{all_kinds, exact_kinds};

#[test]
fn the_latest_waker_is_the_one_that_is_woken() {
    for (gates, mut group) in all_kinds() {
        let (old, new) = (CountingWaker::new(), CountingWaker::new());
        assert!(poll(&mut group, &old).is_pending());
        assert!(poll(&mut group, &new).is_pending());
        // Members 0 and 1 still hold wakers of the first poll.
        gates[1].open();
        assert!(new.count() >= 1);
        assert!(poll(&mut group, &old).is_pending());
        let woken = old.count();
        gates[0].wake();
        assert!(old.count() > woken);
    }
}

#[test]
fn a_wake_between_two_wakers_is_not_lost() {
    for (gates, mut group) in all_kinds() {
        let (old, new) = (CountingWaker::new(), CountingWaker::new());
        assert!(poll(&mut group, &old).is_pending());
        gates[1].open();
        assert!(old.count() >= 1);
        assert!(poll(&mut group, &new).is_pending());
        assert_eq!((gates[1].polls(), gates[1].drops()), (2, 1));
    }
}

#[test]
fn wakers_may_outlive_their_group() {
    for (gates, mut group) in all_kinds() {
        let awaiter = CountingWaker::new();
        assert!(poll(&mut group, &awaiter).is_pending());
        let wakers: Vec<_> = gates.iter().filter_map(Gate::take_waker).collect();
        assert_eq!(wakers.len(), gates.len());
        drop(group);
        let others = wakers.clone();
        thread::spawn(move || others.iter().for_each(std::task::Waker::wake_by_ref)).join().unwrap();
        for waker in wakers {
            assert!(waker.will_wake(&waker.clone()));
            waker.wake();
        }
        assert_eq!(Arc::strong_count(&awaiter), 1, "nothing keeps the awaiter's waker");
    }
}

#[test]
fn a_waker_that_is_left_does_not_keep_the_awaiters_task() {
    for (gates, mut group) in exact_kinds() {
        let awaiter = CountingWaker::new();
        assert!(poll(&mut group, &awaiter).is_pending());
        let kept: Vec<_> = gates.iter().filter_map(Gate::take_waker).collect();
        drop(group);
        assert_eq!(Arc::strong_count(&awaiter), 1);
        drop(kept);
    }
}
