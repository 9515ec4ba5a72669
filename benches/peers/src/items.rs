//! The work items: which futures, and who wakes them.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::pin::Pin;

use tokio::sync::oneshot;

use crate::leaves::{Counted, InTurn, Leaf, Ready, Slot, Value, Woken, Wrong, Yields};

/// A work item of one size.
#[derive(Clone, Copy)]
pub struct Item<M, W> {
    /// Makes the member of a number.
    pub make: M,
    /// Wakes one member from outside, if there is one left, and tells its number.
    pub wake_one: W,
    /// How often each member is polled at least.
    pub rhythm: Rhythm,
    /// How many members were woken from outside.
    pub start: &'static Cell<usize>,
}

/// How often each member is polled at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rhythm {
    /// It is ready at once.
    Once,
    /// It yields once, all others do too.
    Twice,
    /// Once at the start, and once when it was woken, one member at a time.
    OneAtATime,
}

/// The work items by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WorkItem {
    /// As it is named in the table.
    pub name: &'static str,
    /// What its members do.
    pub does: &'static str,
    /// What kind of group does it.
    pub kind: Kind,
}

/// What kind of group does a work item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A fixed number of members, all of them kept.
    Fixed,
    /// A fixed number of members; the first error ends the group. None fails here.
    Fallible,
    /// A list.
    List,
    /// A list of which so many are in progress at most.
    Limited(usize),
}

const fn work(name: &'static str, kind: Kind, does: &'static str) -> WorkItem {
    WorkItem { name, does, kind }
}

/// All of them.
pub const WORK_ITEMS: [WorkItem; 22] = [
    work("A1", Kind::Fixed, "ready at the first poll"),
    work("A2", Kind::Fixed, "yields once"),
    work("A3", Kind::Fixed, "a cell, woken from outside, one at a time"),
    work("A4n", Kind::Fixed, "A3 under five nested async fns"),
    work("A4h", Kind::Fixed, "A3 under five boxed futures"),
    work("A4o", Kind::Fixed, "a tokio oneshot, sent from outside, one at a time"),
    work("T1", Kind::Fallible, "A1, giving `Ok`"),
    work("T2", Kind::Fallible, "A2, giving `Ok`"),
    work("T3", Kind::Fallible, "A3, giving `Ok`"),
    work("T4o", Kind::Fallible, "A4o, giving `Ok`"),
    work("B1", Kind::List, "ready at the first poll"),
    work("B2", Kind::List, "yields once"),
    work("B3", Kind::List, "a cell, woken from outside, one at a time, in random order"),
    work("L1/8", Kind::Limited(8), "B1, at most 8 at once"),
    work("L1/64", Kind::Limited(64), "B1, at most 64 at once"),
    work("L1/1000", Kind::Limited(1_000), "B1, at most 1000 at once"),
    work("L2/8", Kind::Limited(8), "B2, at most 8 at once"),
    work("L2/64", Kind::Limited(64), "B2, at most 64 at once"),
    work("L2/1000", Kind::Limited(1_000), "B2, at most 1000 at once"),
    work(
        "L3/8",
        Kind::Limited(8),
        "a cell, woken from outside, one at a time, in the order in which they started; at most 8 at once",
    ),
    work("L3/64", Kind::Limited(64), "the same, at most 64 at once"),
    work("L3/1000", Kind::Limited(1_000), "the same, at most 1000 at once"),
];

/// The work items whose polls are counted.
pub const POLLS: [WorkItem; 2] =
    [work("P3", Kind::Fixed, "A3, its polls counted"), work("PB3", Kind::List, "B3, its polls counted")];

/// One side of the comparison: it lists its entries for an item of `n` members.
pub trait Side {
    /// For a fixed group.
    fn fixed<F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<crate::Entry>
    where
        F: Future + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static;

    /// For a fixed group that ends at the first error.
    fn fallible<T, E, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<crate::Entry>
    where
        T: 'static,
        E: 'static,
        F: Future<Output = Result<T, E>> + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static;

