//! Compile time only: which member this is, and where it is none, what the compiler says.
//!
//! Each question is asked of a ladder of types, on which method lookup finds the answer: [`kinds`] says how. The questions:
//!
//! * Which kind of member is this? [`kinds`], whose levels are in [`levels`]; and [`plain`], with fewer levels for what most members are.
//! * What is it instead, where it is no member? [`not_a_member`]; [`messages`] has the texts, and [`invalid`] stands for it from then on.
//! * Are the items of a list pairs? [`keys`].
//! * Is the value of an option of the right type? [`options`].
//! * How is the source of an error found? [`error_source`].
//! * Can a member be sent to another thread, and its value be shared? `send`, `share`.
//!
//! The questions are asked of what was written: [`syntax`], and [`dependent`] for the bodies of dependants. The module `foreign_names` has
//! no question: it explains what other crates call things.

pub mod dependent;
pub mod error_source;
mod foreign_names;
pub mod invalid;
pub mod keys;
pub mod kinds;
pub mod levels;
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "a thread is std's, and so are mistakes with it"))]
pub mod messages;
#[cfg_attr(not(feature = "std"), allow(dead_code, reason = "as above"))]
pub mod not_a_member;
pub mod options;
pub mod plain;
#[cfg(feature = "tokio")]
pub mod send;
#[cfg(feature = "tokio")]
pub mod share;
pub mod syntax;
