//! Rows K: a group or a member of it is cancelled.

use std::future::pending;
use std::sync::OnceLock;

use gather::{Canceller, Exception, Group, gather};
use tokio::time::sleep;

use super::{cancel, got_cancelled, got_member_cancelled};
use crate::support::{Failure, Log, UNIT, run};

#[test]
fn s_k01_cancel_while_running() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        log.reach(1).await;
        cancel(&log, &group);
        got_cancelled(&log, group.await);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 cancel -> true; 1 a cancelled; 1 b cancelled; \
         1 main got Cancelled"
    );
}

#[test]
fn s_k02_cancel_before_any_child_has_started() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1), log.child("b", 3, 2); spawn);
        cancel(&log, &group);
        log.record("done", group.is_done());
        got_cancelled(&log, group.await);
    });
    assert_eq!(events, "0 cancel -> true; 0 done false; 0 main got Cancelled");
}

/// Tasks a and b, and another task that aborts a at 1.
fn aborted_at_1(log: &Log) -> Group<(u8, u8), Exception> {
    let a = tokio::spawn(log.child("a", 2, 1));
    let abort = a.abort_handle();
    tokio::spawn(async move {
        sleep(UNIT).await;
        abort.abort();
    });
    gather!(a, log.child("b", 3, 2); spawn)
}

#[test]
fn s_k04_a_child_is_cancelled_owned() {
    let events = run(async |log| {
        let group = aborted_at_1(&log);
        let callback_log = log.clone();
        group.on_done(move |outcome| {
            // Of the member's cancellation only: the group's own would have no member.
            callback_log.record("group", format_args!("member {:?}", outcome.as_ref().unwrap_err().member));
        });
        got_member_cancelled(&log, group.await, "#0");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a cancelled; 1 group member Some(Member(#0)); 1 b cancelled; \
         1 main got Cancelled"
    );
}

#[test]
fn s_k04_a_child_is_cancelled_observed() {
    let events = run(async |log| {
        let group = aborted_at_1(&log);
        group.wait().await;
        assert!(group.exception().unwrap().is_cancelled());
        log.record("main", "got Cancelled");
        log.record("group", format_args!("cancelled() {}", group.is_cancelled()));
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a cancelled; 1 main got Cancelled; 1 group cancelled() false; \
         3 b end; 4 main done"
    );
}

#[test]
fn s_k06_a_task_cancels_its_friend() {
    let events = run(async |log| {
        let exec = |name: &'static str| {
            let log = log.clone();
            async move { log.record(name, "exec") }
        };
        let (first, second) = (exec("0"), exec("1"));
        let first = tokio::spawn(async move {
            first.await;
            sleep(UNIT).await;
        });
        let friend = first.abort_handle();
        let second = async move {
            second.await;
            friend.abort();
            sleep(UNIT).await;
            1
        };
        let (first, second) = gather!(first, second; spawn, return_exceptions).await.unwrap();
        assert!(first.unwrap_err().is_cancelled());
        log.record("main", format_args!("result [Cancelled, {}]", second.unwrap()));
    });
    assert_eq!(events, "0 0 exec; 0 1 exec; 1 main result [Cancelled, 1]");
}

#[test]
fn s_k09_cancel_after_success() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        group.wait().await;
        let cancelled = group.cancel();
        let (a,) = group.result().unwrap().as_ref().unwrap();
        log.record("cancel", format_args!("-> {cancelled} result {:?}", [a]));
    });
    assert_eq!(events, "0 a start; 1 a end; 1 cancel -> false result [1]");
}

// Awaited by value the siblings have ended already, so nobody is left to be asked: the same answer as in asyncio.
#[test]
fn s_k10_cancel_after_a_failure_owned() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, log.child("b", 3, 2); spawn);
        let canceller = group.canceller();
        log.got(group.await.unwrap_err().into_error().unwrap());
        log.record("cancel", format_args!("-> {}", canceller.cancel()));
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a fail; 1 b cancelled; 1 main got Err(A); 1 cancel -> false; \
         4 main done"
    );
}

// Deliberately different: cancel() still reaches what runs on, where asyncio's answers False and leaves b alone.
#[test]
fn s_k10_cancel_after_a_failure_observed() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?, log.child("b", 3, 2); spawn);
        group.wait().await;
        log.got(group.exception().unwrap().error().unwrap());
        cancel(&log, &group);
        log.reach(4).await;
        log.record("main", "done");
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a fail; 1 main got Err(A); 1 cancel -> true; 1 b cancelled; \
         4 main done"
    );
}

