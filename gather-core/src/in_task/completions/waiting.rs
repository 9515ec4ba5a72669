//! Results that nobody has taken yet.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::mem::take;

use crate::in_task::limited::results::Results;

/// The results of a list, from which they are taken one by one. Until then they hold the permits of their items, so that there are
/// never more than the `limit`.
pub trait UntakenResults<O>: Results<O> {
    /// Whether results are taken in the order of the list.
    const IN_ORDER: bool;
    fn new() -> Self;
    fn has_next(&self) -> bool;
    /// How many wait, whether or not it is their turn.
    fn waiting(&self) -> usize;
    /// The next result, and the index of its item.
    fn take_next(&mut self) -> Option<(usize, O)>;
    /// Whether all before `item` have been taken, so that its failure is next.
    fn is_next(&self, item: usize) -> bool;
    /// Drops those that will not be taken, since this item has failed.
    fn fail_at(&mut self, item: usize);
}

/// In the order in which the items have ended.
pub struct EndedOrder<O> {
    started: usize,
    ended: VecDeque<(usize, O)>,
}

impl<O> Results<O> for EndedOrder<O> {
    const HELD: bool = true;
    type Output = ();
    fn started(&self) -> usize {
        self.started
    }
    fn expect(&mut self, _: usize) {}
    fn start(&mut self) -> usize {
        self.started += 1;
        self.started - 1
    }
    fn store(&mut self, item: usize, field: O) {
        self.ended.push_back((item, field));
    }
    fn fail(&mut self, _: usize) {}
    unsafe fn take(&mut self) -> Option<()> {
        Some(())
    }
    fn clear(&mut self, _: Vec<usize>) {
        drop(take(&mut self.ended));
    }
}

impl<O> UntakenResults<O> for EndedOrder<O> {
    const IN_ORDER: bool = false;
    fn new() -> Self {
        Self { started: 0, ended: VecDeque::new() }
    }
    fn has_next(&self) -> bool {
        !self.ended.is_empty()
    }
    fn waiting(&self) -> usize {
        self.ended.len()
    }
    fn take_next(&mut self) -> Option<(usize, O)> {
        self.ended.pop_front()
    }
    /// Those that have ended by now come before it.
    fn is_next(&self, _: usize) -> bool {
        self.ended.is_empty()
    }
    fn fail_at(&mut self, _: usize) {}
}

/// In the order of the list.
pub struct ListOrder<O> {
    started: usize,
    /// The item whose turn it is. `waiting` begins with its result.
    condition: usize,
    waiting: VecDeque<Option<O>>,
}

impl<O> Results<O> for ListOrder<O> {
    const HELD: bool = true;
    type Output = ();
    fn started(&self) -> usize {
        self.started
    }
    fn expect(&mut self, _: usize) {}
    fn start(&mut self) -> usize {
        self.started += 1;
        self.started - 1
    }
    fn store(&mut self, item: usize, field: O) {
        let place = item - self.condition;
        if self.waiting.len() <= place {
            self.waiting.resize_with(place + 1, || None);
        }
        self.waiting[place] = Some(field);
    }
    fn fail(&mut self, _: usize) {}
    unsafe fn take(&mut self) -> Option<()> {
        Some(())
    }
    fn clear(&mut self, _: Vec<usize>) {
        drop(take(&mut self.waiting));
    }
}

impl<O> UntakenResults<O> for ListOrder<O> {
    const IN_ORDER: bool = true;
    fn new() -> Self {
        Self { started: 0, condition: 0, waiting: VecDeque::new() }
    }
    fn has_next(&self) -> bool {
        matches!(self.waiting.front(), Some(Some(_)))
    }
    fn waiting(&self) -> usize {
        self.waiting.len()
    }
    fn take_next(&mut self) -> Option<(usize, O)> {
        let field = self.waiting.front_mut()?.take()?;
        self.waiting.pop_front();
        self.condition += 1;
        Some((self.condition - 1, field))
    }
    fn is_next(&self, item: usize) -> bool {
        item == self.condition
    }
    fn fail_at(&mut self, item: usize) {
        self.waiting.truncate(item.saturating_sub(self.condition));
    }
}
