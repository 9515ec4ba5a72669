//! Each form of a group: its spans, their parents and fields, and what became of each member.

#![allow(dead_code, reason = "what is recorded matters here, not what the groups give")]

mod adopted;
mod completions;
mod dependants;
mod drops;
mod failures;
mod in_task;
mod keyed;
mod lists;
mod nested;
#[path = "../recorder/mod.rs"]
mod recorder;
mod spawned;
mod stages;
mod streams;
mod subscribers;
mod waiting;

use std::time::Duration;

use recorder::Recorder;
use tokio::time::sleep;

/// What a member gives after so many milliseconds.
async fn good<T>(ms: u64, value: T) -> Result<T, String> {
    if ms > 0 {
        sleep(Duration::from_millis(ms)).await;
    }
    Ok(value)
}

async fn bad(ms: u64) -> Result<u8, String> {
    good(ms, ()).await?;
    Err("no luck".to_owned())
}

async fn panics(ms: u64) -> Result<u8, String> {
    good(ms, ()).await?;
    panic!("planned")
}

/// What is recorded while the future runs, on a runtime whose clock jumps.
fn record<F: Future>(future: F) -> (Vec<String>, F::Output) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
    let (recorder, _guard) = Recorder::install();
    let output = runtime.block_on(future);
    drop(runtime);
    (recorder.lines(), output)
}

/// The same where only what is recorded matters.
fn spans<F: Future>(future: F) -> Vec<String> {
    record(future).0
}

/// Members of one type, however they end.
mod alike {
    use futures::future::BoxFuture;

    pub(crate) fn good(ms: u64, value: u8) -> BoxFuture<'static, Result<u8, String>> {
        Box::pin(super::good(ms, value))
    }
    pub(crate) fn bad(ms: u64) -> BoxFuture<'static, Result<u8, String>> {
        Box::pin(super::bad(ms))
    }
    pub(crate) fn panics(ms: u64) -> BoxFuture<'static, Result<u8, String>> {
        Box::pin(super::panics(ms))
    }
}
