//! A member fails: the others, finished or not, are gone when the group yields.

use std::future::pending;
use std::task::Poll;

use futures::executor::block_on;
use gather::gather;

use crate::support::yield_once;
use crate::support::{CountingWaker, Live, Wrong, bad, good, poll};
use crate::{Bench, End, KINDS};

#[test]
fn everything_is_gone_when_the_group_yields() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        let mut group = make(&bench, |i| if i == 2 { End::Badly } else { End::Well });
        bench.gates[0].open();
        assert!(poll(&mut group, &waker).is_pending());
        bench.gates[2].open();
        let Poll::Ready(Err(Wrong(1))) = poll(&mut group, &waker) else {
            panic!("{kind}: not failed");
        };
        bench.assert_all_gone();
        drop(group);
        bench.assert_all_gone();
    }
}

#[test]
fn several_fail_in_one_sweep() {
    for (kind, make) in KINDS {
        let bench = Bench::new();
        let waker = CountingWaker::new();
        for gate in &bench.gates {
            gate.open();
        }
        let mut group = make(&bench, |i| if i % 2 == 1 { End::Badly } else { End::Well });
        let Poll::Ready(Err(Wrong(1))) = poll(&mut group, &waker) else {
            panic!("{kind}: not failed");
        };
        bench.assert_all_gone();
    }
}

#[test]
fn outputs_under_every_policy() {
    let live = Live::new();
    let holding = async |token| {
        yield_once().await;
        token
    };
    let named = block_on(gather!(
        holding(live.token()),
        async { yield_once().await; bad(1).await }?,
        async { let _token = live.token(); pending::<()>().await };
        name_errors
    ));
    assert!(named.is_err());
    assert_eq!(live.now(), 0);

    let all = block_on(gather!(holding(live.token()), bad(1)?, *[holding(live.token())]; all_errors));
    assert!(all.is_err());
    assert_eq!(live.now(), 0);

    let returned = block_on(gather!(holding(live.token()), good(1); return_exceptions));
    assert_eq!(live.now(), 1);
    drop(returned);
    assert_eq!(live.now(), 0);
}

#[test]
fn an_ignored_output_is_dropped() {
    let live = Live::new();
    let waker = CountingWaker::new();
    let mut group = Box::pin(gather! { _ => async { live.token() }, _ => pending::<()>() });
    assert!(poll(&mut group, &waker).is_pending());
    assert!(live.now() <= 1);
    drop(group);
    assert_eq!((live.now(), live.made()), (0, 1));
}

#[test]
fn a_conversion_of_the_error_that_panics() {
    struct Picky;
    impl From<Wrong> for Picky {
        fn from(_: Wrong) -> Self {
            panic!("no conversion")
        }
    }
    let bench = Bench::new();
    bench.gates[1].open();
    let group = gather!(bench.member(0, End::Well)?, bench.member(1, End::Badly)?; error = Picky);
    let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| block_on(group).is_ok()));
    assert!(caught.is_err());
    bench.assert_all_gone();
}
