//! The levels of the ladder in [`kinds`](super::kinds).

/// Defines the levels of a ladder from top to bottom: each derefs to the next.
macro_rules! ladder {
    (<$($param:ident),+> $(#[$meta:meta])* $last:ident;) => {
        $(#[$meta])*
        pub struct $last<$($param),+>(core::marker::PhantomData<fn() -> ($($param,)+)>);
        impl<$($param),+> $last<$($param),+> {
            pub(crate) const NEW: Self = Self(core::marker::PhantomData);
        }
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

/// What a ladder answers where nothing is wrong. The expansion asks the answer for its `Not`: that is itself.
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
    /// A task whose output is.
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
    /// From here on it is no member: see [`not_a_member`](super::not_a_member).
    OtherError;
    GivesOption;
    NoResult;
    /// What would be a future after one more step.
    AlmostFuture;
    LentItem;
    BoxedItem;
    /// What is called first, and what is not a list of none or one.
    CalledFirst;
    ListInside;
    LentInside;
    OthersInside;
    StreamInside;
    Other;
}
