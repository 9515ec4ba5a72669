//! Cases that are the same in-task and spawned: the same members, and the same events.
//!
//! `group!([members] options)` gives what the group does, and `fallible!([members] options)` a `Result` with the error of the first
//! member that failed. Both start what `gather!` starts where they stand.

use std::future::pending;
use std::sync::Arc;

use gather::gather;
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};

use crate::support::{Failure, Log, UNIT, raised, run};

/// `name: events, |log| body;` for each case. The first token is a `$`.
macro_rules! cases {
    ($d:tt $($(#[$comment:meta])* $name:ident: $events:expr, |$log:ident| $body:block;)+) => { $(
        mod $name {
            #[allow(unused_imports)]
            use super::*;

            #[test]
            fn in_task() {
                #[allow(unused_macros)]
                macro_rules! group {
                    ([$d($d members:tt)*] $d($d options:tt)*) => { gather!($d($d members)*; $d($d options)*) };
                }
                #[allow(unused_macros)]
                macro_rules! fallible {
                    ([$d($d members:tt)*] $d($d options:tt)*) => { gather!($d($d members)*; $d($d options)*) };
                }
                let events = run(async |$log| $body);
                assert_eq!(events, $events);
            }

            #[cfg(feature = "tokio")]
            #[test]
            fn spawned() {
                #[allow(unused_macros)]
                macro_rules! group {
                    ([$d($d members:tt)*] $d($d options:tt)*) => {{
                        let group = gather!($d($d members)*; spawn, $d($d options)*);
                        async move { group.await.unwrap() }
                    }};
                }
                #[allow(unused_macros)]
                macro_rules! fallible {
                    ([$d($d members:tt)*] $d($d options:tt)*) => {{
                        let group = gather!($d($d members)*; spawn, $d($d options)*);
                        async move { group.await.map_err(|exception| exception.into_error().unwrap()) }
                    }};
                }
                let events = run(async |$log| $body);
                assert_eq!(events, $events);
            }
        }
    )+ };
}

cases! { $
    a01_one_child: "0 a start; 1 a end; 1 main result [1]", |log| {
        let (a,) = group!([log.child("a", 1, 1)]).await;
        log.result([a]);
    };

    a02_the_time_is_that_of_the_longest:
    "0 a start; 0 b start; 0 c start; 1 a end; 1 b end; 1 c end; 1 main result [0, 1, 2]", |log| {
        let (a, b, c) = group!([log.child("a", 1, 0), log.child("b", 1, 1), log.child("c", 1, 2)]).await;
        log.result([a, b, c]);
    };

    a03_results_in_the_order_of_the_members:
    "0 a start; 0 b start; 0 c start; 1 b end; 2 c end; 3 a end; 3 main result [\"A\", \"B\", \"C\"]", |log| {
        let group = group!([a => log.child("a", 3, "A"), b => log.child("b", 1, "B"), c => log.child("c", 2, "C")]);
        let r = group.await;
        log.result([r.a, r.b, r.c]);
    };

    a04_values_of_different_types:
    "0 a start; 0 b start; 0 c start; 1 a end; 1 c end; 2 b end; 2 main result (7, \"x\", [1.5])", |log| {
        let results: (i32, &str, Vec<f64>) =
            group!([log.child("a", 1, 7), log.child("b", 2, "x"), log.child("c", 1, vec![1.5])]).await;
        log.result(results);
    };

    a05_children_without_a_value: "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [(), ()]", |log| {
        let (a, b) = group!([log.child("a", 1, ()), log.child("b", 1, ())]).await;
        log.result([a, b]);
    };

    a07_a_list_of_ten:
    "0 c0 start; 0 c1 start; 0 c2 start; 0 c3 start; 0 c4 start; \
     0 c5 start; 0 c6 start; 0 c7 start; 0 c8 start; 0 c9 start; \
     1 c0 end; 1 c1 end; 1 c2 end; 1 c3 end; 1 c4 end; \
     1 c5 end; 1 c6 end; 1 c7 end; 1 c8 end; 1 c9 end; \
     1 main result [0, 10, 20, 30, 40, 50, 60, 70, 80, 90]", |log| {
        let results = group!([*(0..10).map(|i| log.child(&format!("c{i}"), 1, i * 10))]).await;
        log.result(results);
    };

    a10_children_that_never_suspend: "0 a start; 0 a end; 0 b start; 0 b end; 0 main result [1, 2]", |log| {
        let (a, b) = group!([log.child("a", 0, 1), log.child("b", 0, 2)]).await;
        log.result([a, b]);
    };

    a12_no_child_runs_before_the_first_suspension:
    "0 main after gather; 0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]", |log| {
        let group = group!([log.child("a", 1, 1), log.child("b", 1, 2)]);
        log.record("main", "after gather");
        let (a, b) = group.await;
        log.result([a, b]);
    };

    a22_a_thousand_children: "1 n 1000; 1 ok true", |log| {
        let results = group!([*(0..1000).map(|i| async move {
            sleep(UNIT).await;
            i
        })])
        .await;
        log.record("n", results.len());
        log.record("ok", results.into_iter().eq(0..1000));
    };

    // Tasks own what they use, so the semaphore is shared.
    a26_a_semaphore_inside_the_children:
    "0 c0 start; 0 c1 start; 1 c0 end; 1 c1 end; 1 c2 start; 1 c3 start; \
     2 c2 end; 2 c3 end; 2 c4 start; 3 c4 end; 3 main result [0, 1, 2, 3, 4]", |log| {
        let places = Arc::new(Semaphore::new(2));
        let results = group!([*(0..5).map(|i| {
            let (log, places) = (log.clone(), Arc::clone(&places));
            async move {
                let _place = places.acquire().await.unwrap();
                log.child(&format!("c{i}"), 1, i).await
            }
        })])
        .await;
        log.result(results);
    };

    // Deliberately different: asyncio lets the siblings run on. A group that is awaited by value ends them, in-task or spawned.
    f01_the_first_error_ends_the_siblings:
    "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 c cancelled; \
     1 main got Err(A); 5 main done", |log| {
        let group =
            fallible!([log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?, log.succeeding("c", 3, 3)?]);
        log.got(group.await.unwrap_err());
        log.reach(5).await;
        log.record("main", "done");
    };

    f02_the_error_ends_the_program: "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got Err(A)", |log| {
        let main = async {
            fallible!([log.failing("a", 1, "A")?, log.child("b", 3, 2)]).await?;
            log.record("main", "went on");
            Ok::<(), Failure>(())
        };
        log.got(main.await.unwrap_err());
    };

    f05_a_later_member_fails_first: "0 a start; 0 b start; 1 b fail; 1 a cancelled; 1 main got Err(B)", |log| {
        let outcome = fallible!([log.failing("a", 2, "A")?, log.failing("b", 1, "B")?]).await;
        log.got(outcome.unwrap_err());
    };

    // b still begins after a has failed, as in asyncio; then it ends with the group, and asyncio leaves it running.
    f06_failure_before_the_first_suspension:
    "0 a start; 0 a fail; 0 b start; 0 b cancelled; 0 main got Err(A); 2 main done", |log| {
        let outcome = fallible!([log.failing("a", 0, "A")?, log.succeeding("b", 1, 2)?]).await;
        log.got(outcome.unwrap_err());
        log.reach(2).await;
        log.record("main", "done");
    };

    f07_an_exception_is_returned:
    "0 a start; 0 b start; 1 a fail; 2 b end; 2 main result [Err(A), Ok(2)]", |log| {
        let (a, b) = group!([log.failing("a", 1, "A"), log.succeeding("b", 2, 2)] return_exceptions).await;
        log.result([raised(a), raised(b)]);
    };

    f08_all_exceptions_are_returned:
    "0 a start; 0 b start; 1 b fail; 2 a fail; 2 main result [Err(A), Err(B)]", |log| {
        let (a, b) = group!([log.failing("a", 2, "A"), log.failing("b", 1, "B")] return_exceptions).await;
        log.result([raised(a), raised(b)]);
    };

    f09_return_exceptions_without_any:
    "0 a start; 0 b start; 1 a end; 2 b end; 2 main result [Ok(1), Ok(2)]", |log| {
        let (a, b) = group!([log.succeeding("a", 1, 1), log.succeeding("b", 2, 2)] return_exceptions).await;
        log.result([raised(a), raised(b)]);
    };

    f13_a_member_cannot_be_made: "0 main got Err(build)", |log| {
        fn build() -> Result<std::future::Ready<u32>, Failure> {
            Err(Failure("build"))
        }

        let main = async {
            let results = group!([log.child("a", 1, 1), (build()?)]).await;
            log.result(results);
            Ok::<(), Failure>(())
        };
        log.got(main.await.unwrap_err());
        log.reach(2).await;
    };

    f22_a_sibling_that_never_ends: "0 a start; 1 a fail; 1 main got Err(A)", |log| {
        let outcome = fallible!([log.failing("a", 1, "A")?, pending::<()>()]).await;
        log.got(outcome.unwrap_err());
    };

    f23_an_exception_as_a_value:
    "0 a start; 0 b start; 1 a end; 1 b fail; 1 main result [Ok(returned), Err(raised)]", |log| {
        let group = group!([
            log.fallible("a", 1, Ok(Failure("returned"))),
            log.fallible::<Failure>("b", 1, Err(Failure("raised")))
        ] return_exceptions);
        let (a, b) = group.await;
        log.result([raised(a), raised(b)]);
    };

    f25_the_last_member_fails: "0 a start; 0 b start; 1 a end; 1 b fail; 1 main got Err(B)", |log| {
        let outcome = fallible!([log.succeeding("a", 1, 1)?, log.failing("b", 1, "B")?]).await;
        log.got(outcome.unwrap_err());
    };

    // Those that are due in the same sweep of the group, or turn of the runtime, come to their end.
    f26_all_ten_reach_their_end_in_the_turn_of_the_error:
    "0 c0 start; 0 c1 start; 0 c2 start; 0 c3 start; 0 c4 start; \
     0 c5 start; 0 c6 start; 0 c7 start; 0 c8 start; 0 c9 start; \
     1 c0 fail; 1 c1 end; 1 c2 end; 1 c3 end; 1 c4 end; \
     1 c5 end; 1 c6 end; 1 c7 end; 1 c8 end; 1 c9 end; 1 main got Err(bad)", |log| {
        let outcome = fallible!([*(0..10).map(|i| {
            let outcome = if i == 0 { Err(Failure("bad")) } else { Ok(i) };
            log.fallible(&format!("c{i}"), 1, outcome)
        })?])
        .await;
        log.got(outcome.unwrap_err());
    };

    k19_return_exceptions_does_not_catch_the_awaiters_cancellation:
    "0 a start; 1 a cancelled; 1 main got Cancelled; 1 t.cancelled() true", |log| {
        let a = log.child("a", 2, 1);
        let outer = tokio::spawn(async move { group!([a] return_exceptions).await });
        log.reach(1).await;
        outer.abort();
        let error = outer.await.unwrap_err();
        log.record("main", "got Cancelled");
        log.record("t.cancelled()", error.is_cancelled());
    };

    // `IntoFuture` is what `__await__` is. In a task its future has to be `Send`.
    m10_anything_that_can_be_awaited:
    "0 a start; 0 b start; 1 a end; 1 b end; 1 main result [1, 2]", |log| {
        struct Awaitable(Log);

        impl IntoFuture for Awaitable {
            type Output = u32;
            type IntoFuture = std::pin::Pin<Box<dyn Future<Output = u32> + Send>>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(self.0.child("a", 1, 1))
            }
        }

        let (a, b) = group!([Awaitable(log.clone()), log.child("b", 1, 2)]).await;
        log.result([a, b]);
    };

    x04_a_task_group_with_one_failure:
    "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 c cancelled; \
     1 main got Err(A); 4 main done", |log| {
        let outcome =
            fallible!([a => log.failing("a", 1, "A")?, b => log.child("b", 2, ()), c => log.child("c", 3, ())]).await;
        log.got(outcome.map(|r| (r.a, r.b, r.c)).unwrap_err());
        log.reach(4).await;
        log.record("main", "done");
    };

    x14_a_failure_beats_the_timeout: "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got Err(A)", |log| {
        let group = fallible!([log.failing("a", 1, "A")?, log.child("b", 3, 2)]);
        let outcome = timeout(UNIT * 2, group).await.expect("not elapsed");
        log.got(outcome.unwrap_err());
    };

    x15_a_timeout_of_one_child:
    "0 a start; 0 b start; 1 a cancelled; 2 b end; 2 main result [Err(Elapsed), Ok(2)]", |log| {
        let a = timeout(UNIT, log.child("a", 3, 1));
        let a = async { a.await.map_err(|_| Failure("Elapsed")) };
        let (a, b) = group!([a, log.succeeding("b", 2, 2)] return_exceptions).await;
        log.result([raised(a), raised(b)]);
    };
}
