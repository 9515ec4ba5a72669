//! A group that is polled after its end panics, as an async block does.

use std::future::ready;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;

use gather::gather;

use crate::support::{CountingWaker, Live, bad, good, poll};

fn assert_ends_once(group: impl Future) {
    let waker = CountingWaker::new();
    let mut group = pin!(group);
    assert!(poll(&mut group, &waker).is_ready());
    let again = catch_unwind(AssertUnwindSafe(|| poll(&mut group, &waker).is_ready()));
    assert!(again.is_err());
}

#[test]
fn after_success() {
    assert_ends_once(gather!());
    assert_ends_once(gather!(ready(1)));
    assert_ends_once(gather!(ready(1), ready(2)));
    assert_ends_once(gather!(ready(1), ready(2), ready(3), ready(4), ready(5), ready(6)));
    assert_ends_once(gather! { _ => ready(1), _ => ready(2) });
    assert_ends_once(gather!(*[ready(1), ready(2)]));
    assert_ends_once(gather!(*Vec::<std::future::Ready<u8>>::new()));
    assert_ends_once(gather!(*[ready(1), ready(2)]; limit = 1));
    assert_ends_once(gather!(ready(1); return_exceptions));
}

#[test]
fn after_a_failure() {
    assert_ends_once(gather!(bad(1)?, good(2)?));
    assert_ends_once(gather!(*[bad(1), bad(2)]?));
    assert_ends_once(gather!(bad(1)?, good(2)?; all_errors));
    assert_ends_once(gather!(bad(1)?, good(2)?; name_errors, limit = 1));
}

#[test]
fn outputs_are_not_dropped_again() {
    let live = Live::new();
    assert_ends_once(gather!(ready(live.token()), *[ready(live.token())]));
    assert_eq!((live.now(), live.made()), (0, 2));
}
