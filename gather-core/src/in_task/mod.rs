//! The in-task engine: one future that polls all members inside the awaiting task.
//!
//! * [`GatherFuture`] is that future. It holds [`Members`](members::Members): a tree of [`FutureNode`](node::future::FutureNode) members,
//!   [`List`](list::List)s and [`LimitedList`](limited::LimitedList)s, put together by [`Pair`](node::pair::Pair), and the
//!   [`WakeStrategy`](wakers::WakeStrategy) of the single ones: bits that say what is in the slot of each, and which are due.
//! * A [`Sweep`](sweep::Sweep) goes through the tree once, in member order, and polls the members that are due. In a small
//!   group these are all that are unfinished; else those that were woken, which a set of the module [`ready`] records.
//!
//! All `unsafe` of the crate is in this folder. Slots of members have no tags: the bits are the tags, and each is changed before the
//! slot that it describes, so that panics and drops at any moment find the truth. That is the invariant of
//! [`Members`](members::Members), and of each list. The sets of `ready` are shared with wakers on other threads, and modelled.
//!
//! Small fns are inlined always, but not where debug assertions are on: without optimisation an inlined fn has its locals in the frame
//! that is on the stack while members run, and groups in groups would need a multiple of it. Only a fn that calls the next step once,
//! and does nothing else, is inlined there too.
#![allow(unsafe_code)]

mod completions;
mod end_guard;
mod enter;
mod gather_future;
mod into_node;
#[cfg(feature = "tracing")]
mod labelled;
mod limited;
mod list;
mod members;
mod node;
mod observed;
mod once_cell;
mod pass;
mod permits;
mod ready;
mod rotation;
mod sendable;
mod slot;
mod slot_states;
mod start;
mod storage;
mod sweep;
mod wakers;

pub use completions::StartsMore;
pub use completions::{
    AsEnded, CompletingList, CompletionOrder, CompletionStream, FirstFailure, InOrder, Untaken, WithIndex,
};
pub use enter::{AsFuture, AsItself, Enter};
pub use gather_future::{AsFields, BuildOnce, GatherFuture};
pub use into_node::{EnteredList, EnteredMember, IntoNode, PublishedMember};
#[cfg(feature = "tracing")]
pub use labelled::Labelled;
pub use limited::LimitedList;
pub use limited::source::{ItemSource, IteratorSource, StreamSource};
pub use list::List;
pub(crate) use list::slots::enter_all;
pub use node::deferred::DeferredList;
pub use node::future::FutureNode;
pub use node::nested::Nested;
pub use node::pair::{Nil, Pair};
pub use observed::PollNodes;
pub use once_cell::OnceCell;
pub(crate) use permits::LIMIT_OF_ZERO;
pub use permits::{Limit, Limited, Unlimited};
pub(crate) use ready::word::MEMBERS as MEMBERS_OF_WORD;
pub use sendable::{Leaves, Singles};
pub use start::{AfterDependencies, Immediately, StartCondition, WithPermit};
pub(crate) use storage::store;
pub use storage::{ON_THE_HEAP, Stored, into_inner, pinned};
#[cfg(feature = "tokio")]
pub use storage::{Storage, task};
pub use sweep::{Node, PollNode};
pub(crate) use wakers::FEW;
pub use wakers::{PollAll, PollFew, PollWoken, WakeStrategy};