    /// For a list.
    fn list<T, F, M, W>(&self, n: usize, item: Item<M, W>) -> Vec<crate::Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static;

    /// For a list of which `limit` are in progress at most. Nobody has to.
    fn limited<T, F, M, W>(&self, _n: usize, _limit: usize, _item: Item<M, W>) -> Vec<crate::Entry>
    where
        T: 'static,
        F: Future<Output = T> + Unpin + 'static,
        M: Fn(usize) -> F + Copy + 'static,
        W: Fn() -> Option<usize> + Copy + 'static,
    {
        Vec::new()
    }
}

impl WorkItem {
    /// What `side` can do it with, for `n` members.
    ///
    /// # Panics
    ///
    /// For a fixed group of a size that is not in [`FIXED`](crate::FIXED).
    pub fn entries(self, n: usize, side: &impl Side) -> Vec<crate::Entry> {
        if let Kind::Limited(limit) = self.kind {
            return match &self.name[..2] {
                "L1" => side.limited(n, limit, ready::<u64>(n)),
                "L2" => side.limited(n, limit, yields::<u64>(n)),
                _ => side.limited(n, limit, in_turn::<u64>(n)),
            };
        }
        // Compiled where `side` is, with all its closures: a member is inlined alike in this crate and in the next one.
        match self.name {
            "A1" => side.fixed(n, ready::<u64>(n)),
            "A2" => side.fixed(n, yields::<u64>(n)),
            "A3" => side.fixed(n, woken::<u64>(n)),
            "A4n" => {
                let slots = slots(n);
                side.fixed(n, one_at_a_time(n, move |i| one::<u64>(&slots[i]), move |i| slots[i].wake()))
            }
            "A4h" => {
                let slots = slots(n);
                side.fixed(n, one_at_a_time(n, move |i| boxed::<u64>(&slots[i]), move |i| slots[i].wake()))
            }
            "A4o" => {
                let (make, wake) = oneshots::<u64>(n);
                side.fixed(n, one_at_a_time(n, make, wake))
            }
            "T1" => side.fallible(n, ready::<Result<u64, Wrong>>(n)),
            "T2" => side.fallible(n, yields::<Result<u64, Wrong>>(n)),
            "T3" => side.fallible(n, woken::<Result<u64, Wrong>>(n)),
            "T4o" => {
                let (make, wake) = oneshots::<u64>(n);
                side.fallible(n, one_at_a_time(n, make, wake))
            }
            "B1" => side.list(n, ready::<u64>(n)),
            "B2" => side.list(n, yields::<u64>(n)),
            "B3" => side.list(n, woken::<u64>(n)),
            "P3" => {
                let slots = slots(n);
                let make = move |i| Leaf::<_, u64>::new(Counted(Woken(&slots[i])));
                side.fixed(n, one_at_a_time(n, make, move |i| slots[i].wake()))
            }
            "PB3" => {
                let slots = slots(n);
                let make = move |i| Leaf::<_, u64>::new(Counted(Woken(&slots[i])));
                side.list(n, one_at_a_time(n, make, move |i| slots[i].wake()))
            }
            name => unreachable!("{name} is no work item"),
        }
    }
}

// As many as there are cells in the table: they stay for the whole run.
fn slots(n: usize) -> &'static [Slot] {
    Vec::leak((0..n as u64).map(Slot::new).collect())
}

fn start() -> &'static Cell<usize> {
    Box::leak(Box::new(Cell::new(0)))
}

/// The members' numbers in an order that is random, and the same for all.
fn shuffled(n: usize) -> &'static [usize] {
    let mut order: Vec<usize> = (0..n).collect();
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for i in (1..n).rev() {
        // xorshift64
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        order.swap(i, usize::try_from(state >> 16).unwrap_or_default() % (i + 1));
    }
    Vec::leak(order)
}

#[inline]
fn nobody() -> Option<usize> {
    None
}

