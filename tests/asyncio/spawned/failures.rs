//! Rows F: what the first error does.

use std::future::{self, pending};

use gather::gather;
use tokio::sync::oneshot;

use crate::support::{Failure, Log, run};

/// What `asyncio` does after `await` has raised: nothing. The group lives on.
async fn observe<T: Send + 'static>(log: &Log, group: &gather::Group<T, gather::Exception<Failure>>) {
    group.wait().await;
    log.got(group.exception().unwrap().error().unwrap());
}

#[test]
fn s_f01_the_first_error_owned() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?, log.succeeding("c", 3, 3)?; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
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
fn s_f01_the_first_error_observed() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?, log.succeeding("c", 3, 3)?; spawn);
        observe(&log, &group).await;
        log.reach(5).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 main got Err(A); 2 b end; 3 c end; \
         5 main done"
    );
}

#[test]
fn s_f01_the_first_error_after_all_members_have_run() {
    let events = run(async |log| {
        let group = gather!(
            log.failing("a", 1, "A")?,
            log.succeeding("b", 2, 2)?,
            log.succeeding("c", 3, 3)?;
            spawn,
            all_errors
        );
        let exceptions = group.await.unwrap_err();
        log.got(exceptions.first().error().unwrap());
        log.reach(5).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 2 b end; 3 c end; \
         3 main got Err(A); 5 main done"
    );
}

#[test]
fn s_f02_the_error_ends_the_program() {
    let events = run(async |log| {
        let main = async {
            gather!(log.failing("a", 1, "A")?, log.child("b", 3, 2); spawn).await?;
            log.record("main", "went on");
            Ok::<(), gather::Exception<Failure>>(())
        };
        log.got(main.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got Err(A)");
}

#[test]
fn s_f05_a_later_member_fails_first() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 2, "A")?, log.failing("b", 1, "B")?; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 b fail; 1 a cancelled; 1 main got Err(B)");
}

#[test]
fn s_f06_failure_before_the_first_suspension_owned() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 0, "A")?, log.succeeding("b", 1, 2)?; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
        log.reach(2).await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 a fail; 0 b start; 0 b cancelled; 0 main got Err(A); 2 main done");
}

#[test]
fn s_f06_failure_before_the_first_suspension_observed() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 0, "A")?, log.succeeding("b", 1, 2)?; spawn);
        observe(&log, &group).await;
        log.reach(2).await;
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 0 a fail; 0 b start; 0 main got Err(A); 1 b end; 2 main done");
}

#[test]
fn s_f10_failure_in_a_nested_group_owned() {
    let events = run(async |log| {
        let inner = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?; spawn);
        let group = gather!(inner?, log.child("c", 3, 3); spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 c cancelled; \
         1 main got Err(A); 4 main done"
    );
}

// Deliberately different: the outer group owns the inner one, so b ends with it; who observes the outer one sees c run on.
#[test]
fn s_f10_failure_in_a_nested_group_observed() {
    let events = run(async |log| {
        let inner = gather!(log.failing("a", 1, "A")?, log.succeeding("b", 2, 2)?; spawn);
        let inner_state = inner.canceller();
        let group = gather!(inner?, log.child("c", 3, 3); spawn);
        observe(&log, &group).await;
        log.record("inner", format_args!("done {}", inner_state.is_done()));
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 0 c start; 1 a fail; 1 b cancelled; 1 main got Err(A); \
         1 inner done true; 3 c end; 4 main done"
    );
}

#[test]
fn s_f13_a_member_cannot_be_made() {
    fn build() -> Result<future::Ready<u32>, Failure> {
        Err(Failure("build"))
    }

    let events = run(async |log| {
        let main = async {
            let group = gather!(log.child("a", 1, 1), (build()?); spawn);
            log.result(group.await.unwrap());
            Ok::<(), Failure>(())
        };
        log.got(main.await.unwrap_err());
        log.reach(2).await;
    });
    assert_eq!(events, "0 main got Err(build)");
}

// The counterpart of SystemExit is a panic. A task catches it, so it does not stop the runtime: it is that member's exception,
// which fails the group as an error does.
#[test]
fn s_f15_a_panic_is_the_members_exception() {
    let events = run(async |log| {
        let a = log.failing("a", 1, "A");
        let a = async { a.await.expect("SystemExit") };
        let exception = gather!(a, log.child("b", 2, 2); spawn).await.unwrap_err();
        log.record("main", format_args!("got {exception}"));
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got member `#0` panicked: SystemExit: A");
}

// A by-value await is a move, so the exception is looked at by reference.
#[test]
fn s_f14_the_exception_is_asked_for_twice() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?; spawn);
        group.wait().await;
        let first = group.exception().unwrap();
        log.record("first", format_args!("got Err({:?})", first.error().unwrap()));
        group.wait().await;
        let second = group.exception().unwrap();
        log.record("second", format_args!("got Err({:?})", second.error().unwrap()));
        log.record("same", std::ptr::eq(first, second));
    });
    assert_eq!(events, "0 a start; 1 a fail; 1 first got Err(A); 1 second got Err(A); 1 same true");
}

