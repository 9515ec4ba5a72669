//! What an output, an error, a panic, or a deadline means: for a member, and for its group. Used in-task and spawned.
//!
//! * `member`: how an output, or the [`Abort`] of a member, becomes its field or its failure. `keyed` and `adopted` do that for items with
//!   keys, and for tasks and groups that ran before; `early_return` for members of a fn.
//! * `group`: what failures mean for the group, and what the group then yields.
//! * `deadline`: `timeout` and `until`.

mod abort;
#[cfg(feature = "tokio")]
mod adopted;
mod deadline;
mod early_return;
mod group;
mod keyed;
mod member;

#[cfg(feature = "tokio")]
pub(crate) use abort::caught;
pub use abort::{Abort, StopReason};
#[cfg(feature = "tokio")]
pub use adopted::{AbortAdopted, AbortGroup, Adopted, AdoptedPolicy, Cancel, GroupMember};
#[cfg(feature = "tokio")]
pub use deadline::Timeout;
pub use deadline::{Deadline, EitherDeadline, NoDeadline, Until};
pub use early_return::{EarlyReturn, ReturnOnError, TryOutput};
pub(crate) use group::POLLED_AFTER_THE_END;
pub use group::{
    AllErrors, FirstError, FirstErrorPerPoll, GroupPolicy, InfalliblePerPoll, NamedErrorPerPoll, NeverFails,
    Persistent, PolicyState, Record,
};
#[cfg(feature = "tokio")]
pub use keyed::PrintKey;
pub use keyed::{KeyedFailure, KeyedFuture, KeyedPolicy, PrintedKey, UnprintedKey};
pub use member::{
    Caught, CaughtRequired, ConvertError, FinderUnknown, FromError, Identity, MemberError, MemberPolicy, NeedsFinder,
    PerMember, Plain, Required, Returned, ReturnedAny, ReturnsException,
};
