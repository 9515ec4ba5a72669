//! The outcome of a group, as callbacks and the handle see it.

use std::sync::Arc;

/// An outcome that callbacks and the handle look at on several threads.
pub(in crate::spawn) trait LookAtOutcome<T, X>: Send + Sync {
    fn get(&self) -> &Result<T, X>;
    /// The outcome by value, if this is its last owner.
    fn take(self: Arc<Self>) -> Option<Result<T, X>>;
}

impl<T: Send + Sync, X: Send + Sync> LookAtOutcome<T, X> for Result<T, X> {
    fn get(&self) -> &Result<T, X> {
        self
    }
    fn take(self: Arc<Self>) -> Option<Result<T, X>> {
        Arc::into_inner(self)
    }
}

pub(in crate::spawn) type SharedOutcome<T, X> = Arc<dyn LookAtOutcome<T, X>>;
/// Makes an outcome shareable. It exists where the types are known to be `Sync`.
pub(in crate::spawn) type ShareOutcome<T, X> = fn(Result<T, X>) -> SharedOutcome<T, X>;
pub(in crate::spawn) type Callback<T, X> = Box<dyn FnOnce(&Result<T, X>) + Send>;

pub(super) enum OutcomeSlot<T, X> {
    /// The group is not settled.
    Empty,
    Private(Result<T, X>),
    Shared(SharedOutcome<T, X>),
    /// The handle has it.
    Taken,
}

/// The outcome, as the handle keeps it after it has looked at it.
pub(in crate::spawn) enum ObservedOutcome<T, X> {
    Owned(Result<T, X>),
    Shared(SharedOutcome<T, X>),
}

impl<T, X> ObservedOutcome<T, X> {
    pub(in crate::spawn) fn get(&self) -> &Result<T, X> {
        match self {
            Self::Owned(outcome) => outcome,
            Self::Shared(outcome) => outcome.get(),
        }
    }
}

impl<T, X> OutcomeSlot<T, X> {
    pub(super) fn new(outcome: Result<T, X>, share: Option<ShareOutcome<T, X>>) -> Self {
        match share {
            Some(share) => Self::Shared(share(outcome)),
            None => Self::Private(outcome),
        }
    }

    pub(super) fn share(&mut self, share: ShareOutcome<T, X>) {
        *self = match std::mem::replace(self, Self::Empty) {
            Self::Private(outcome) => Self::Shared(share(outcome)),
            other => other,
        };
    }

    /// The outcome for the handle. A private one moves.
    pub(super) fn observe(&mut self) -> Option<ObservedOutcome<T, X>> {
        match std::mem::replace(self, Self::Taken) {
            Self::Private(outcome) => Some(ObservedOutcome::Owned(outcome)),
            Self::Shared(outcome) => {
                *self = Self::Shared(Arc::clone(&outcome));
                Some(ObservedOutcome::Shared(outcome))
            }
            other => {
                *self = other;
                None
            }
        }
    }

    /// The outcome by value. `seen` is what the handle has; nobody else has it.
    pub(super) fn into_inner(self, seen: Option<ObservedOutcome<T, X>>) -> Option<Result<T, X>> {
        match (self, seen) {
            (_, Some(ObservedOutcome::Owned(outcome))) | (Self::Private(outcome), None) => Some(outcome),
            (Self::Shared(outcome), seen) => {
                drop(seen);
                outcome.take()
            }
            _ => None,
        }
    }
}
