//! The future that `gather!` makes where members depend on others.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

pin_project! {
    /// The future of an in-task group in which members depend on others: like [`Gathering`](crate::Gathering).
    ///
    /// It is [`Send`] when its members are, and the values that others depend on are [`Sync`]. Members that wait for one that did
    /// not succeed never start.
    ///
    /// # Examples
    ///
    /// ```
    /// use gather::gather;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let r = gather! { word => async { "word" }, length => async |word| { word.len() } }.await;
    /// assert_eq!((r.word, r.length), ("word", 4));
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When it is polled after it has ended, as other futures do.
    #[must_use = "a group does nothing until it is awaited: add `.await`, or `; spawn` to run it as tasks"]
    pub struct DependentGathering<F> {
        #[pin]
        group: F,
    }
}

impl<F> DependentGathering<F> {
    pub(crate) fn new(group: F) -> Self {
        Self { group }
    }
}

impl<F: Future> Future for DependentGathering<F> {
    type Output = F::Output;
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().group.poll(cx)
    }
}
