//! Rows F: what the first error does.

use gather::gather;
use tokio::sync::oneshot;

use crate::support::{Failure, Log, run};

/// What `asyncio` does after `await` has raised: nothing. The group lives on.
async fn observe<T: Send + 'static>(log: &Log, group: &gather::Group<T, gather::Exception<Failure>>) {
    group.wait().await;
    log.got(group.exception().unwrap().error().unwrap());
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
