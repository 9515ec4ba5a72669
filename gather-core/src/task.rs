//! Adopted tasks: a `JoinHandle<T>` as a member that gives `T`.

use std::future::{Future, Ready};
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::task::JoinHandle;

use crate::deadline::Stop;
use crate::exception::Panic;
use crate::member::Place;
use crate::settle::{Interruption, Settle};

/// A task that belongs to the group: aborted when its member is dropped.
pub struct Adopted<T> {
    handle: JoinHandle<T>,
    /// It was told to stop, and ends so whatever it still gives.
    stopped: Option<Stop>,
}

impl<T> Adopted<T> {
    pub(crate) fn new(handle: JoinHandle<T>) -> Self {
        Self { handle, stopped: None }
    }
}

impl<T> Future for Adopted<T> {
    type Output = Result<T, Interruption>;
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        Pin::new(&mut self.handle).poll(cx).map(|joined| match (self.stopped, joined) {
            (Some(why), _) => Err(why.into()),
            (None, Ok(output)) => Ok(output),
            (None, Err(e)) => Err(match e.try_into_panic() {
                Ok(payload) => Interruption::Panicked(Panic::new(payload)),
                Err(_) => Interruption::Cancelled,
            }),
        })
    }
}

impl<T> Drop for Adopted<T> {
    fn drop(&mut self) {
        self.handle.abort();
    }
}

/// An adopted task, its own output treated as `A` treats one.
pub struct Task<A>(PhantomData<A>);

impl<T, A: Settle<Ready<T>>> Settle<Adopted<T>> for Task<A> {
    type Field = A::Field;
    type Failure = A::Failure;
    const CATCHES: bool = A::CATCHES;
    fn settle(output: Result<T, Interruption>, place: Place) -> Result<A::Field, A::Failure> {
        match output {
            Ok(output) => A::settle(output, place),
            Err(why) => A::interrupted(why, place),
        }
    }
    fn interrupted(why: Interruption, place: Place) -> Result<A::Field, A::Failure> {
        A::interrupted(why, place)
    }
    fn stop(mut future: Pin<&mut Adopted<T>>, why: Stop) -> bool {
        future.stopped = Some(why);
        future.handle.abort();
        true
    }
}
