//! Results that nobody has taken yet.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::mem::swap;

use crate::in_task::limited::results::Results;

/// The results of a list, which are taken one by one in the order `W`. Until then they hold the permits of their items, so that there are
/// never more than the `limit`.
pub struct Untaken<W> {
    started: usize,
    pub(super) waiting: W,
}

/// Results that wait, and the order in which they are taken.
pub trait WaitingResults<O> {
    /// Whether that is the order of the list.
    const IN_ORDER: bool;
    const EMPTY: Self;
    fn store(&mut self, item: usize, field: O);
    fn has_next(&self) -> bool;
    /// How many wait, whether or not it is their turn.
    fn waiting(&self) -> usize;
    /// How many can be taken whatever becomes of other items, as far as it is known at once.
    fn certain(&self) -> usize;
    /// How many results of items before `end` are still to be taken, where so many are in progress.
    fn untaken(&self, end: usize, in_progress: usize) -> usize;
    /// The next result, and the index of its item.
    fn take_next(&mut self) -> Option<(usize, O)>;
    /// Whether all before `item` have been taken, so that its failure is next.
    fn is_next(&self, item: usize) -> bool;
    /// Drops those that will not be taken, since this item has failed.
    fn fail_at(&mut self, item: usize);
}

impl<W> Untaken<W> {
    pub(crate) fn new<O>() -> Self
    where
        W: WaitingResults<O>,
    {
        Self { started: 0, waiting: W::EMPTY }
    }
}

impl<O, W: WaitingResults<O>> Results<O> for Untaken<W> {
    const HELD: bool = true;
    type Output = ();
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn started(&self) -> usize {
        self.started
    }
    fn expect(&mut self, _: usize) {}
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn start(&mut self) -> usize {
        self.started += 1;
        self.started - 1
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn store(&mut self, item: usize, field: O) {
        self.waiting.store(item, field);
    }
    fn fail(&mut self, _: usize) {}
    unsafe fn take(&mut self) -> Option<()> {
        Some(())
    }
    fn clear(&mut self, _: Vec<usize>) {
        self.waiting = W::EMPTY;
    }
}

/// In the order in which the items have ended.
///
/// Two stacks: what is taken next is the last of `next`, and what has ended since `next` was filled is in `later`. It is a queue that costs
/// half of a `VecDeque`.
pub struct EndedOrder<O> {
    next: Vec<(usize, O)>,
    later: Vec<(usize, O)>,
}

impl<O> WaitingResults<O> for EndedOrder<O> {
    const IN_ORDER: bool = false;
    const EMPTY: Self = Self { next: Vec::new(), later: Vec::new() };
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn store(&mut self, item: usize, field: O) {
        self.later.push((item, field));
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_next(&self) -> bool {
        !self.next.is_empty() || !self.later.is_empty()
    }
    fn waiting(&self) -> usize {
        self.next.len() + self.later.len()
    }
    fn certain(&self) -> usize {
        self.waiting()
    }
    fn untaken(&self, _: usize, in_progress: usize) -> usize {
        self.waiting() + in_progress
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_next(&mut self) -> Option<(usize, O)> {
        if self.next.is_empty() {
            if self.later.len() <= 1 {
                return self.later.pop();
            }
            swap(&mut self.next, &mut self.later);
            self.next.reverse();
        }
        self.next.pop()
    }
    /// The results that wait come before the failure.
    fn is_next(&self, _: usize) -> bool {
        !self.has_next()
    }
    fn fail_at(&mut self, _: usize) {}
}

/// In the order of the list.
pub struct ListOrder<O> {
    /// The item whose result is taken next. `fields` begins with its field.
    next: usize,
    fields: VecDeque<Option<O>>,
}

impl<O> WaitingResults<O> for ListOrder<O> {
    const IN_ORDER: bool = true;
    const EMPTY: Self = Self { next: 0, fields: VecDeque::new() };
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn store(&mut self, item: usize, field: O) {
        let ahead = item - self.next;
        if self.fields.len() <= ahead {
            self.fields.resize_with(ahead + 1, || None);
        }
        self.fields[ahead] = Some(field);
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn has_next(&self) -> bool {
        matches!(self.fields.front(), Some(Some(_)))
    }
    fn waiting(&self) -> usize {
        self.fields.len()
    }
    fn certain(&self) -> usize {
        usize::from(self.has_next())
    }
    fn untaken(&self, end: usize, _: usize) -> usize {
        end.saturating_sub(self.next)
    }
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn take_next(&mut self) -> Option<(usize, O)> {
        let field = self.fields.front_mut()?.take()?;
        self.fields.pop_front();
        self.next += 1;
        Some((self.next - 1, field))
    }
    fn is_next(&self, item: usize) -> bool {
        item == self.next
    }
    fn fail_at(&mut self, item: usize) {
        self.fields.truncate(item.saturating_sub(self.next));
    }
}
