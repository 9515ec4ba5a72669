//! A member that others depend on: its field goes where they see it.

use std::pin::Pin;

use pin_project_lite::pin_project;

use super::sweep::{Branch, Part, Sweep};
use crate::depend::Store;

/// Fields that can be taken before the group has ended.
pub trait Harvest: Part {
    /// Of a member that has ended: it has a field, so it did not fail.
    fn has_fields(&self) -> bool;
}

pin_project! {
    /// `N`, its field stored in `S` the moment it has ended.
    pub struct Depended<'s, N, S> {
        #[pin]
        part: N,
        store: &'s S,
        stored: bool,
    }
}

impl<'s, N, S> Depended<'s, N, S> {
    pub(crate) fn new(part: N, store: &'s S) -> Self {
        Self { part, store, stored: false }
    }
}

impl<N, S> Part for Depended<'_, N, S> {
    type Output = ();
    fn take(self: Pin<&mut Self>) {}
}

impl<V, N, S> Branch<V> for Depended<'_, N, S>
where
    V: crate::verdict::Verdict,
    N: Branch<V> + Harvest,
    S: Store<Field = N::Output>,
{
    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let mut this = self.project();
        let unfinished = sweep.unfinished;
        this.part.as_mut().sweep(sweep);
        if sweep.unfinished == unfinished && !*this.stored {
            *this.stored = true;
            let field = this.part.has_fields().then(|| this.part.take());
            this.store.store(field);
            sweep.open_dependants();
        }
    }
}
