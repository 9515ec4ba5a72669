//! Iterators, streams and keys that call [`hit`] wherever they run.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use futures::Stream;

use crate::fuse::{Point, Token, hit, wait_for_ring};

/// An iterator of so many members.
pub(crate) struct Iter<T> {
    left: usize,
    make: fn(usize) -> T,
    _token: Token,
}

pub(crate) fn iter<T>(left: usize, make: fn(usize) -> T) -> Iter<T> {
    Iter { left, make, _token: Token::new(Point::IteratorDrop) }
}

impl<T> Iterator for Iter<T> {
    type Item = T;
    fn next(&mut self) -> Option<T> {
        hit(Point::Next);
        self.left = self.left.checked_sub(1)?;
        Some((self.make)(self.left))
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        hit(Point::SizeHint);
        (self.left, Some(self.left))
    }
}

/// A stream of so many members. Every other poll of it is pending.
pub(crate) struct Strm<T> {
    items: Iter<T>,
    pending: bool,
}

pub(crate) fn stream<T>(left: usize, make: fn(usize) -> T) -> Strm<T> {
    Strm { items: iter(left, make), pending: false }
}

impl<T> Stream for Strm<T> {
    type Item = T;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<T>> {
        hit(Point::StreamPoll);
        self.pending = !self.pending;
        if self.pending {
            wait_for_ring(cx);
            return Poll::Pending;
        }
        Poll::Ready(self.items.next())
    }
    fn size_hint(&self) -> (usize, Option<usize>) {
        self.items.size_hint()
    }
}

/// The key of an item.
pub(crate) struct Key(#[allow(dead_code, reason = "for its destructor")] Token);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hit(Point::KeyDebug);
        f.write_str("key")
    }
}

/// An item with its key.
pub(crate) fn keyed<T>(item: T) -> (Key, T) {
    (Key(Token::new(Point::KeyDrop)), item)
}