// Deliberately different: nothing is logged, as nothing is for a detached task.
#[test]
fn s_f18_a_failed_group_that_nobody_awaits() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?; spawn);
        log.reach(2).await;
        drop(group);
        log.record("main", "done");
    });
    assert_eq!(events, "0 a start; 1 a fail; 2 main done");
}

/// A task whose value goes to its group and to whoever kept the receiver: a `JoinHandle` gives its value once.
fn kept(log: &Log) -> (tokio::task::JoinHandle<u32>, oneshot::Receiver<u32>) {
    let (sender, kept) = oneshot::channel();
    let b = log.child("b", 2, 2);
    let task = tokio::spawn(async {
        let value = b.await;
        sender.send(value).unwrap();
        value
    });
    (task, kept)
}

#[test]
fn s_f20_the_value_of_a_kept_task_observed() {
    let events = run(async |log| {
        let (b, kept) = kept(&log);
        let group = gather!(log.failing("a", 1, "A")?, b; spawn);
        observe(&log, &group).await;
        log.record("tb", format_args!("result {}", kept.await.unwrap()));
    });
    assert_eq!(events, "0 b start; 0 a start; 1 a fail; 1 main got Err(A); 2 b end; 2 tb result 2");
}

#[test]
fn s_f20_the_value_of_a_kept_task_owned() {
    let events = run(async |log| {
        let (b, kept) = kept(&log);
        let group = gather!(log.failing("a", 1, "A")?, b; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
        kept.await.unwrap_err();
        log.record("tb", "got Cancelled");
    });
    assert_eq!(events, "0 b start; 0 a start; 1 a fail; 1 b cancelled; 1 main got Err(A); 1 tb got Cancelled");
}

#[test]
fn s_f22_a_sibling_that_never_ends() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, pending::<()>(); spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(events, "0 a start; 1 a fail; 1 main got Err(A)");
}

#[test]
fn s_f25_the_last_member_fails() {
    let events = run(async |log| {
        let group = gather!(log.succeeding("a", 1, 1)?, log.failing("b", 1, "B")?; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a end; 1 b fail; 1 main got Err(B)");
}

// The siblings that are due in the same turn of the scheduler come to their end before the awaiter learns of the error.
#[test]
fn s_f26_all_ten_reach_their_end_in_the_turn_of_the_error() {
    let events = run(async |log| {
        let group = gather!(*(0..10).map(|i| {
            let outcome = if i == 0 { Err(Failure("bad")) } else { Ok(i) };
            log.fallible(&format!("c{i}"), 1, outcome)
        })?; spawn);
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(
        events,
        "0 c0 start; 0 c1 start; 0 c2 start; 0 c3 start; 0 c4 start; \
         0 c5 start; 0 c6 start; 0 c7 start; 0 c8 start; 0 c9 start; \
         1 c0 fail; 1 c1 end; 1 c2 end; 1 c3 end; 1 c4 end; \
         1 c5 end; 1 c6 end; 1 c7 end; 1 c8 end; 1 c9 end; 1 main got Err(bad)"
    );
}
