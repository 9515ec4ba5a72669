//! Rows F: what the first error does, and `return_exceptions`.

use std::future::{self, pending};
use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use gather::gather;

use crate::support::{Failure, raised, run};

// Deliberately different: asyncio lets the siblings run on; in-task they end with the group.
#[test]
fn f01_the_first_error_ends_the_siblings() {
    let events = run(async |log| {
        let outcome = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?, log.succeeding("c", 3, 3)?,).await;
        log.got(outcome.unwrap_err());
        log.reach(5).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 c cancelled; \
         1 main got Err(A); 5 main done"
    );
}

#[test]
fn f02_the_error_ends_the_program() {
    let events = run(async |log| {
        let main = async {
            gather!(log.failing("a", 1, "A")?, log.child("b", 3, 2)).await?;
            log.record("main", "went on");
            Ok::<(), Failure>(())
        };
        log.got(main.await.unwrap_err());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got Err(A)");
}

#[test]
fn f05_a_later_member_fails_first() {
    let events = run(async |log| {
        let outcome = gather!(log.failing("a", 2, "A")?, log.failing("b", 1, "B")?).await;
        log.got(outcome.unwrap_err());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 b fail; 1 a cancelled; 1 main got Err(B)");
}

// The sweep in which a fails still begins b, as asyncio does; then b ends with the group, which asyncio leaves running.
#[test]
fn f06_failure_before_the_first_suspension() {
    let events = run(async |log| {
        let outcome = gather!(log.failing("a", 0, "A")?, log.succeeding("b", 1, 2)?).await;
        log.got(outcome.unwrap_err());
        log.reach(2).await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 a fail; 0 b start; 0 b cancelled; 0 main got Err(A); 2 main done");
}

#[test]
fn f07_an_exception_is_returned() {
    let events = run(async |log| {
        let (a, b) = gather!(
            log.failing("a", 1, "A"),
            log.succeeding("b", 2, 2);
            return_exceptions
        )
        .await;
        log.result([raised(a), raised(b)]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 2 b end; 2 main result [Err(A), Ok(2)]");
}

#[test]
fn f08_all_exceptions_are_returned() {
    let events = run(async |log| {
        let (a, b) = gather!(
            log.failing("a", 2, "A"),
            log.failing("b", 1, "B");
            return_exceptions
        )
        .await;
        log.result([raised(a), raised(b)]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 b fail; 2 a fail; 2 main result [Err(A), Err(B)]");
}

#[test]
fn f09_return_exceptions_without_any() {
    let events = run(async |log| {
        let (a, b) = gather!(
            log.succeeding("a", 1, 1),
            log.succeeding("b", 2, 2);
            return_exceptions
        )
        .await;
        log.result([raised(a), raised(b)]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 2 b end; 2 main result [Ok(1), Ok(2)]");
}

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

#[test]
fn f13_a_member_cannot_be_made() {
    fn build() -> Result<future::Ready<u32>, Failure> {
        Err(Failure("build"))
    }

    let events = run(async |log| {
        let main = async {
            let results = gather!(log.child("a", 1, 1), (build()?)).await;
            log.result(results);
            Ok::<(), Failure>(())
        };
        log.got(main.await.unwrap_err());
    });
    assert_eq!(events, "0 main got Err(build)");
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

#[test]
fn f22_a_sibling_that_never_ends() {
    let events = run(async |log| {
        let outcome = gather!(log.failing("a", 1, "A")?, pending::<()>()).await;
        log.got(outcome.unwrap_err());
    });
    assert_eq!(events, "0 a start; 1 a fail; 1 main got Err(A)");
}

// Better than in asyncio: a returned exception value is told apart from a raised one.
#[test]
fn f23_an_exception_as_a_value() {
    let events = run(async |log| {
        let (a, b) = gather!(
            log.fallible("a", 1, Ok(Failure("returned"))),
            log.fallible::<Failure>("b", 1, Err(Failure("raised")));
            return_exceptions
        )
        .await;
        log.result([raised(a), raised(b)]);
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b fail; 1 main result [Ok(returned), Err(raised)]");
}

#[test]
fn f25_the_last_member_fails() {
    let events = run(async |log| {
        let outcome = gather!(log.succeeding("a", 1, 1)?, log.failing("b", 1, "B")?).await;
        log.got(outcome.unwrap_err());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b fail; 1 main got Err(B)");
}

#[test]
fn f26_all_ten_reach_their_end_in_the_sweep_of_the_error() {
    let events = run(async |log| {
        let outcome = gather!(*(0..10).map(|i| {
            let outcome = if i == 0 { Err(Failure("bad")) } else { Ok(i) };
            log.fallible(&format!("c{i}"), 1, outcome)
        })?)
        .await;
        log.got(outcome.unwrap_err());
    });
    assert_eq!(
        events,
        "0 c0 start; 0 c1 start; 0 c2 start; 0 c3 start; 0 c4 start; \
         0 c5 start; 0 c6 start; 0 c7 start; 0 c8 start; 0 c9 start; \
         1 c0 fail; 1 c1 end; 1 c2 end; 1 c3 end; 1 c4 end; \
         1 c5 end; 1 c6 end; 1 c7 end; 1 c8 end; 1 c9 end; 1 main got Err(bad)"
    );
}
