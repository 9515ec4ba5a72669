//! How members are aborted.

#[cfg(feature = "tokio")]
pub use of_tasks::AbortMember;

/// Aborts a member, or all items of a list.
pub trait Abortable {
    /// Returns at once. The member reports when it has been dropped.
    fn abort(&self);
    /// Aborts for a deadline, which waits for no member that cannot be dropped: such a member reports at once, and
    /// [lingers](super::state::GroupState::linger).
    fn abort_promptly(&self) {
        self.abort();
    }
}

#[cfg(feature = "tokio")]
mod of_tasks {
    use std::sync::Arc;

    use tokio::task::AbortHandle;

    use super::Abortable;
    use crate::policy::AbortAdopted;

    pub enum AbortMember {
        /// The group's own task of a member; and the adopted task or group, if that is what the member is.
        Task { own: AbortHandle, adopted: Option<AbortAdopted> },
        /// All items of a list.
        Batch(Arc<dyn Abortable + Send + Sync>),
    }

    impl Abortable for AbortMember {
        fn abort(&self) {
            match self {
                Self::Task { own, adopted: None } => own.abort(),
                // The member's own task waits for the adopted one, and ends with it.
                Self::Task { adopted: Some(adopted), .. } => adopted.abort(),
                Self::Batch(batch) => batch.abort(),
            }
        }

        fn abort_promptly(&self) {
            match self {
                Self::Task { own, adopted } => {
                    // The adopted one first: most often it is gone before its own task looks.
                    if let Some(adopted) = adopted {
                        adopted.abort();
                    }
                    own.abort();
                }
                Self::Batch(batch) => batch.abort_promptly(),
            }
        }
    }
}
