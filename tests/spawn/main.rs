//! Groups whose members are tasks: `gather! { ..; spawn }`.
#![cfg(feature = "tokio")]
#![forbid(unsafe_code)]
#![allow(clippy::unused_async, reason = "members are most often calls of async fns")]

mod adopted;
mod callbacks;
mod cancelling;
mod deadlines;
mod limit;
mod limited_lists;
mod lists;
mod members;
mod observing;
mod owning;
mod policies;
mod runtimes;
mod shutdown;
#[path = "../support/mod.rs"]
mod support;
mod types;

use std::time::Duration;

use support::{Live, Wrong};
use tokio::task::yield_now;

const UNIT: Duration = Duration::from_millis(100);

/// A member that never ends by itself.
fn endless(live: &Live) -> impl Future<Output = ()> + Send + use<> {
    let token = live.token();
    async move {
        let _token = token;
        std::future::pending::<()>().await;
    }
}

/// A member that yields `value` after so many units.
async fn after<T>(units: u32, value: T) -> T {
    tokio::time::sleep(UNIT * units).await;
    value
}

/// A member that errs after so many units.
async fn wrong_after(units: u32, by: u8) -> Result<u8, Wrong> {
    after(units, Err(Wrong(by))).await
}

/// Awaits on this thread, without a runtime.
fn block_on<F: IntoFuture>(awaitable: F) -> F::Output {
    futures::executor::block_on(awaitable.into_future())
}

/// Lets every task that is due run, and those that it wakes.
async fn turns() {
    for _ in 0..10 {
        yield_now().await;
    }
}