/// Wakes by `wake` one after the other, in random order.
fn one_at_a_time<M>(n: usize, make: M, wake: impl Fn(usize) + Copy) -> Item<M, impl Fn() -> Option<usize> + Copy> {
    let (order, start) = (shuffled(n), start());
    let wake_one = move || {
        let at = start.get();
        let member = *order.get(at)?;
        start.set(at + 1);
        wake(member);
        Some(member)
    };
    Item { make, wake_one, rhythm: Rhythm::OneAtATime, start }
}

fn ready<V: Value>(n: usize) -> Item<impl Fn(usize) -> Leaf<Ready, V> + Copy, impl Fn() -> Option<usize> + Copy> {
    let slots = slots(n);
    Item { make: move |i| Leaf::new(Ready(&slots[i])), wake_one: nobody, rhythm: Rhythm::Once, start: start() }
}

fn yields<V: Value>(n: usize) -> Item<impl Fn(usize) -> Leaf<Yields, V> + Copy, impl Fn() -> Option<usize> + Copy> {
    let slots = slots(n);
    let make = move |i| Leaf::new(Yields { slot: &slots[i], yielded: false });
    Item { make, wake_one: nobody, rhythm: Rhythm::Twice, start: start() }
}

fn woken<V: Value>(n: usize) -> Item<impl Fn(usize) -> Leaf<Woken, V> + Copy, impl Fn() -> Option<usize> + Copy> {
    let slots = slots(n);
    one_at_a_time(n, move |i| Leaf::new(Woken(&slots[i])), move |i| slots[i].wake())
}

/// Woken one at a time, in the order in which they were polled first.
fn in_turn<V: Value>(n: usize) -> Item<impl Fn(usize) -> Leaf<InTurn, V> + Copy, impl Fn() -> Option<usize> + Copy> {
    let (slots, waiting) = (slots(n), &*Box::leak(Box::new(RefCell::new(VecDeque::new()))));
    let make = move |i| Leaf::new(InTurn { woken: Woken(&slots[i]), number: i, waiting, began: false });
    let wake_one = move || {
        let member: usize = waiting.borrow_mut().pop_front()?;
        slots[member].wake();
        Some(member)
    };
    Item { make, wake_one, rhythm: Rhythm::OneAtATime, start: start() }
}

/// What makes the receivers, and what sends.
fn oneshots<V: Value>(n: usize) -> (impl Fn(usize) -> oneshot::Receiver<V> + Copy, impl Fn(usize) + Copy) {
    let senders: &'static [Cell<Option<oneshot::Sender<V>>>] = Vec::leak((0..n).map(|_| Cell::default()).collect());
    let make = move |i: usize| {
        let (sender, receiver) = oneshot::channel();
        senders[i].set(Some(sender));
        receiver
    };
    let wake = move |i: usize| {
        let sent = senders[i].take().map(|sender| sender.send(V::of(i as u64)).is_ok());
        assert_eq!(sent, Some(true), "the member has its receiver");
    };
    (make, wake)
}

async fn one<V: Value>(slot: &'static Slot) -> V {
    two(slot).await
}

async fn two<V: Value>(slot: &'static Slot) -> V {
    three(slot).await
}

async fn three<V: Value>(slot: &'static Slot) -> V {
    four(slot).await
}

async fn four<V: Value>(slot: &'static Slot) -> V {
    five(slot).await
}

async fn five<V: Value>(slot: &'static Slot) -> V {
    Leaf::new(Woken(slot)).await
}

type Boxed<V> = Pin<Box<dyn Future<Output = V>>>;

async fn pass<V>(future: Boxed<V>) -> V {
    future.await
}

fn boxed<V: Value>(slot: &'static Slot) -> Boxed<V> {
    let leaf: Boxed<V> = Box::pin(Leaf::new(Woken(slot)));
    (1..5).fold(leaf, |future, _| Box::pin(pass(future)))
}
