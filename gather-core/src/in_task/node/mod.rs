//! The nodes of a group's tree: each is a member, a list of members, or several of these.

pub mod deferred;
pub mod future;
pub mod nested;
pub mod pair;
pub mod published;
