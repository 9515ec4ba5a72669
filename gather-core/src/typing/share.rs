//! Whether a value can be seen by several tasks.
#![allow(clippy::unused_self, reason = "method lookup starts from a `self`")]

use std::marker::PhantomData;
use std::ops::{Deref, Not};
use std::sync::Arc;

use super::messages::{Gather, SeenIsSync};
use crate::dependency::{Dependencies, DependencyCell, Readiness};

/// Asked by `__share()`, which leads here where it can, and by [`Deref`] to the mistake where it cannot. See
/// [`kinds`](super::kinds) for the trick.
pub struct Sharing<S>(PhantomData<fn() -> S>);

impl<S> Sharing<S> {
    pub(crate) const NEW: Self = Self(PhantomData);
}

impl<S: DependencyCell + Send + Sync + 'static> Sharing<S> {
    pub fn __share(&self) -> Shareable<S> {
        Shareable(PhantomData)
    }
}

pub struct Shareable<S>(PhantomData<fn() -> S>);

impl<S: DependencyCell> Not for Shareable<S> {
    type Output = Arc<S>;
    fn not(self) -> Arc<S> {
        Arc::new(S::empty())
    }
}

impl<S> Deref for Sharing<S> {
    type Target = IsNotSync<S>;
    fn deref(&self) -> &IsNotSync<S> {
        const { &IsNotSync(PhantomData) }
    }
}

/// What others see is not `Sync`.
pub struct IsNotSync<S>(PhantomData<fn() -> S>);

impl<S> IsNotSync<S> {
    pub fn __share(&self) -> Self {
        Self(PhantomData)
    }
}

impl<S: DependencyCell> Not for IsNotSync<S>
where
    Gather: SeenIsSync<S::Seen>,
{
    type Output = Arc<UnsharedCell<S>>;
    fn not(self) -> Arc<UnsharedCell<S>> {
        Arc::new(UnsharedCell::empty())
    }
}

/// Stands for a cell that cannot be shared, so that nothing else is reported of it.
pub struct UnsharedCell<S>(PhantomData<fn() -> S>);

impl<S: DependencyCell> DependencyCell for UnsharedCell<S> {
    type Field = S::Field;
    type Seen = S::Seen;
    fn empty() -> Self {
        Self(PhantomData)
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
