//! What `as_completed` and `in_order` give.

use alloc::boxed::Box;
use core::fmt;
use core::future::poll_fn;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

/// The results of one list, one by one: what `gather!` gives with `as_completed` or `in_order`.
///
/// Take them with [`next`](Self::next), or as the [`Stream`] that it is. Nothing runs before that, and members make progress only
/// while it is polled, inside the task that polls it. To let them run on meanwhile, spawn them:
/// `gather!(*jobs.map(tokio::spawn); as_completed, return_exceptions)`, whose tasks are aborted when this is dropped.
///
/// With `as_completed` it gives `(usize, T)` in the order in which the items end, with the position in the list, or `(K, T)` of a list
/// of pairs `(key, future)`; with `in_order` it gives `T`, or `(K, T)`, in the order of the list. With a `?` behind the list these are in
/// `Ok`, and the first error is the last that it gives: results that ended before it or along with it come first (`in_order`: all
/// that stand before it in the list), and what still runs is dropped.
///
/// [`size_hint`](Stream::size_hint) says how many results are left: exactly, for a list whose iterator knows its length and in which no
/// error can end it; with a `?`, at least those that wait and one more, since that may be the error, and at most as many as there are
/// items left. An iterator that does not know its length adds what it says itself, a stream of futures is not asked and may have any
/// number. A panic ends it before.
///
/// Under `limit = n` no more than `n` items are in progress or wait to be taken, however slow the reader is. When one is taken, the next
/// item starts in its place at the next `next()`; while other results wait, as soon as a quarter of the places is free, or sixteen.
///
/// Its parameter is no part of the interface. In a signature, write `Completions<impl Stream<Item = (usize, T)> + Unpin>`, or make it a
/// type with a name by [`boxed`](Self::boxed).
///
/// # Panics
///
/// A panic of an item goes on to whoever polls, except under `return_exceptions`; afterwards nothing more is given.
///
/// # Cancel safety
///
/// `next` is cancel safe: no result is taken before it is returned. Dropping the `Completions` drops the items that are in progress,
/// and the results that wait.
///
/// # Examples
///
/// The first two of three suffice:
///
/// ```
/// use gather::gather;
///
/// async fn replica(delay: u64) -> u64 {
///     tokio::time::sleep(std::time::Duration::from_millis(delay)).await;
///     delay
/// }
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let mut answers = gather!(*[30, 10, 20].map(replica); as_completed);
/// let mut votes = Vec::new();
/// while let Some((index, answer)) = answers.next().await {
///     votes.push((index, answer));
///     if votes.len() == 2 {
///         break;
///     }
/// }
/// assert_eq!(votes, [(1, 10), (2, 20)]);
/// # }
/// ```
#[must_use = "nothing runs before `next()` is called"]
pub struct Completions<S>(S);

impl<S> Completions<S> {
    pub(crate) fn new(results: S) -> Self {
        Self(results)
    }
}

impl<S: Stream + Unpin> Completions<S> {
    /// The next result, as soon as there is one; `None` when all have been given, or the error that ended it.
    ///
    /// # Cancel safety
    ///
    /// The future can be dropped at any time, as in `tokio::select!`: no result is lost.
    pub async fn next(&mut self) -> Option<S::Item> {
        poll_fn(|cx| Pin::new(&mut self.0).poll_next(cx)).await
    }

    /// These results behind a pointer, as a type that can be named.
    ///
    /// # Examples
    ///
    /// ```
    /// use std::pin::Pin;
    ///
    /// use futures_core::Stream;
    /// use gather::{Completions, gather};
    ///
    /// struct Download {
    ///     chunks: Completions<Pin<Box<dyn Stream<Item = Vec<u8>> + Send>>>,
    /// }
    ///
    /// async fn chunk(number: u8) -> Vec<u8> {
    ///     vec![number; 4]
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let mut download = Download { chunks: gather!(*(0..3).map(chunk); limit = 2, in_order).boxed() };
    /// assert_eq!(download.chunks.next().await, Some(vec![0; 4]));
    /// # }
    /// ```
    pub fn boxed<'a>(self) -> Completions<Pin<Box<dyn Stream<Item = S::Item> + Send + 'a>>>
    where
        S: Send + 'a,
    {
        Completions(Box::pin(self.0))
    }

    /// As [`boxed`](Self::boxed), of a list that is not [`Send`].
    pub fn boxed_local<'a>(self) -> Completions<Pin<Box<dyn Stream<Item = S::Item> + 'a>>>
    where
        S: 'a,
    {
        Completions(Box::pin(self.0))
    }
}

impl<S: Stream + Unpin> Stream for Completions<S> {
    type Item = S::Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<S::Item>> {
        Pin::new(&mut self.0).poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl<S> fmt::Debug for Completions<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Completions").finish_non_exhaustive()
    }
}
