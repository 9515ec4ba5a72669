//! What handles of tokio and asyncio call it. None of these methods can be called: the error names the one that can.

use crate::typing::messages::{self as say, Gather};
use crate::spawn::Group;

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
