//! The in-task engine: one future that polls all members inside the awaiting task.
//!
//! * [`Gathering`] is that future. It holds a tree: [`Single`](single::Single) members, [`List`](list::List)s and
//!   [`LazyList`](lazy::LazyList)s, put together by [`Pair`](pair::Pair).
//! * A [`Sweep`](sweep::Sweep) goes through the tree once, in member order, and polls the members that are due.
//! * A single member is due in every sweep: a fixed group polls all that are unfinished, with the task's own waker. The
//!   items of a list are due when they were woken, which a [`ReadySet`](ready::ReadySet) records.

mod depended;
mod dependent;
mod gathering;
mod late;
mod lazy;
mod list;
mod pair;
#[allow(unsafe_code)]
mod pinned;
mod ready;
mod single;
mod slot;
mod stage;
mod sweep;
mod turn;

pub use depended::{Depended, Harvest};
pub use dependent::DependentGathering;
pub use gathering::{Gathering, Limit, Limited, Unlimited};
pub use late::Late;
pub use lazy::LazyList;
pub use list::List;
pub use pair::{Nil, Pair};
pub use single::Single;
pub use stage::Stage;
pub use sweep::{Branch, Part, Sweep};
pub use turn::{After, Always, InLine, OnceOpen};
