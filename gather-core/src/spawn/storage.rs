//! The outputs of members until the group is complete.

use std::marker::PhantomData;
use std::sync::Arc;

use crate::dependency::DependencyCell;

/// Holds the output of one member, or those of all items of a list.
pub trait FieldStorage {
    /// The output of one future.
    type Item;
    /// The field in the group's result.
    type Field;
    /// The cell that dependants see; `()` where nobody depends on the member.
    type Cell;
    /// Whether [`set_len`](Self::set_len) matters.
    const NEEDS_LEN: bool = false;

    /// Empty.
    fn new(cell: &Self::Cell) -> Self;
    /// `None`: the member failed. `item` is 0 for a single member. `true`: dependants may start.
    fn put(&mut self, item: usize, output: Option<Self::Item>) -> bool;
    /// The length of the list is known. `true`: dependants may start.
    fn set_len(&mut self, _len: usize) -> bool {
        false
    }
    /// Called once every member has reported, in a group that has not failed.
    fn into_field(self) -> Self::Field;
}

/// A member that nobody depends on.
pub struct OwnField<T>(Option<T>);

impl<T> FieldStorage for OwnField<T> {
    type Item = T;
    type Field = T;
    type Cell = ();
    fn new((): &()) -> Self {
        Self(None)
    }
    fn put(&mut self, _: usize, output: Option<T>) -> bool {
        self.0 = output;
        false
    }
    fn into_field(self) -> T {
        self.0.unwrap_or_else(|| unreachable!("every member has reported"))
    }
}

/// A list that nobody depends on, whose items start one by one. A batch has a storage of its own.
pub struct OwnList<T>(Vec<Option<T>>);

impl<T> FieldStorage for OwnList<T> {
    type Item = T;
    type Field = Vec<T>;
    type Cell = ();
    fn new((): &()) -> Self {
        Self(Vec::new())
    }
    fn put(&mut self, item: usize, output: Option<T>) -> bool {
        put_item(&mut self.0, item, output);
        false
    }
    fn into_field(self) -> Vec<T> {
        self.0.into_iter().flatten().collect()
    }
}

/// A member that others depend on.
pub struct SharedField<S>(Arc<S>);

impl<S: DependencyCell> FieldStorage for SharedField<S> {
    type Item = S::Field;
    type Field = S::Field;
    type Cell = Arc<S>;
    fn new(cell: &Arc<S>) -> Self {
        Self(Arc::clone(cell))
    }
    fn put(&mut self, _: usize, output: Option<S::Field>) -> bool {
        self.0.store(output);
        true
    }
    fn into_field(self) -> S::Field {
        take(self.0)
    }
}

/// A list that others depend on: its cell is filled when the last item has ended.
pub struct SharedList<T, S> {
    items: Vec<Option<T>>,
    ended: usize,
    /// Unknown before the list is made.
    len: Option<usize>,
    cell: Arc<S>,
}

impl<T, S: DependencyCell<Field = Vec<T>>> SharedList<T, S> {
    fn publish_if_complete(&mut self) -> bool {
        let complete = self.len == Some(self.ended);
        if complete {
            // `None` where an item failed.
            self.cell.store(std::mem::take(&mut self.items).into_iter().collect());
        }
        complete
    }
}

impl<T, S: DependencyCell<Field = Vec<T>>> FieldStorage for SharedList<T, S> {
    type Item = T;
    type Field = Vec<T>;
    type Cell = Arc<S>;
    const NEEDS_LEN: bool = true;
    fn new(cell: &Arc<S>) -> Self {
        Self { items: Vec::new(), ended: 0, len: None, cell: Arc::clone(cell) }
    }
    fn put(&mut self, item: usize, output: Option<T>) -> bool {
        put_item(&mut self.items, item, output);
        self.ended += 1;
        self.publish_if_complete()
    }
    fn set_len(&mut self, len: usize) -> bool {
        self.len = Some(len);
        self.publish_if_complete()
    }
    fn into_field(self) -> Vec<T> {
        take(self.cell)
    }
}

fn put_item<T>(items: &mut Vec<Option<T>>, item: usize, output: Option<T>) {
    if items.len() <= item {
        items.resize_with(item + 1, || None);
    }
    items[item] = output;
}

fn take<S: DependencyCell>(cell: Arc<S>) -> S::Field {
    match Arc::into_inner(cell) {
        Some(cell) => cell.into_field(),
        None => unreachable!("all dependants have been dropped"),
    }
}

/// The way from the storage `S` of a whole group to that of one member. Never a value.
pub trait StoragePath<S> {
    type Storage;
    fn storage(all: &mut S) -> &mut Self::Storage;
}

/// The group's storage itself.
pub struct AtRoot;
/// The first half of the pair at `P`.
pub struct InFirst<P>(PhantomData<P>);
/// The second half of the pair at `P`.
pub struct InSecond<P>(PhantomData<P>);

impl<S> StoragePath<S> for AtRoot {
    type Storage = S;
    fn storage(all: &mut S) -> &mut S {
        all
    }
}
impl<S, P: StoragePath<S, Storage = (A, B)>, A: 'static, B: 'static> StoragePath<S> for InFirst<P> {
    type Storage = A;
    fn storage(all: &mut S) -> &mut A {
        &mut P::storage(all).0
    }
}
impl<S, P: StoragePath<S, Storage = (A, B)>, A: 'static, B: 'static> StoragePath<S> for InSecond<P> {
    type Storage = B;
    fn storage(all: &mut S) -> &mut B {
        &mut P::storage(all).1
    }
}
