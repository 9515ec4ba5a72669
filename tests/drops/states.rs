//! A group that is dropped before its end, in each of its states, or that ends well.

use std::task::Poll;

use crate::support::{CountingWaker, poll};
use crate::{Bench, End, KINDS};

#[test]
fn never_polled() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let group = make(&bench, |_| End::Well);
        assert_eq!(bench.dropped(), 0, "{kind}");
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn pending() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        let mut group = make(&bench, |_| End::Well);
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(bench.dropped(), 0, "{kind}");
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn some_have_finished() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        let mut group = make(&bench, |_| End::Well);
        bench.gates[1].open();
        assert!(poll(&mut group, &waker).is_pending());
        bench.gates[3].open();
        assert!(poll(&mut group, &waker).is_pending());
        assert_eq!(bench.dropped(), 2, "{kind}: the futures of the finished ones");
        assert_eq!(bench.live.now(), bench.live.made(), "{kind}: their outputs are kept");
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn all_have_finished() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        let mut group = make(&bench, |_| End::Well);
        assert!(poll(&mut group, &waker).is_pending());
        for gate in &bench.gates {
            gate.open();
        }
        let Poll::Ready(Ok(outputs)) = poll(&mut group, &waker) else {
            panic!("{kind}: not ended");
        };
        assert_eq!(bench.dropped(), bench.live.made(), "{kind}: every future");
        assert_eq!(outputs.len(), bench.live.now(), "{kind}: every output");
        drop(group);
        assert_eq!(outputs.len(), bench.live.now(), "{kind}: moved out of the group");
        drop(outputs);
        bench.assert_all_gone();
    }
}

#[test]
fn ready_at_the_first_poll() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        for gate in &bench.gates {
            gate.open();
        }
        let mut group = make(&bench, |_| End::Well);
        let Poll::Ready(Ok(outputs)) = poll(&mut group, &waker) else {
            panic!("{kind}: not ended");
        };
        drop(group);
        assert_eq!(outputs.len(), bench.live.now(), "{kind}");
        drop(outputs);
        bench.assert_all_gone();
    }
}
