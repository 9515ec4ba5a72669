//! Whether a value can be seen by several tasks.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use std::ops::Not;
use std::sync::Arc;

use super::levels::{ladder, level, marker_type};
use super::messages::{Gather, SeenIsSync};
use crate::dependency::{Dependencies, DependencyCell, Readiness};

ladder! { <S>
    /// Asked by `__share()`, which leads here where it can, and by [`Deref`](std::ops::Deref) to the mistake where it cannot. See
    /// [`kinds`](super::kinds) for the trick.
    Sharing;
    /// The value that dependants see is not `Sync`.
    IsNotSync;
}

level!(Sharing<S>[S: DependencyCell + Send + Sync + 'static].__share() => Shareable<S>);

marker_type!(Shareable<S>);

impl<S: DependencyCell> Not for Shareable<S> {
    type Output = Arc<S>;
    fn not(self) -> Arc<S> {
        Arc::new(S::empty())
    }
}

level!(IsNotSync<S>[S].__share() => IsNotSync<S>);

impl<S: DependencyCell> Not for IsNotSync<S>
where
    Gather: SeenIsSync<S::Seen>,
{
    type Output = Arc<UnsharedCell<S>>;
    fn not(self) -> Arc<UnsharedCell<S>> {
        Arc::new(UnsharedCell::empty())
    }
}

marker_type! {
    /// Stands for a cell that cannot be shared, so that nothing else is reported of it.
    UnsharedCell<S>
}

impl<S: DependencyCell> DependencyCell for UnsharedCell<S> {
    type Field = S::Field;
    type Seen = S::Seen;
    fn empty() -> Self {
        Self::NEW
    }
    fn store(&self, _: Option<S::Field>) {}
    fn seen(&self) -> &S::Seen {
        unreachable!("it does not compile")
    }
    fn into_field(self) -> S::Field {
        unreachable!("it does not compile")
    }
}

impl<S> Dependencies for UnsharedCell<S> {
    fn readiness(&self) -> Readiness {
        Readiness::Waiting
    }
}
