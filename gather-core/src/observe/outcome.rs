//! What has become of a member.

/// The outcome of a member, as its span says it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    Ok,
    Error,
    Panicked,
    Cancelled,
    TimedOut,
    /// What it depends on did not succeed.
    Skipped,
    /// The group had ended, or was dropped, before the member had.
    #[cfg_attr(not(feature = "tracing"), allow(dead_code, reason = "nobody says so"))]
    Dropped,
}

#[cfg(feature = "tracing")]
impl Outcome {
    pub(super) const fn word(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Panicked => "panicked",
            Self::Cancelled => "cancelled",
            Self::TimedOut => "timed_out",
            Self::Skipped => "skipped",
            Self::Dropped => "dropped",
        }
    }
}
