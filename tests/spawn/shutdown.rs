//! A runtime that shuts down takes its groups along, in whatever state they are.

use std::sync::{Arc, Mutex};
use std::thread;

use gather::{Canceller, gather};
use tokio::runtime::{Builder, Runtime};

use crate::support::{Live, Trace, bad, value};
use crate::{UNIT, block_on, endless, turns};

fn runtimes() -> [Runtime; 2] {
    [
        Builder::new_current_thread().enable_all().build().unwrap(),
        Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap(),
    ]
}

#[test]
fn in_every_state() {
    for runtime in runtimes() {
        let live = Live::new();
        let l = &live;
        let groups: Mutex<Vec<Canceller>> = Mutex::default();
        let keep = |group: Canceller| groups.lock().unwrap().push(group);
        runtime.block_on(async {
            let fresh = gather!(endless(l), endless(l); spawn);
            keep(fresh.canceller());
            let running = gather!(endless(l), value(l.token()); spawn);
            keep(running.canceller());
            let failed = gather!(bad(1)?, endless(l); spawn);
            keep(failed.canceller());
            let all = gather!(bad(1)?, endless(l); spawn, all_errors);
            keep(all.canceller());
            let done = gather!(value(1); spawn);
            keep(done.canceller());
            let inner = gather!(endless(l), endless(l); spawn);
            keep(inner.canceller());
            let outer = gather!(inner, tokio::spawn(endless(l)), endless(l); spawn, return_exceptions);
            keep(outer.canceller());
            let until = endless(l);
            let (item, list) = (endless(l), [endless(l), endless(l)]);
            let limited =
                gather!(item, *list; spawn, limit = 1, return_exceptions, timeout = UNIT * 1000, until = until);
            keep(limited.canceller());
            let owned = gather!(endless(l); spawn);
            keep(owned.canceller());
            tokio::spawn(async { owned.await.map(drop) });
            turns().await;
            let cancelling = gather!(endless(l), endless(l); spawn);
            cancelling.cancel();
            keep(cancelling.canceller());
            let late = gather!(endless(l); spawn);
            keep(late.canceller());
        });
        drop(runtime);
        assert_eq!(live.now(), 0);
        for group in groups.into_inner().unwrap() {
            assert!(group.is_done() && !group.cancel());
        }
    }
}

#[test]
fn who_outlives_the_runtime_gets_cancelled() {
    for runtime in runtimes() {
        let live = Live::new();
        let (plain, kept, all, observed) = runtime.block_on(async {
            let groups = (
                gather!(value(1), endless(&live); spawn),
                gather!(value(1), endless(&live); spawn, return_exceptions),
                gather!(bad(1)?, endless(&live); spawn, all_errors),
                gather!(endless(&live); spawn),
            );
            turns().await;
            groups
        });
        let (wait, finished) = (observed.wait(), observed.finished());
        let awaiter = thread::spawn(|| block_on(plain));
        drop(runtime);
        assert!(awaiter.join().unwrap().unwrap_err().is_cancelled(), "it was asleep");
        let cancelled = block_on(kept).unwrap_err();
        assert!(cancelled.is_cancelled() && cancelled.member.is_none());
        assert_eq!(block_on(all).unwrap_err().to_string(), "the group was cancelled");
        block_on(wait);
        block_on(finished);
        assert!(observed.is_cancelled());
        assert_eq!(live.now(), 0);
    }
}

#[test]
fn what_was_decided_before_stays() {
    for runtime in runtimes() {
        let live = Live::new();
        let (done, failed) = runtime.block_on(async {
            let done = gather!(value(1); spawn);
            let failed = gather!(bad(1)?, endless(&live); spawn);
            done.wait().await;
            failed.wait().await;
            (done, failed)
        });
        drop(runtime);
        assert_eq!(block_on(done).unwrap(), (1,));
        assert!(block_on(failed).unwrap_err().is_error());
        assert_eq!(live.now(), 0);
    }
}

#[test]
fn a_list_without_end_ends() {
    for runtime in runtimes() {
        let live = Live::new();
        let made = live.clone();
        let group = runtime.block_on(async {
            gather!(*std::iter::repeat_with(move || endless(&made)); spawn, limit = 2, return_exceptions)
        });
        drop(runtime);
        assert!(block_on(group).unwrap_err().is_cancelled());
        assert_eq!(live.now(), 0);
    }
}

#[test]
fn callbacks_run_all_the_same() {
    for runtime in runtimes() {
        let (live, trace) = (Live::new(), Trace::new());
        runtime.block_on(async {
            let group = gather!(endless(&live); spawn);
            let trace = trace.clone();
            group.on_done(move |outcome| trace.push(outcome.as_ref().unwrap_err().to_string().replace(' ', "-")));
        });
        drop(runtime);
        assert_eq!(trace.take(), "the-group-was-cancelled");
    }
}

#[test]
fn created_on_a_runtime_that_is_gone() {
    for runtime in runtimes() {
        let live = Live::new();
        let handle = runtime.handle().clone();
        drop(runtime);
        let group = gather!(endless(&live), *[endless(&live)]; spawn = &handle);
        assert!(group.is_done() && group.is_cancelled());
        assert!(block_on(group).unwrap_err().is_cancelled());
        let list = std::iter::repeat_with(move || endless(&live));
        let group = gather!(*list; spawn = &handle, limit = 3, return_exceptions);
        assert!(block_on(group).unwrap_err().is_cancelled());
        // A callback that comes too late for the runtime waits for the awaiter.
        let group = gather!(; spawn = &handle);
        let trace = Trace::new();
        let inside = trace.clone();
        group.on_done(move |_| inside.push("called"));
        assert_eq!(trace.take(), "");
        assert_eq!(block_on(group).unwrap(), ());
        assert_eq!(trace.take(), "called");
    }
}

#[test]
fn an_adopted_task_of_a_runtime_that_goes_first() {
    let [one, other] = runtimes();
    let live = Live::new();
    let task = other.spawn(endless(&live));
    let inner = gather!(endless(&live); spawn = &other);
    let group = gather!(task, inner; spawn = &one, return_exceptions);
    drop(other);
    let (task, inner) = one.block_on(group.into_future()).unwrap();
    assert_eq!(task.unwrap_err().to_string(), "member `#0` was cancelled");
    assert_eq!(inner.unwrap_err().to_string(), "the group was cancelled");
    assert_eq!(live.now(), 0);
}

#[test]
fn without_waiting_for_it() {
    let [_, runtime] = runtimes();
    let live = Arc::new(Live::new());
    let group = runtime.block_on(async { gather!(endless(&live), endless(&live); spawn) });
    runtime.shutdown_background();
    assert!(block_on(group).unwrap_err().is_cancelled());
    assert_eq!(live.now(), 0);
}
