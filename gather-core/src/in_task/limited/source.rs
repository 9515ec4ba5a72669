//! What the items of a list are pulled from, one by one as they start.

use alloc::boxed::Box;
use core::pin::Pin;
use core::task::{Context, Poll};

/// An iterator or a stream.
pub trait ItemSource {
    type Item;
    /// Whether it may have to wait for its next item. Then it is polled with a waker of its own, and again once that was woken.
    const WAITS: bool;
    /// Whether each of its items needs a permit of the group's `limit` to start. Else every item starts as soon as it is there.
    const LIMITED: bool;

    fn pull(&mut self, cx: &mut Context<'_>) -> Poll<Option<Self::Item>>;

    /// How many items are left, as an iterator says it.
    fn size_hint(&self) -> (usize, Option<usize>);
}

/// Items of an iterator, started as permits are free if `LIMITED`.
pub struct IteratorSource<I, const LIMITED: bool>(pub(crate) I);

impl<I: Iterator, const LIMITED: bool> ItemSource for IteratorSource<I, LIMITED> {
    type Item = I::Item;
    const WAITS: bool = false;
    const LIMITED: bool = LIMITED;

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn pull(&mut self, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
        Poll::Ready(self.0.next())
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Items of a stream. It is boxed, since a stream need not be `Unpin`, and lists are.
pub struct StreamSource<S, const LIMITED: bool>(pub(crate) Pin<Box<S>>);

impl<S: futures_core::Stream, const LIMITED: bool> ItemSource for StreamSource<S, LIMITED> {
    type Item = S::Item;
    const WAITS: bool = true;
    const LIMITED: bool = LIMITED;

    fn pull(&mut self, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        self.0.as_mut().poll_next(cx)
    }

    /// Not asked of the stream: a shared reference to one that points into itself would claim what it points to, and nothing
    /// depends on how long a stream is.
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, None)
    }
}
