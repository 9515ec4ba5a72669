//! Values that other members wait for.

use alloc::sync::Arc;
use core::marker::PhantomData;

use crate::in_task::OnceCell;

/// Whether a member's dependencies are done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Readiness {
    Waiting,
    Ready,
    /// A dependency did not succeed.
    Failed,
}

/// The cell for the field of a member that others depend on.
pub trait DependencyCell {
    type Field;
    /// What dependants see.
    type Seen;
    fn empty() -> Self;
    /// Stores the field; `None` where the member failed.
    fn store(&self, field: Option<Self::Field>);
    /// What a dependant sees. To be called once the cell is [`Ready`](Readiness::Ready).
    fn seen(&self) -> &Self::Seen;
    /// The field, after the group has succeeded.
    fn into_field(self) -> Self::Field;
}

/// All that a member waits for: references to [`OutputCell`]s, paired to the right.
pub trait Dependencies {
    /// Whether there are none.
    const ALWAYS_OPEN: bool = false;
    fn readiness(&self) -> Readiness;
}

/// The field `F` of a member that others depend on, of which they see what `V` shows.
///
/// It is written and read in one task by an in-task group. Its `OnceCell` is what makes such a group `Send` exactly where the values are
/// `Sync`.
pub struct OutputCell<F, V = WholeField> {
    /// `None` where the member failed.
    field: OnceCell<Option<F>>,
    view: PhantomData<fn() -> V>,
}

/// What dependants see of a field.
pub trait View<F> {
    type Seen;
    /// `None`: the member did not succeed.
    fn of(field: &F) -> Option<&Self::Seen>;
}

/// Dependants see the whole field.
pub struct WholeField;
impl<F> View<F> for WholeField {
    type Seen = F;
    fn of(field: &F) -> Option<&F> {
        Some(field)
    }
}

/// Dependants see what is `Ok`: of a single member under `return_exceptions`.
pub struct IfOk;
impl<T, E> View<Result<T, E>> for IfOk {
    type Seen = T;
    fn of(field: &Result<T, E>) -> Option<&T> {
        field.as_ref().ok()
    }
}

impl<F, V> OutputCell<F, V> {
    pub(crate) const fn new() -> Self {
        Self { field: OnceCell::new(), view: PhantomData }
    }
}

impl<F, V: View<F>> DependencyCell for OutputCell<F, V> {
    type Field = F;
    type Seen = V::Seen;
    fn empty() -> Self {
        Self::new()
    }
    fn store(&self, field: Option<F>) {
        self.field.set(field);
    }
    fn seen(&self) -> &V::Seen {
        let field = self.field.get().and_then(Option::as_ref);
        field.and_then(V::of).unwrap_or_else(|| unreachable!("its dependants start when it is there"))
    }
    fn into_field(self) -> F {
        self.field.into_inner().flatten().unwrap_or_else(|| unreachable!("every member has a field"))
    }
}

impl<F, V: View<F>> Dependencies for OutputCell<F, V> {
    fn readiness(&self) -> Readiness {
        match self.field.get() {
            None => Readiness::Waiting,
            Some(field) if field.as_ref().and_then(V::of).is_some() => Readiness::Ready,
            Some(_) => Readiness::Failed,
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
    /// Failed as soon as one has failed: a dependant that will never start does not wait for the others.
    fn readiness(&self) -> Readiness {
        match (self.0.readiness(), self.1.readiness()) {
            (Readiness::Failed, _) | (_, Readiness::Failed) => Readiness::Failed,
            (Readiness::Ready, Readiness::Ready) => Readiness::Ready,
            _ => Readiness::Waiting,
        }
    }
}
