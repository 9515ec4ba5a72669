//! Rows F: `return_exceptions`.

use gather::gather;

use crate::support::{raised, run};

#[test]
fn s_f11_a_nested_group_keeps_its_exceptions() {
    let events = run(async |log| {
        let inner = gather! {
            a => log.failing("a", 1, "A"),
            b => log.succeeding("b", 2, 2);
            spawn,
            return_exceptions
        };
        // The inner group itself cannot fail, but it can be cancelled: its outcome is a `Result`.
        let (inner, c) = gather!(inner, log.succeeding("c", 1, 3)?; spawn).await.unwrap();
        let inner = inner.unwrap();
        log.result(([raised(inner.a), raised(inner.b)], c));
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 c end; 2 b end; \
         2 main result ([Err(A), Ok(2)], 3)"
    );
}

// The same, and deliberately different: a panic is the value of its field, and b runs to its end.
#[test]
fn s_f16_a_panic_under_return_exceptions() {
    let events = run(async |log| {
        let a = log.failing("a", 1, "A");
        let a = async { a.await.expect("KeyboardInterrupt") };
        let group = gather!(a, log.child("b", 2, 2); spawn, return_exceptions);
        let (a, b) = group.await.unwrap();
        log.record("main", format_args!("result [{}, {}]", a.unwrap_err(), b.unwrap()));
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a fail; 2 b end; \
         2 main result [member `#0` panicked: KeyboardInterrupt: A, 2]"
    );
}

#[test]
fn s_f19_returned_exceptions_that_nobody_awaits() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A"); spawn, return_exceptions);
        log.reach(2).await;
        drop(group);
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 1 a fail; 2 main done");
}
