//! The levels of the ladder in [`kinds`](super::kinds), from top to bottom.

use core::marker::PhantomData;
use core::ops::Deref;

macro_rules! level {
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
level!(
    /// A future whose output is `Undetermined`.
    OfEndless -> OfEndlessTask<S, M>
);
#[cfg(not(feature = "tokio"))]
level!(
    /// A future whose output is `Undetermined`.
    OfEndless -> OfResult<S, M>
);
#[cfg(feature = "tokio")]
level!(
    /// A task whose output is.
    OfEndlessTask -> OfTaskResult<S, M>
);
#[cfg(feature = "tokio")]
level!(
    /// A task whose own output is a `Result`.
    OfTaskResult -> OfTask<S, M>
);
#[cfg(feature = "tokio")]
level!(
    /// A task.
    OfTask -> OfGroup<S, M>
);
#[cfg(feature = "tokio")]
level!(
    /// A spawned group.
    OfGroup -> OfResult<S, M>
);
level!(
    /// A future of a `Result`.
    OfResult -> OfAny<S, M>
);
level!(
    /// A future.
    OfAny -> OtherError<S, M>
);
// What is no member: see `not_a_member`.
level!(OtherError -> GivesOption<S, M>);
level!(GivesOption -> NoResult<S, M>);
level!(NoResult -> AlmostFuture<S, M>);
level!(
    /// What would be a future after one more step.
    AlmostFuture -> LentItem<S, M>
);
level!(LentItem -> BoxedItem<S, M>);
level!(BoxedItem -> CalledFirst<S, M>);
level!(
    /// What is called first, and what is not a list of none or one.
    CalledFirst -> ListInside<S, M>
);
level!(ListInside -> LentInside<S, M>);
level!(LentInside -> OthersInside<S, M>);
level!(OthersInside -> StreamInside<S, M>);
level!(StreamInside -> Other<S, M>);

/// The last level.
pub struct Other<S, M>(PhantomData<fn() -> (S, M)>);
impl<S, M> Other<S, M> {
    pub(crate) const NEW: Self = Self(PhantomData);
}
