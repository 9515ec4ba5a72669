//! What an output, an error, a panic, or a deadline means: for a member, and for its group. Used in-task and spawned.

mod abort;
#[cfg(feature = "tokio")]
mod adopted;
mod deadline;
mod early_return;
mod group;
mod keyed;
mod member;

pub use abort::{Interruption, Stop};
#[cfg(feature = "tokio")]
pub use adopted::{Adopt, Adopted, Cancel, HandOn, KeepHanded, StopAdopted, StopGroup};
#[cfg(feature = "tokio")]
pub use deadline::Timeout;
pub use deadline::{Deadline, Either, NoDeadline, Until};
pub use early_return::{Exit, Leaving, Stays};
pub(crate) use group::POLLED_AFTER_THE_END;
pub use group::{
    AllErrors, FirstError, ForFirstError, ForNamedError, ForNothing, Hear, Infallibly, Lasting, Policy, Verdict,
};
#[cfg(feature = "tokio")]
pub use keyed::KeyText;
pub use keyed::{Hidden, KeyedBy, OfKey, Shown, WithKey};
pub use member::{
    As, Convert, Failed, FindSources, Guard, GuardNeed, Keep, KeepAny, Need, Never, Own, Pass, Refused, Same, Settle,
    Unfound,
};
