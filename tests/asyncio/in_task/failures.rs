//! Rows F: what the first error does, and `return_exceptions`.

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use gather::gather;

use crate::support::{raised, run};

// Deliberately different: asyncio lets b and c run on.
#[test]
fn f10_failure_in_a_nested_group() {
    let events = run(async |log| {
        let inner = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?);
        let outcome = gather!(inner?, log.child("c", 3, 3)).await;
        log.got(outcome.unwrap_err());
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 c cancelled; \
         1 main got Err(A); 4 main done"
    );
}

#[test]
fn f11_a_nested_group_keeps_its_exceptions() {
    let events = run(async |log| {
        let (inner, c) = gather!(
            gather! {
                a => log.failing("a", 1, "A"),
                b => log.succeeding("b", 2, 2);
                return_exceptions
            },
            log.succeeding("c", 1, 3)?,
        )
        .await
        .unwrap();
        log.result(([raised(inner.a), raised(inner.b)], c));
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 c end; 2 b end; \
         2 main result ([Err(A), Ok(2)], 3)"
    );
}

// The counterpart of SystemExit is a panic: it goes through the awaiter at once, in every policy that does not catch it.
#[test]
fn f15_a_panic_unwinds_through_the_awaiter() {
    let events = run(async |log| {
        let a = async {
            log.failing("a", 1, "A").await.expect("SystemExit");
        };
        let group = gather!(a, log.child("b", 2, 2));
        let payload = AssertUnwindSafe(group).catch_unwind().await.unwrap_err();
        log.record("main", payload.downcast::<String>().unwrap());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main SystemExit: A");
}
