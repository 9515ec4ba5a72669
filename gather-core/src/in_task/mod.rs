//! The in-task engine: one future that polls all members inside the awaiting task.
//!
//! * [`GatherFuture`] is that future. It holds [`Members`](members::Members): a tree of [`FutureNode`](single::FutureNode) members,
//!   [`List`](list::List)s and [`LimitedList`](limited::LimitedList)s, put together by [`Pair`](pair::Pair), and the
//!   [`WakeStrategy`](slots::WakeStrategy) of the single ones: bits that say what is in the place of each, and who is due.
//! * A [`Sweep`](sweep::Sweep) goes through the tree once, in member order, and polls the members that are due. In a small
//!   group these are all that are unfinished; else those that were woken, which a set of the module [`ready`] records.
//!
//! All `unsafe` of the crate is in this folder. Places of members are not tagged: the bits are the tags, and each is changed before
//! what it stands for, so that panics and drops at any moment find the truth. That is the invariant of
//! [`Members`](members::Members), and of each list. The sets of `ready` are shared with wakers on other threads, and modelled.
//!
//! What is small is inlined always, but not where debug assertions are on: without optimisation whatever is inlined has its locals
//! in the frame that is on the stack while members run, and groups in groups would need a multiple of it. Only what calls the next
//! step once, and does nothing else, is inlined there too.
#![allow(unsafe_code)]

mod completing;
mod depended;
mod gathering;
mod items;
mod knot;
mod late;
mod limited;
mod list;
mod members;
mod once_cell;
mod pair;
mod id;
mod pool;
mod progress;
mod ready;
mod results;
mod slots;
mod seed;
mod sendable;
mod single;
mod source;
mod stage;
mod storage;
mod sweep;
mod condition;

pub use completing::{AsEnded, CompletingList, CompletionStream, FirstFailure, InOrder, CompletionOrder, UntakenResults, WithIndex};
pub use depended::Published;
pub(crate) use gathering::LIMIT_OF_ZERO;
pub use gathering::{GatherFuture, Limit, Limited, BuildOnce, Unlimited};
pub use knot::Nested;
pub use late::DeferredList;
pub use limited::LimitedList;
pub use list::List;
pub use once_cell::OnceCell;
pub use pair::{Nil, Pair};
pub use slots::{PollAll, PollFew, PollWoken, WakeStrategy};
pub use seed::Unpolled;
pub use sendable::{Leaves, Singles};
pub use single::FutureNode;
pub use source::{IteratorSource, StreamSource};
pub use stage::Stage;
pub(crate) use storage::store;
pub use storage::{ON_THE_HEAP, Stored, into_inner, pinned};
#[cfg(feature = "tokio")]
pub use storage::{Storage, stored};
pub use sweep::{PollNode, Node};
pub use condition::{AfterDependencies, Immediately, WithPermit, WhenReady};
