//! Why a member gives no output.

use crate::exception::{ExceptionKind, Panic};
use crate::observe::Outcome;
use crate::unwind::catch;

/// Why a member gave no output.
pub enum Abort {
    Panicked(Panic),
    Cancelled,
    TimedOut,
    /// The member never started, since a member that it depends on did not succeed.
    Skipped,
}

impl From<&Abort> for Outcome {
    fn from(why: &Abort) -> Self {
        match why {
            Abort::Panicked(_) => Self::Panicked,
            Abort::Cancelled => Self::Cancelled,
            Abort::TimedOut => Self::TimedOut,
            Abort::Skipped => Self::Skipped,
        }
    }
}

impl<E> From<&ExceptionKind<E>> for Outcome {
    fn from(kind: &ExceptionKind<E>) -> Self {
        match kind {
            ExceptionKind::Error(_) => Self::Error,
            ExceptionKind::Panicked(_) => Self::Panicked,
            ExceptionKind::Cancelled => Self::Cancelled,
            ExceptionKind::TimedOut => Self::TimedOut,
            ExceptionKind::Skipped => Self::Skipped,
        }
    }
}

impl<E> From<Abort> for ExceptionKind<E> {
    fn from(why: Abort) -> Self {
        match why {
            Abort::Panicked(panic) => Self::Panicked(panic),
            Abort::Cancelled => Self::Cancelled,
            Abort::TimedOut => Self::TimedOut,
            Abort::Skipped => Self::Skipped,
        }
    }
}

/// Why a whole group ends its unfinished members.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum StopReason {
    TimedOut,
    Cancelled,
}

impl From<StopReason> for Abort {
    fn from(why: StopReason) -> Self {
        match why {
            StopReason::TimedOut => Self::TimedOut,
            StopReason::Cancelled => Self::Cancelled,
        }
    }
}

/// Runs user code. A panic of it is caught.
pub(crate) fn caught<T>(user: impl FnOnce() -> T) -> Result<T, Abort> {
    catch(user).map_err(Abort::Panicked)
}

/// Lets a panic go on. Members of a group that catches nothing are ended for no other reason: such a group has neither a deadline nor
/// members that are skipped.
pub(crate) fn uncaught(why: Abort) -> ! {
    match why {
        Abort::Panicked(panic) => panic.resume(),
        Abort::Cancelled | Abort::TimedOut | Abort::Skipped => {
            unreachable!("deadlines and failed dependencies need a policy that goes on after a failure")
        }
    }
}
