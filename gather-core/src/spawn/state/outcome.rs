//! The outcome of a group, and who looks at it.

use std::sync::Arc;

/// An outcome that several threads look at: callbacks, and the handle.
pub(in crate::spawn) trait Shared<T, X>: Send + Sync {
    fn get(&self) -> &Result<T, X>;
    /// By value for the last who has it.
    fn take(self: Arc<Self>) -> Option<Result<T, X>>;
}

impl<T: Send + Sync, X: Send + Sync> Shared<T, X> for Result<T, X> {
    fn get(&self) -> &Result<T, X> {
        self
    }
    fn take(self: Arc<Self>) -> Option<Result<T, X>> {
        Arc::into_inner(self)
    }
}

pub(in crate::spawn) type SharedOutcome<T, X> = Arc<dyn Shared<T, X>>;
/// Makes an outcome shareable: known where it is known that the types are `Sync`.
pub(in crate::spawn) type Share<T, X> = fn(Result<T, X>) -> SharedOutcome<T, X>;
pub(in crate::spawn) type Callback<T, X> = Box<dyn FnOnce(&Result<T, X>) + Send>;

pub(super) enum Outcome<T, X> {
    /// Not settled.
    None,
    Private(Result<T, X>),
    Shared(SharedOutcome<T, X>),
    /// With the handle.
    Taken,
}

/// What the handle takes along when it looks at the outcome.
pub(in crate::spawn) enum Seen<T, X> {
    PerMember(Result<T, X>),
    Shared(SharedOutcome<T, X>),
}

impl<T, X> Seen<T, X> {
    pub(in crate::spawn) fn get(&self) -> &Result<T, X> {
        match self {
            Self::PerMember(outcome) => outcome,
            Self::Shared(outcome) => outcome.get(),
        }
    }
}

impl<T, X> Outcome<T, X> {
    pub(super) fn new(outcome: Result<T, X>, share: Option<Share<T, X>>) -> Self {
        match share {
            Some(share) => Self::Shared(share(outcome)),
            None => Self::Private(outcome),
        }
    }

    pub(super) fn share(&mut self, share: Share<T, X>) {
        *self = match std::mem::replace(self, Self::None) {
            Self::Private(outcome) => Self::Shared(share(outcome)),
            other => other,
        };
    }

    /// For the handle. A private one moves.
    pub(super) fn see(&mut self) -> Option<Seen<T, X>> {
        match std::mem::replace(self, Self::Taken) {
            Self::Private(outcome) => Some(Seen::PerMember(outcome)),
            Self::Shared(outcome) => {
                *self = Self::Shared(Arc::clone(&outcome));
                Some(Seen::Shared(outcome))
            }
            other => {
                *self = other;
                None
            }
        }
    }

    /// By value. `seen` is what the handle had taken; nobody else has any of it.
    pub(super) fn into_inner(self, seen: Option<Seen<T, X>>) -> Option<Result<T, X>> {
        match (self, seen) {
            (_, Some(Seen::PerMember(outcome))) | (Self::Private(outcome), None) => Some(outcome),
            (Self::Shared(outcome), seen) => {
                drop(seen);
                outcome.take()
            }
            _ => None,
        }
    }
}
