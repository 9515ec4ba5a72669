//! What the benchmarks measure: the work items, every peer that can do them, and the floor.
//!
//! Nothing here knows `gather!`, so that a change of its engine compiles none of the peers anew. What is measured is in
//! [`items`]; who does it, in `fixed`, `fallible`, `lists` and
//! `limited`; how often a future has to be polled at least, in [`floor`]; how a group is driven, in `drive`.
#![recursion_limit = "512"]
#![forbid(unsafe_code)]

mod drive;
mod entry;
mod fallible;
mod fixed;
pub mod floor;
pub mod items;
mod leaves;
mod limited;
mod lists;

pub use entry::Entry;
pub use items::{Item, Side, WorkItem};
pub use leaves::polls;

/// futures-concurrency's join of an array. It takes members of one type only, so it is shown, but is no peer of a fixed group:
/// no cell has it as its best.
pub const ARRAY: &str = "fc array";

struct Peers;

impl Side for Peers {
    fn fixed<F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        F: Future + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        fixed::entries(n, item)
    }

    fn fallible<T, E, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        E: 'static,
        F: Future<Output = Result<T, E>> + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        fallible::entries(n, item)
    }

    fn list<T, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        lists::entries(n, item)
    }

    fn limited<T, F, M, W>(&self, n: usize, limit: usize, item: Item<M, W>) -> Vec<Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        limited::entries(n, limit, item)
    }
}

/// The floor, and every peer that can do `item` with `n` members.
///
/// # Panics
///
/// For a fixed group of a size that is not in [`FIXED`].
#[inline(never)]
pub fn peers(item: WorkItem, n: usize) -> Vec<Entry> {
    item.entries(n, &Peers)
}

/// The sizes of fixed groups.
pub const FIXED: [usize; 7] = [2, 3, 4, 8, 16, 32, 64];

/// The sizes of lists.
pub const LISTS: [usize; 6] = [10, 100, 1_000, 10_000, 100_000, 1_000_000];

/// The sizes of lists under a limit.
pub const LIMITED: [usize; 2] = [1_000, 100_000];

/// Calls `$module!(name size: numbers of the members)` for each size of fixed groups.
#[macro_export]
macro_rules! for_each_size {
    ($each:ident) => {
        $each!(two 2: 0 1);
        $each!(three 3: 0 1 2);
        $each!(four 4: 0 1 2 3);
        $each!(eight 8: 0 1 2 3 4 5 6 7);
        $each!(sixteen 16: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15);
        $each!(thirty_two 32: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31);
        $each!(sixty_four 64: 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31
            32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63);
    };
}

/// Calls `$call` in the module of the size `$n`.
#[macro_export]
macro_rules! of_size {
    ($n:expr, $call:ident($($argument:expr),*)) => {
        match $n {
            2 => two::$call($($argument),*),
            3 => three::$call($($argument),*),
            4 => four::$call($($argument),*),
            8 => eight::$call($($argument),*),
            16 => sixteen::$call($($argument),*),
            32 => thirty_two::$call($($argument),*),
            64 => sixty_four::$call($($argument),*),
            n => panic!("no fixed group has {n} members"),
        }
    };
}
