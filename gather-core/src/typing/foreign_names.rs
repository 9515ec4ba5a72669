//! Names that other crates have for what is here. These methods and traits cannot be used, and the error names what can.

use alloc::vec::Vec;
use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;

use super::messages::{self as say, Gather};
use crate::completions::Completions;
#[cfg(feature = "tokio")]
use crate::spawn::Group;

// Never implemented, for nothing meets the bounds: what rustc says of `for x in completions` and of `completions.await` is what these
// say. Not `IntoIterator` and `IntoFuture`, which all iterators and futures have anyway: of a trait that might be implemented in two
// ways rustc does not tell why neither is.

#[doc(hidden)]
impl<S: Stream> Iterator for Completions<S>
where
    Gather: say::NextNotFor<S>,
{
    type Item = S::Item;
    fn next(&mut self) -> Option<S::Item> {
        unreachable!("it does not compile")
    }
}

#[doc(hidden)]
impl<S: Stream> Future for Completions<S>
where
    Gather: say::NextNotAwait<S>,
{
    type Output = Vec<S::Item>;
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Vec<S::Item>> {
        unreachable!("it does not compile")
    }
}

#[cfg(feature = "tokio")]
impl<T, X> Group<T, X> {
    #[doc(hidden)]
    pub fn abort(&self) -> bool
    where
        Gather: say::CancelNotAbort<T>,
    {
        self.cancel()
    }

    #[doc(hidden)]
    pub fn is_finished(&self) -> bool
    where
        Gather: say::IsDoneNotIsFinished<T>,
    {
        self.is_done()
    }

    #[doc(hidden)]
    pub fn done(&self) -> bool
    where
        Gather: say::IsDoneNotDone<T>,
    {
        self.is_done()
    }

    #[doc(hidden)]
    pub fn add_done_callback<F>(&self, _: F)
    where
        Gather: say::OnDoneNotAddDoneCallback<T>,
    {
    }
}
