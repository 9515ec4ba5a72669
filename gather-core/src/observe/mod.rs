//! What a group tells `tracing`: the feature `tracing`.
//!
//! A group has a span `group`, and each member and item a span `member`, at level DEBUG and target `gather`. The subscriber is asked
//! once for each group: an in-task group at its first poll, a spawned one where it is made. If the answer is no, the group has
//! nothing but a null pointer to look at; if it is yes, that pointer leads to what is recorded.
//!
//! * [`Labels`] say what members are called and what they wait for; the expansion gives them.
//! * [`Observer`] is an in-task group's pointer, and [`Watch`] what one sweep carries of it. A member is polled between
//!   [`Watch::poll`] and `done`.
//! * [`TaskSpans`] are a spawned group's, and [`TaskSpan`] is that of each of its members, which has it also while it waits. A task
//!   has it as its [`TaskObserver`]; one that nobody observes is of another type.
//! * The module `spans` has what is behind the pointers. A member's span that is dropped without an outcome has the outcome
//!   [`Dropped`](Outcome::Dropped), so every member has exactly one.
//!
//! Without the feature all these types are empty, and so are their functions: see the module `nothing`.

mod labels;
#[cfg(feature = "tokio")]
mod observer;
mod outcome;

#[cfg(feature = "tracing")]
mod in_task;
#[cfg(not(feature = "tracing"))]
mod nothing;
#[cfg(feature = "tracing")]
mod rare;
#[cfg(feature = "tracing")]
mod spans;
#[cfg(all(feature = "tracing", feature = "tokio"))]
mod spawned;

#[cfg(feature = "tracing")]
pub use in_task::{Asked, Observer, Watch};
pub use labels::{Labels, Roster};
#[cfg(all(not(feature = "tracing"), feature = "tokio"))]
pub use nothing::{NoSpan, TaskSpan, TaskSpans};
#[cfg(not(feature = "tracing"))]
pub use nothing::{Observer, Watch};
#[cfg(feature = "tokio")]
pub use observer::{Observable, SpawnWith, TaskObserver, Unobserved};
pub use outcome::Outcome;
#[cfg(all(feature = "tracing", feature = "tokio"))]
pub use spawned::{NoSpan, TaskSpan, TaskSpans};

use alloc::boxed::Box;

/// What an item's key is called, if it has one and that can be printed.
pub type KeyText = Option<Box<str>>;
