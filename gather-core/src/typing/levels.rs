//! The levels of the ladder in [`kinds`](super::kinds), from top to bottom.

use core::marker::PhantomData;
use core::ops::Deref;

macro_rules! rung {
    ($(#[$doc:meta])* $from:ident -> $to:ty) => {
        $(#[$doc])*
        pub struct $from<S, M>(PhantomData<fn() -> (S, M)>);
        impl<S, M> $from<S, M> {
            pub(crate) const NEW: Self = Self(PhantomData);
        }
        impl<S, M> Deref for $from<S, M> {
            type Target = $to;
            fn deref(&self) -> &$to {
                &<$to>::NEW
            }
        }
    };
}

#[cfg(feature = "tokio")]
rung!(
    /// A future whose output is `Undetermined`.
    OfEndless -> OfEndlessTask<S, M>
);
#[cfg(not(feature = "tokio"))]
rung!(
    /// A future whose output is `Undetermined`.
    OfEndless -> OfResult<S, M>
);
#[cfg(feature = "tokio")]
rung!(
    /// A task whose output is.
    OfEndlessTask -> OfTaskResult<S, M>
);
#[cfg(feature = "tokio")]
rung!(
    /// A task whose own output is a `Result`.
    OfTaskResult -> OfTask<S, M>
);
#[cfg(feature = "tokio")]
rung!(
    /// A task.
    OfTask -> OfGroup<S, M>
);
#[cfg(feature = "tokio")]
rung!(
    /// A spawned group.
    OfGroup -> OfResult<S, M>
);
rung!(
    /// A future of a `Result`.
    OfResult -> OfAny<S, M>
);
rung!(
    /// A future.
    OfAny -> OtherError<S, M>
);
// What is no member: see `not_a_member`.
rung!(OtherError -> GivesOption<S, M>);
rung!(GivesOption -> NoResult<S, M>);
rung!(NoResult -> AlmostFuture<S, M>);
rung!(
    /// What would be a future after one more step.
    AlmostFuture -> LentItem<S, M>
);
rung!(LentItem -> BoxedItem<S, M>);
rung!(BoxedItem -> CalledFirst<S, M>);
rung!(
    /// What is called first, and what is not a list of none or one.
    CalledFirst -> ListInside<S, M>
);
rung!(ListInside -> LentInside<S, M>);
rung!(LentInside -> OthersInside<S, M>);
rung!(OthersInside -> StreamInside<S, M>);
rung!(StreamInside -> Other<S, M>);

/// The last rung.
pub struct Other<S, M>(PhantomData<fn() -> (S, M)>);
impl<S, M> Other<S, M> {
    pub(crate) const NEW: Self = Self(PhantomData);
}
