//! `cancel()`, and who may call it from where.

use std::sync::OnceLock;

use gather::{Canceller, gather};
use tokio::time::sleep;

use crate::support::{Gate, Live, Trace, Wrong, bad, value};
use crate::{UNIT, endless, turns};

#[tokio::test]
async fn it_is_true_until_every_member_has_been_dropped() {
    let live = Live::new();
    let group = gather!(endless(&live), endless(&live); spawn);
    turns().await;
    assert!(group.cancel());
    assert!(!group.is_done() && !group.is_cancelled() && group.result().is_none());
    assert_eq!(live.now(), 2, "it returns at once");
    assert!(group.cancel());
    group.wait().await;
    assert_eq!(live.now(), 0, "it is done when they have been dropped");
    assert!(group.is_done() && group.is_cancelled());
    assert!(!group.cancel());
    assert!(group.exception().unwrap().member.is_none());
    assert_eq!(group.await.unwrap_err().to_string(), "the group was cancelled");
}

#[tokio::test]
async fn no_policy_turns_it_into_a_result() {
    let live = Live::new();
    let group = gather!(value(1), endless(&live); spawn, return_exceptions);
    turns().await;
    group.cancel();
    assert!(group.await.unwrap_err().is_cancelled());

    let group = gather!(bad(1)?, endless(&live); spawn, all_errors);
    turns().await;
    group.cancel();
    let exceptions = group.await.unwrap_err();
    assert_eq!((exceptions.len(), exceptions.to_string().as_str()), (1, "the group was cancelled"));
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn results_that_nobody_will_see_are_dropped_at_once() {
    let live = Live::new();
    let group = gather!(value(live.token()), endless(&live); spawn);
    turns().await;
    group.cancel();
    assert_eq!(live.now(), 1, "the other member");
    group.wait().await;
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn what_is_decided_stays() {
    let live = Live::new();
    let group = gather!(bad(1)?, endless(&live); spawn);
    group.wait().await;
    assert!(group.cancel(), "a member was running on");
    group.finished().await;
    assert_eq!(live.now(), 0);
    assert!(!group.is_cancelled() && !group.cancel());
    assert_eq!(group.await.unwrap_err().into_error().unwrap(), Wrong(1));
}

#[tokio::test]
async fn nobody_is_left_once_the_only_member_has_failed() {
    let group = gather!(bad(1)?; spawn);
    group.wait().await;
    assert!(!group.cancel());
}

#[tokio::test]
async fn a_member_that_still_finishes_changes_nothing() {
    // It opens the gate and cancels in one step, so the other member finishes in the step in which it would be dropped.
    let (gate, trace) = (Gate::new(), Trace::new());
    let group = gather!(trace.member("a", 1, 1), gate.member(2); spawn);
    turns().await;
    gate.open();
    assert!(group.cancel());
    assert!(group.await.unwrap_err().is_cancelled());
    assert_eq!(gate.drops(), 1);
}

#[tokio::test]
async fn a_member_cancels_as_its_last_act() {
    static GROUP: OnceLock<Canceller> = OnceLock::new();

    let group = gather!(async { GROUP.get().unwrap().cancel() }; spawn);
    GROUP.set(group.canceller()).unwrap();
    assert!(group.await.unwrap_err().is_cancelled(), "although every member finished");
}

#[tokio::test]
async fn a_destructor_cancels() {
    struct Cancels(Canceller);
    impl Drop for Cancels {
        fn drop(&mut self) {
            self.0.cancel();
        }
    }

    let live = Live::new();
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let member = async {
        let _cancels = Cancels(receiver.await.unwrap());
    };
    let group = gather!(member, endless(&live); spawn);
    assert!(sender.send(group.canceller()).is_ok());
    assert!(group.await.unwrap_err().is_cancelled());
    assert_eq!(live.now(), 0);
}

#[tokio::test]
async fn another_thread_cancels() {
    let live = Live::new();
    let group = gather!(endless(&live); spawn);
    let canceller = group.canceller();
    let thread = std::thread::spawn(move || canceller.clone().cancel());
    assert!(group.await.unwrap_err().is_cancelled());
    assert!(thread.join().unwrap());
}

#[tokio::test]
async fn a_callback_cancels_what_runs_on() {
    let live = Live::new();
    let group = gather!(bad(1)?, endless(&live); spawn);
    let canceller = group.canceller();
    group.on_done(move |_| assert!(canceller.cancel()));
    group.finished().await;
    assert_eq!(live.now(), 0);
    assert!(!group.is_cancelled());
}

#[tokio::test]
async fn one_group_cancels_another() {
    let live = Live::new();
    let one = gather!(endless(&live); spawn);
    let canceller = one.canceller();
    let other = gather!(async move { canceller.cancel() }; spawn);
    assert!(other.await.unwrap().0);
    assert!(one.await.unwrap_err().is_cancelled());
}

#[tokio::test]
async fn a_canceller_outlives_its_group() {
    let group = gather!(value(1); spawn);
    let canceller = group.canceller();
    assert_eq!(group.await.unwrap(), (1,));
    assert!(canceller.is_done() && !canceller.cancel());
}

#[tokio::test(start_paused = true)]
async fn members_that_wait_for_a_place_never_start() {
    let trace = Trace::new();
    let list = [trace.member("b", 0, ()), trace.member("c", 0, ())];
    let group = gather!(sleep(UNIT), *list, trace.member("d", 0, ()); spawn, limit = 1);
    turns().await;
    group.cancel();
    assert_eq!(trace.take(), "-b -c -d");
    assert!(group.await.unwrap_err().is_cancelled());
}