// Deliberately different: a cancelled group says so once it is settled.
#[test]
fn s_k11_the_state_of_a_cancelled_group() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1); spawn);
        let state =
            |group: &Group<_, Exception>| format!("done {} cancelled {}", group.is_done(), group.is_cancelled());
        log.reach(1).await;
        cancel(&log, &group);
        log.record("group", state(&group));
        group.wait().await;
        log.record("main", "got Cancelled");
        assert!(group.exception().unwrap().is_cancelled());
        log.record("group", state(&group));
    });
    assert_eq!(
        events,
        "0 a start; 1 cancel -> true; 1 group done false cancelled false; 1 a cancelled; \
         1 main got Cancelled; 1 group done true cancelled true"
    );
}

#[test]
fn s_k12_cancel_twice_in_a_row() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 2, 1); spawn);
        let canceller = group.canceller();
        log.reach(1).await;
        let (first, second) = (group.cancel(), group.cancel());
        log.record("cancel", format_args!("-> {first} {second}"));
        got_cancelled(&log, group.await);
        log.record("cancel", format_args!("-> {}", canceller.cancel()));
    });
    assert_eq!(
        events,
        "0 a start; 1 cancel -> true true; 1 a cancelled; 1 main got Cancelled; \
         1 cancel -> false"
    );
}

#[test]
fn s_k32_every_child_is_cancelled_on_its_own() {
    let events = run(async |log| {
        let (a, b) = (tokio::spawn(log.child("a", 2, 1)), tokio::spawn(log.child("b", 3, 2)));
        let aborts = [a.abort_handle(), b.abort_handle()];
        let group = gather!(a, b; spawn);
        log.reach(1).await;
        aborts.iter().for_each(tokio::task::AbortHandle::abort);
        group.wait().await;
        let is_cancelled = group.is_cancelled();
        got_member_cancelled(&log, group.await, "#0");
        log.record("cancelled()", is_cancelled);
    });
    assert_eq!(
        events,
        "0 a start; 0 b start; 1 a cancelled; 1 b cancelled; 1 main got Cancelled; \
         1 cancelled() false"
    );
}

// A child that raises CancelledError by itself gives an error like any other.
#[test]
fn s_k33_a_child_gives_up_by_itself() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "self")?, log.child("b", 2, 2); spawn);
        group.wait().await;
        let exception = group.exception().unwrap();
        assert!(exception.is_error() && !exception.is_cancelled());
        log.record("main", format_args!("got {:?}", exception.error().unwrap()));
        group.finished().await;
    });
    assert_eq!(events, "0 a start; 0 b start; 1 a fail; 1 main got self; 2 b end");
}

#[test]
fn s_k35_cancel_in_the_turn_in_which_the_last_child_ends() {
    let events = run(async |log| {
        let group = gather!(async {}, log.child("a", 1, 1); spawn);
        // Woken by the end of a, in the same turn of the runtime.
        group.wait().await;
        log.record("group", format_args!("done {} cancel -> {}", group.is_done(), group.cancel()));
        let ((), a) = group.await.unwrap();
        log.result([a]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 group done true cancel -> false; 1 main result [1]");
}

#[test]
fn s_k38_cancel_inside_the_groups_own_callback() {
    let events = run(async |log| {
        let group = gather!(log.child("a", 1, 1); spawn);
        let (log_inside, canceller) = (log.clone(), group.canceller());
        group.on_done(move |_| log_inside.record("cancel", format_args!("-> {}", canceller.cancel())));
        let (a,) = group.await.unwrap();
        log.result([a]);
    });
    assert_eq!(events, "0 a start; 1 a end; 1 cancel -> false; 1 main result [1]");
}

// The same where the group has failed: nobody is left unfinished.
#[test]
fn s_k38_cancel_inside_the_callback_of_a_failure() {
    let events = run(async |log| {
        let group = gather!(log.failing("a", 1, "A")?; spawn);
        let (log_inside, canceller) = (log.clone(), group.canceller());
        group.on_done(move |_| log_inside.record("cancel", format_args!("-> {}", canceller.cancel())));
        log.got(group.await.unwrap_err().into_error().unwrap());
    });
    assert_eq!(events, "0 a start; 1 a fail; 1 cancel -> false; 1 main got Err(A)");
}

// S18 of the tutorial: the others were scheduled, and are dropped without having begun.
#[test]
fn s_k02_a_child_cancels_the_group_at_its_first_step() {
    static GROUP: OnceLock<Canceller> = OnceLock::new();

    let events = run(async |log| {
        let first = log.child("0", 1, ());
        let first = async {
            GROUP.get().unwrap().cancel();
            first.await;
        };
        let group = gather!(first, *(1..10).map(|i| log.child(&i.to_string(), 1, ())), pending::<Failure>(); spawn);
        GROUP.set(group.canceller()).unwrap();
        got_cancelled(&log, group.await.map(drop));
    });
    assert_eq!(events, "0 0 start; 0 0 cancelled; 0 main got Cancelled");
}
