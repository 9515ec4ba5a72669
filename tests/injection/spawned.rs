//! The same groups, spawned.

use std::panic::AssertUnwindSafe;
use std::pin::Pin;
use std::task::Context;

use futures::FutureExt;
use gather::Group;
use tokio::runtime::{Builder, Handle};
use tokio::task::yield_now;

use crate::fuse::{complain, ring, waker};
use crate::shapes::SHAPES;
use crate::{hangs, inject};

/// A spawned group, whatever it gives.
pub(crate) trait Spawned {
    fn owned(&mut self) -> Pin<Box<dyn Future<Output = ()>>>;
    fn finished(&mut self) -> Pin<Box<dyn Future<Output = ()>>>;
    fn wait(&self) -> Pin<Box<dyn Future<Output = ()> + '_>>;
    fn look(&self);
    fn cancel(&self);
}

impl<T: Send + 'static, X: Send + 'static> Spawned for Option<Group<T, X>> {
    fn owned(&mut self) -> Pin<Box<dyn Future<Output = ()>>> {
        let group = self.take().unwrap().into_future();
        Box::pin(async move { drop(group.await) })
    }
    fn finished(&mut self) -> Pin<Box<dyn Future<Output = ()>>> {
        let group = self.take().unwrap();
        Box::pin(async move { group.finished().await })
    }
    fn wait(&self) -> Pin<Box<dyn Future<Output = ()> + '_>> {
        Box::pin(self.as_ref().unwrap().wait())
    }
    fn look(&self) {
        let group = self.as_ref().unwrap();
        assert!(group.is_done() && group.result().is_some());
    }
    fn cancel(&self) {
        self.as_ref().unwrap().cancel();
    }
}

/// What is done with a group.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Use {
    Await,
    /// By another executor's task.
    AwaitElsewhere,
    DropItsFuture,
    Wait,
    Cancel,
    Detach,
}

/// More turns than any of these groups needs.
const TURNS: usize = 400;

/// Every task that is due runs, and those that wait go on.
async fn turn() {
    ring();
    yield_now().await;
}

/// Until it is ready, while members go on.
async fn drive(mut future: Pin<Box<dyn Future<Output = ()> + '_>>) {
    for _ in 0..TURNS {
        if futures::poll!(&mut future).is_ready() {
            return;
        }
        turn().await;
    }
    hangs();
}

async fn drive_elsewhere(mut future: Pin<Box<dyn Future<Output = ()>>>) {
    let wakers = [waker(), waker()];
    for poll in 0..TURNS {
        let mut cx = Context::from_waker(&wakers[usize::from(poll > 1)]);
        if future.as_mut().poll(&mut cx).is_ready() {
            return;
        }
        turn().await;
    }
    hangs();
}

async fn use_it(make: fn() -> Box<dyn Spawned>, how: Use) {
    let mut group = make();
    match how {
        Use::Await => drive(group.owned()).await,
        Use::AwaitElsewhere => drive_elsewhere(group.owned()).await,
        Use::DropItsFuture => {
            let mut future = group.owned();
            for _ in 0..2 {
                if futures::poll!(&mut future).is_ready() {
                    break;
                }
                turn().await;
            }
        }
        Use::Wait => {
            drive(group.wait()).await;
            group.look();
            drive(group.finished()).await;
        }
        Use::Cancel => {
            turn().await;
            group.cancel();
            drive(group.finished()).await;
        }
        Use::Detach => {}
    }
}

fn run(make: fn() -> Box<dyn Spawned>, how: Use) {
    let runtime = Builder::new_current_thread().build().unwrap();
    runtime.block_on(async {
        let used = AssertUnwindSafe(use_it(make, how)).catch_unwind().await;
        if let Err(payload) = used
            && payload.downcast_ref() != Some(&"injected")
        {
            complain(format!("another panic: {:?}", payload.downcast_ref::<&str>()));
        }
        // What goes on by itself comes to its end.
        for _ in 0..TURNS {
            if Handle::current().metrics().num_alive_tasks() == 0 {
                break;
            }
            turn().await;
        }
    });
    drop(runtime);
    ring();
}

fn each(uses: &[Use], least: usize) {
    let (mut calls, mut leaks) = (0, Vec::new());
    for shape in SHAPES {
        let Some(make) = shape.spawned else { continue };
        for how in uses {
            let found = inject(shape.name, || run(make, *how));
            calls += found.0;
            leaks.extend(found.1.into_iter().map(|leak| format!("{how:?}: {leak}")));
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
    assert!(calls > least, "{calls}");
}

#[test]
fn spawned_and_awaited() {
    each(&[Use::Await, Use::AwaitElsewhere], 3_000);
}

#[test]
fn spawned_and_let_go() {
    each(&[Use::DropItsFuture, Use::Cancel, Use::Detach], 3_000);
}

#[test]
fn spawned_and_watched() {
    each(&[Use::Wait], 1_500);
}
