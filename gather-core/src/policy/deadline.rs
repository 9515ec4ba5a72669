//! `timeout` and `until`: what ends a group before its members have ended.

use core::future::Future;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::abort::StopReason;
#[cfg(feature = "tokio")]
use core::time::Duration;
#[cfg(feature = "tokio")]
use tokio::time::Sleep;

/// What may end a group before its members have ended. It is polled after each sweep that leaves members unfinished.
pub trait Deadline {
    /// Whether it can come at all.
    const EVER: bool = true;
    /// Called at the start of every poll; the clock runs from the first.
    fn arm(self: Pin<&mut Self>);
    /// Drops what it holds, since the group has ended.
    fn clear(self: Pin<&mut Self>);
    /// Ready when the deadline comes, once.
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<StopReason>;
}

/// Neither `timeout` nor `until`.
pub struct NoDeadline;

impl Deadline for NoDeadline {
    const EVER: bool = false;
    #[inline(always)]
    fn arm(self: Pin<&mut Self>) {}
    #[inline(always)]
    fn clear(self: Pin<&mut Self>) {}
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<StopReason> {
        Poll::Pending
    }
}

pin_project! {
    /// `until = future`. The future is dropped once it has ended.
    pub struct Until<F> {
        #[pin]
        future: Option<F>,
    }
}

impl<F> Until<F> {
    pub(crate) fn new(future: F) -> Self {
        Self { future: Some(future) }
    }
}

impl<F: Future> Deadline for Until<F> {
    fn arm(self: Pin<&mut Self>) {}

    fn clear(self: Pin<&mut Self>) {
        self.project().future.set(None);
    }

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<StopReason> {
        poll_once(self.project().future, cx, StopReason::Cancelled)
    }
}

pin_project! {
    /// `timeout` and `until`: whichever comes first, and `timeout` where both come at once.
    pub struct EitherDeadline<A, B> {
        #[pin]
        a: A,
        #[pin]
        b: B,
    }
}

impl<A, B> EitherDeadline<A, B> {
    pub(crate) fn new(a: A, b: B) -> Self {
        Self { a, b }
    }
}

impl<A: Deadline, B: Deadline> Deadline for EitherDeadline<A, B> {
    fn arm(self: Pin<&mut Self>) {
        let this = self.project();
        this.a.arm();
        this.b.arm();
    }

    fn clear(self: Pin<&mut Self>) {
        let this = self.project();
        this.a.clear();
        this.b.clear();
    }

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<StopReason> {
        let this = self.project();
        match this.a.poll(cx) {
            Poll::Pending => this.b.poll(cx),
            come @ Poll::Ready(_) => come,
        }
    }
}

#[cfg(feature = "tokio")]
pin_project! {
    /// `timeout = duration`, from the first poll on.
    pub struct Timeout {
        after: Duration,
        #[pin]
        sleep: Option<Sleep>,
        over: bool,
    }
}

#[cfg(feature = "tokio")]
impl Timeout {
    pub(crate) fn new(after: Duration) -> Self {
        Self { after, sleep: None, over: false }
    }
}

#[cfg(feature = "tokio")]
impl Deadline for Timeout {
    fn arm(self: Pin<&mut Self>) {
        let mut this = self.project();
        if this.sleep.is_none() && !*this.over {
            this.sleep.set(Some(tokio::time::sleep(*this.after)));
        }
    }

    fn clear(self: Pin<&mut Self>) {
        let mut this = self.project();
        this.sleep.set(None);
        *this.over = true;
    }

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<StopReason> {
        let this = self.project();
        let polled = poll_once(this.sleep, cx, StopReason::TimedOut);
        *this.over |= polled.is_ready();
        polled
    }
}

/// Polls what ends the group, and drops it once it has ended. That is outside tokio's budget, which the members may have spent: a group that
/// is busy must not miss its deadline.
fn poll_once<F: Future>(mut future: Pin<&mut Option<F>>, cx: &mut Context<'_>, why: StopReason) -> Poll<StopReason> {
    let Some(running) = future.as_mut().as_pin_mut() else { return Poll::Pending };
    #[cfg(feature = "tokio")]
    let running = core::pin::pin!(tokio::task::coop::unconstrained(running));
    running.poll(cx).map(|_| {
        future.set(None);
        why
    })
}
