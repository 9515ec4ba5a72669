use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Ready at the second poll. It wakes itself at the first, and keeps no waker.
pub(crate) fn yield_once() -> Yield {
    Yield(false)
}

pub(crate) struct Yield(bool);

impl Future for Yield {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
