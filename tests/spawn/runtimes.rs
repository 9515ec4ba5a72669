//! Where the tasks of a group run.

use std::thread;

use gather::gather;
use tokio::runtime::{Builder, Handle, Id, Runtime};
use tokio::task::LocalSet;

use crate::support::{Gate, Live, value};
use crate::{UNIT, block_on, endless};

fn one_thread() -> Runtime {
    Builder::new_current_thread().enable_all().build().unwrap()
}

fn two_threads() -> Runtime {
    Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap()
}

async fn here() -> Id {
    Handle::current().id()
}

#[test]
#[should_panic(expected = "a spawned `gather!` group needs a tokio runtime: create it inside one (`#[tokio::main]`, \
                           `#[tokio::test]`, `Runtime::block_on`), or name one with `spawn = handle`")]
fn outside_of_any() {
    let _ = gather!(value(1); spawn);
}

#[test]
fn outside_of_any_nothing_is_left_over() {
    let live = Live::new();
    let member = endless(&live);
    assert!(thread::spawn(|| drop(gather!(member; spawn))).join().is_err());
    assert_eq!(live.now(), 0);
}

#[test]
fn on_a_handle_from_outside() {
    let runtime = two_threads();
    let group = gather!(here(), thread_name(); spawn = runtime.handle());
    let (id, name) = block_on(group).unwrap();
    assert_eq!(id, runtime.handle().id());
    assert_ne!(name, thread::current().name().map(str::to_owned));
    // A runtime itself, or a handle by value, will do as well.
    assert_eq!(block_on(gather!(here(); spawn = &runtime)).unwrap().0, runtime.handle().id());
    assert_eq!(block_on(gather!(here(); spawn = runtime.handle().clone())).unwrap().0, runtime.handle().id());
}

async fn thread_name() -> Option<String> {
    thread::current().name().map(str::to_owned)
}

#[test]
fn on_another_runtime() {
    let (one, other) = (one_thread(), two_threads());
    let ids = one.block_on(async {
        let group = gather!(here(), *[here()]; spawn = other.handle());
        let there = group.await.unwrap();
        (there.0, there.1[0], gather!(here(); spawn).await.unwrap().0)
    });
    assert_eq!(ids, (other.handle().id(), other.handle().id(), one.handle().id()));
}

#[test]
fn on_another_runtime_with_every_option() {
    let (one, other) = (one_thread(), two_threads());
    one.block_on(async {
        let live = Live::new();
        let group = gather!(
            here(), *(0..9).map(|_| here()), endless(&live);
            spawn = &other, limit = 2, return_exceptions, timeout = UNIT / 10
        );
        let finished = group.finished();
        let (a, list, c) = group.await.unwrap();
        assert_eq!(a.unwrap(), other.handle().id());
        assert!(list.into_iter().all(|id| id.unwrap() == other.handle().id()));
        assert!(c.unwrap_err().is_timed_out());
        finished.await;
        assert_eq!(live.now(), 0);
    });
}

#[test]
fn a_clock_on_another_runtime_needs_none_here() {
    let other = two_threads();
    let live = Live::new();
    let group = gather!(endless(&live); spawn = &other, return_exceptions, timeout = UNIT / 10);
    assert!(block_on(group).unwrap().0.unwrap_err().is_timed_out());
}

#[test]
fn a_late_callback_runs_on_the_groups_runtime() {
    let other = two_threads();
    let group = gather!(value(1); spawn = &other);
    block_on(group.wait());
    let (sender, receiver) = std::sync::mpsc::channel();
    group.on_done(move |_| sender.send(Handle::current().id()).unwrap());
    assert_eq!(receiver.recv().unwrap(), other.handle().id());
}

#[tokio::test]
async fn inside_a_local_set() {
    let local = LocalSet::new();
    let out = local
        .run_until(async {
            let gate = Gate::new();
            let opener = tokio::task::spawn_local({
                let gate = gate.clone();
                async move { gate.open() }
            });
            let group = gather!(gate.member(1), here(); spawn);
            opener.await.unwrap();
            group.await.unwrap()
        })
        .await;
    assert_eq!(out, (1, Handle::current().id()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn members_block_in_place_of_one_another() {
    let (sender, receiver) = std::sync::mpsc::channel();
    let group = gather!(
        async move { tokio::task::block_in_place(|| receiver.recv().unwrap()) },
        async move { sender.send(7).unwrap() };
        spawn
    );
    assert_eq!(group.await.unwrap().0, 7);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_groups_on_many_threads() {
    for round in 0..200 {
        let inner = gather!(*(0..8).map(|i| async move { i + round }); spawn);
        let group = gather!(inner?, value(round), *(0..8).map(value); spawn);
        let (inner, round_again, list) = group.await.unwrap();
        assert!(inner.into_iter().eq(round..round + 8));
        assert!(round_again == round && list.into_iter().eq(0..8));
    }
}

#[test]
fn it_is_awaited_on_any_executor() {
    let runtime = one_thread();
    let gate = Gate::new();
    let group = runtime.block_on(async { gather!(gate.member(1); spawn) });
    let awaiter = thread::spawn(|| block_on(group).unwrap());
    gate.open();
    // The tasks of this runtime run while somebody drives it.
    runtime.block_on(async {
        while !awaiter.is_finished() {
            tokio::task::yield_now().await;
        }
    });
    assert_eq!(awaiter.join().unwrap(), (1,));
}
