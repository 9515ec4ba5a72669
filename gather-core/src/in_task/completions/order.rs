//! What is given for an item, and when.

use super::waiting::{EndedOrder, ListOrder, WaitingResults};

/// The order in which results are given, and what is given for a field `O`.
pub trait CompletionOrder<O> {
    type Item;
    type WaitingResults: WaitingResults<O>;
    fn item(index: usize, field: O) -> Self::Item;
}

/// `as_completed`: with its index.
pub struct WithIndex;
impl<O> CompletionOrder<O> for WithIndex {
    type Item = (usize, O);
    type WaitingResults = EndedOrder<O>;
    fn item(index: usize, field: O) -> (usize, O) {
        (index, field)
    }
}

/// `as_completed` of a list with keys: the field has its key.
pub struct AsEnded;
impl<O> CompletionOrder<O> for AsEnded {
    type Item = O;
    type WaitingResults = EndedOrder<O>;
    fn item(_: usize, field: O) -> O {
        field
    }
}

/// `in_order`
pub struct InOrder;
impl<O> CompletionOrder<O> for InOrder {
    type Item = O;
    type WaitingResults = ListOrder<O>;
    fn item(_: usize, field: O) -> O {
        field
    }
}
