//! The levels of the ladder in [`kinds`](super::kinds), and what all ladders are made of.

/// Defines a type that says something, and holds nothing.
macro_rules! marker_type {
    ($(#[$meta:meta])* $name:ident<$($param:ident),+>) => {
        $(#[$meta])*
        pub struct $name<$($param),+>(core::marker::PhantomData<fn() -> ($($param,)+)>);
        $(#[$meta])*
        impl<$($param),+> $name<$($param),+> {
            pub(crate) const NEW: Self = Self(core::marker::PhantomData);
        }
    };
}
pub(crate) use marker_type;

/// Defines the levels of a ladder from top to bottom: each derefs to the next.
macro_rules! ladder {
    (<$($param:ident),+> $(#[$meta:meta])* $last:ident;) => {
        $crate::typing::levels::marker_type!($(#[$meta])* $last<$($param),+>);
    };
    (<$($param:ident),+> $(#[$meta:meta])* $level:ident; $(#[$next_meta:meta])* $next:ident; $($below:tt)*) => {
        $crate::typing::levels::ladder!(<$($param),+> $(#[$meta])* $level;);
        impl<$($param),+> core::ops::Deref for $level<$($param),+> {
            type Target = $next<$($param),+>;
            fn deref(&self) -> &Self::Target {
                &$next::NEW
            }
        }
        $crate::typing::levels::ladder!(<$($param),+> $(#[$next_meta])* $next; $($below)*);
    };
}
pub(crate) use ladder;

/// Has a level answer the question of its ladder for the types that meet the bounds.
macro_rules! level {
    ($level:ident<$($of:ty),+>[$($generics:tt)*].$question:ident$(<$free:ident>)?() => $answer:ty) => {
        impl<$($generics)*> $level<$($of),+> {
            pub fn $question$(<$free>)?(&self) -> $answer {
                <$answer>::NEW
            }
        }
    };
}
pub(crate) use level;

/// Makes a type the answer of a ladder where nothing is wrong. The expansion asks each answer for its `Not`: of these it is the answer itself.
macro_rules! answers {
    ($($answer:ident$(<$($param:ident),+>)?),+) => { $(
        impl$(<$($param),+>)? core::ops::Not for $answer$(<$($param),+>)? {
            type Output = Self;
            #[inline]
            fn not(self) -> Self {
                self
            }
        }
    )+ };
}
pub(crate) use answers;

ladder! { <S, M>
    /// A future whose output is `Undetermined`.
    OfEndless;
    /// A task whose output is `Undetermined`.
    OfEndlessTask;
    /// A task whose own output is a `Result`.
    OfTaskResult;
    /// A task.
    OfTask;
    /// A spawned group.
    OfGroup;
    /// A future of a `Result`.
    OfResult;
    /// A future.
    OfAny;
    /// A `?` member whose error is not the group's. This level and all below are mistakes: see [`not_a_member`](super::not_a_member).
    OtherError;
    /// A `?` member that gives an `Option`.
    GivesOption;
    /// A `?` member that gives something else than a `Result`.
    NoResult;
    /// A future that has to be pinned or taken out of something first.
    AlmostFuture;
    /// Items that are futures behind `&mut`, and not pinned.
    LentItem;
    /// Items that are futures in a `Box`, and not pinned.
    BoxedItem;
    /// A function that was not called; and an `Option` or a `Result`, which is not meant as a list of none or one.
    CalledFirst;
    /// A list of futures where one member belongs; items that are references to futures; `*` on a future.
    ListInside;
    /// A list that lends futures where one member belongs; pairs with the future first.
    LentInside;
    /// A list of something else where one member belongs; pairs with a list for a key.
    OthersInside;
    /// A stream of futures where one member belongs; a stream of something else.
    StreamInside;
    /// Anything else.
    Other;
}
