//! Values that other members wait for.

use alloc::sync::Arc;

use crate::exception::Exception;
use crate::in_task::OnceCell;

/// Whether a member may start.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readiness {
    Waiting,
    Ready,
    /// A dependency did not succeed.
    Failed,
}

/// Where the field of a member goes that others depend on.
pub trait DependencyCell {
    type Field;
    /// What dependants see.
    type Seen;
    fn empty() -> Self;
    /// `None`: it failed.
    fn store(&self, field: Option<Self::Field>);
    /// For a dependant that was let start.
    fn seen(&self) -> &Self::Seen;
    /// After the group has succeeded.
    fn into_field(self) -> Self::Field;
}

/// All that a member waits for: references to [`OutputCell`]s, paired to the right.
pub trait Dependencies {
    /// It waits for nobody.
    const ALWAYS_OPEN: bool = false;
    fn readiness(&self) -> Readiness;
}

/// The value of a member that others depend on.
///
/// Its `OnceCell` is what makes a group with dependencies `Send` exactly where its values are `Sync`; it is written and read in
/// one task.
pub struct OutputCell<T>(OnceCell<Option<T>>);

/// The same under `return_exceptions`, where dependants see what is `Ok`.
pub struct ResultCell<T, E>(OnceCell<Result<T, Exception<E>>>);

impl<T> OutputCell<T> {
    pub(crate) const fn new() -> Self {
        Self(OnceCell::new())
    }
}

impl<T, E> ResultCell<T, E> {
    pub(crate) const fn new() -> Self {
        Self(OnceCell::new())
    }
}

impl<T> DependencyCell for OutputCell<T> {
    type Field = T;
    type Seen = T;
    fn empty() -> Self {
        Self::new()
    }
    fn store(&self, field: Option<T>) {
        self.0.set(field);
    }
    fn seen(&self) -> &T {
        self.0.get().and_then(Option::as_ref).unwrap_or_else(|| unreachable!("its dependants start when it is there"))
    }
    fn into_field(self) -> T {
        self.0.into_inner().flatten().unwrap_or_else(|| unreachable!("every member has a field"))
    }
}

impl<T, E> DependencyCell for ResultCell<T, E> {
    type Field = Result<T, Exception<E>>;
    type Seen = T;
    fn empty() -> Self {
        Self::new()
    }
    fn store(&self, field: Option<Self::Field>) {
        if let Some(field) = field {
            self.0.set(field);
        }
    }
    fn seen(&self) -> &T {
        match self.0.get() {
            Some(Ok(value)) => value,
            _ => unreachable!("its dependants start when it is there"),
        }
    }
    fn into_field(self) -> Self::Field {
        self.0.into_inner().unwrap_or_else(|| unreachable!("every member has a field"))
    }
}

impl<T> Dependencies for OutputCell<T> {
    fn readiness(&self) -> Readiness {
        match self.0.get() {
            None => Readiness::Waiting,
            Some(None) => Readiness::Failed,
            Some(Some(_)) => Readiness::Ready,
        }
    }
}

impl<T, E> Dependencies for ResultCell<T, E> {
    fn readiness(&self) -> Readiness {
        match self.0.get() {
            None => Readiness::Waiting,
            Some(Err(_)) => Readiness::Failed,
            Some(Ok(_)) => Readiness::Ready,
        }
    }
}

impl Dependencies for () {
    const ALWAYS_OPEN: bool = true;
    fn readiness(&self) -> Readiness {
        Readiness::Ready
    }
}

impl<G: Dependencies + ?Sized> Dependencies for &G {
    fn readiness(&self) -> Readiness {
        (**self).readiness()
    }
}

impl<G: Dependencies> Dependencies for Arc<G> {
    fn readiness(&self) -> Readiness {
        (**self).readiness()
    }
}

impl<A: Dependencies, B: Dependencies> Dependencies for (A, B) {
    /// Failed as soon as one has: what is not going to start does not wait for the others.
    fn readiness(&self) -> Readiness {
        match (self.0.readiness(), self.1.readiness()) {
            (Readiness::Failed, _) | (_, Readiness::Failed) => Readiness::Failed,
            (Readiness::Ready, Readiness::Ready) => Readiness::Ready,
            _ => Readiness::Waiting,
        }
    }
}
