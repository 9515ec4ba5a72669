//! Cancels a group from anywhere, without its types.

use std::fmt;
use std::sync::Arc;

use super::shared::SharedGroup;
use crate::policy::Cancel;

impl<T: Send + 'static, X: Send + 'static> Cancel for Arc<SharedGroup<T, X>> {
    fn cancel(&self) -> bool {
        SharedGroup::cancel(self)
    }
    fn is_done(&self) -> bool {
        self.state.is_done()
    }
    fn is_cancelled(&self) -> bool {
        self.state.is_cancelled()
    }
}

/// Cancels a spawned group from anywhere: see [`Group::canceller`](crate::Group::canceller). It is [`Send`], [`Sync`] and `'static` whatever the group
/// gives, and its clones cancel the same group.
#[derive(Clone)]
pub struct Canceller(Arc<dyn Cancel>);

impl Canceller {
    pub(super) fn new<T: Send + 'static, X: Send + 'static>(shared: &Arc<SharedGroup<T, X>>) -> Self {
        Self(Arc::new(Arc::clone(shared)))
    }

    /// See [`Group::cancel`](crate::Group::cancel).
    #[allow(clippy::must_use_candidate, reason = "most callers need not know")]
    pub fn cancel(&self) -> bool {
        self.0.cancel()
    }

    /// See [`Group::is_done`](crate::Group::is_done).
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.0.is_done()
    }

    pub(super) fn into_inner(self) -> Arc<dyn Cancel> {
        self.0
    }
}

impl fmt::Debug for Canceller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Canceller").field("done", &self.is_done()).finish()
    }
}
