//! Why a member gives no output of its own.

use crate::exception::{ExceptionKind, Panic};

/// Why a member gave no output of its own.
pub enum Interruption {
    Panicked(Panic),
    Cancelled,
    TimedOut,
    /// What it depends on did not succeed.
    Skipped,
}

impl<E> From<Interruption> for ExceptionKind<E> {
    fn from(why: Interruption) -> Self {
        match why {
            Interruption::Panicked(panic) => Self::Panicked(panic),
            Interruption::Cancelled => Self::Cancelled,
            Interruption::TimedOut => Self::TimedOut,
            Interruption::Skipped => Self::Skipped,
        }
    }
}

/// Why unfinished members are ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stop {
    TimedOut,
    Cancelled,
}

impl From<Stop> for Interruption {
    fn from(why: Stop) -> Self {
        match why {
            Stop::TimedOut => Self::TimedOut,
            Stop::Cancelled => Self::Cancelled,
        }
    }
}

/// Without a policy nothing is caught and nothing has a deadline: only a caught panic can come here, and goes on.
pub(crate) fn uncaught(why: Interruption) -> ! {
    match why {
        Interruption::Panicked(panic) => panic.resume(),
        Interruption::Cancelled | Interruption::TimedOut | Interruption::Skipped => {
            unreachable!("deadlines and failed dependencies need a policy that goes on after a failure")
        }
    }
}
