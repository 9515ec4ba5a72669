//! A member panics: the others are dropped, then the panic goes on.

use std::panic::{AssertUnwindSafe, catch_unwind};

use futures::executor::block_on;

use crate::support::{CountingWaker, Gate, poll};
use crate::{Bench, End, Group, KINDS};

fn poll_panics(group: &mut Group<'_>) {
    let waker = CountingWaker::new();
    let payload = catch_unwind(AssertUnwindSafe(|| poll(group, &waker).is_pending())).unwrap_err();
    assert_eq!(payload.downcast_ref(), Some(&"kaput"));
}

#[test]
fn siblings_are_gone_before_the_panic_goes_on() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        let mut group = make(&bench, |i| if i == 2 { End::WithPanic } else { End::Well });
        bench.gates[0].open();
        assert!(poll(&mut group, &waker).is_pending(), "{kind}");
        bench.gates[2].open();
        poll_panics(&mut group);
        // The group itself still exists.
        bench.assert_all_gone();
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn at_the_first_poll() {
    for (_, make) in KINDS {
        let bench = Bench::new();
        bench.gates[1].open();
        bench.gates[3].open();
        let mut group = make(&bench, |i| if i == 3 { End::WithPanic } else { End::Well });
        poll_panics(&mut group);
        bench.assert_all_gone();
    }
}

#[test]
fn the_first_member_panics() {
    for (_, make) in KINDS {
        let bench = Bench::new();
        bench.gates[0].open();
        let mut group = make(&bench, |i| if i == 0 { End::WithPanic } else { End::Well });
        poll_panics(&mut group);
        bench.assert_all_gone();
    }
}

#[test]
fn a_panic_after_an_error_in_one_sweep() {
    for (_, make) in KINDS {
        let bench = Bench::new();
        for gate in &bench.gates {
            gate.open();
        }
        let mut group = make(&bench, |i| match i {
            1 => End::Badly,
            2 => End::WithPanic,
            _ => End::Well,
        });
        poll_panics(&mut group);
        bench.assert_all_gone();
    }
}

#[test]
fn a_group_that_has_panicked_polls_nobody() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        bench.gates[2].open();
        let mut group = make(&bench, |i| if i == 2 { End::WithPanic } else { End::Well });
        poll_panics(&mut group);
        let polls: usize = bench.gates.iter().map(Gate::polls).sum();
        let again = catch_unwind(AssertUnwindSafe(|| poll(&mut group, &waker).is_pending()));
        assert!(again.is_err(), "{kind}: it has ended");
        assert_eq!(bench.gates.iter().map(Gate::polls).sum::<usize>(), polls, "{kind}");
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn through_an_executor_and_an_async_fn() {
    for (_, make) in KINDS {
        let bench = Bench::new();
        bench.gates[2].open();
        let group = make(&bench, |i| if i == 2 { End::WithPanic } else { End::Well });
        let caught = catch_unwind(AssertUnwindSafe(|| block_on(async { group.await.is_ok() })));
        assert_eq!(caught.unwrap_err().downcast_ref(), Some(&"kaput"));
        bench.assert_all_gone();
    }
}
