//! What the expansion of `#[gather_group]` calls.
//!
//! The wish: `?` in the initialiser of a concurrent `let` ends the fn as it would without the attribute. The initialiser now
//! stands in an async block, whose type must be known for `?` to convert the error, and the fn's return type may be any:
//! a `Result` (under an alias, too), an `Option`, a number.
//!
//! The trick: method lookup on the fn's return type `R`. `return_type::<R>().__exit()` takes the first level that has an `__exit` for
//! `R`, and where it has none goes on to the next through [`Deref`](core::ops::Deref). The levels from top to bottom:
//!
//! [`OnResult`] -> [`OnOption`] -> [`OnControlFlow`] -> [`OnAny`]
//!
//! The generated code, for a stage of two members in a fn that returns `R`:
//!
//! ```text
//! let exit = return_type::<R>().__exit();
//! let stage = stage(
//!     exit,
//!     POLL_FEW,
//!     Singles,
//!     (
//!         member(exit, async { let value = f().await?; return exit.__ok(value); }, Immediately),
//!         member(exit, async { let value = g().await?; return exit.__ok(value); }, Immediately),
//!     ),
//!     Unlimited,
//! );
//! let (m0, m1) = match exit.__or_return(stage.await) {
//!     Ok(all) => all,
//!     Err(early) => return early,
//! };
//! let a = identity(m0);
//! let b = identity(m1);
//! ```

use core::convert::{Infallible, identity};
use core::future::Future;
use core::marker::PhantomData;
use core::ops::ControlFlow;

use super::Strategy;
use crate::in_task::{
    AsFields, EnteredMember, GatherFuture, IntoNode, Limit, PollNode, StartCondition, WakeStrategy, store,
};
use crate::policy::{EarlyReturn, FirstError, FirstErrorPerPoll, NoDeadline, ReturnOnError, TryOutput};
use crate::typing::levels::ladder;

ladder! { <R>
    /// `R` may be a `Result`.
    OnResult;
    /// `R` may be an `Option`.
    OnOption;
    /// `R` may be a `ControlFlow`.
    OnControlFlow;
    /// `R` is something that `?` does not know.
    OnAny;
}

/// A way to leave a fn: what it returns of an error; the output of a member with a value, and such an output taken apart.
macro_rules! exit {
    (
        $(#[$doc:meta])*
        $exit:ident<$($param:ident),+> on $level:ident,
        return: $error:ty => $return:ty = $return_error:expr,
        member: T => $output:ty = $ok:expr,
        split: $split:expr
    ) => {
        $(#[$doc])*
        pub struct $exit<$($param),+>(PhantomData<fn() -> ($($param,)+)>);
        impl<$($param),+> Clone for $exit<$($param),+> {
            fn clone(&self) -> Self {
                *self
            }
        }
        impl<$($param),+> Copy for $exit<$($param),+> {}
        impl<$($param),+> $level<$return> {
            pub fn __exit(&self) -> $exit<$($param),+> {
                $exit(PhantomData)
            }
        }
        impl<$($param),+> $exit<$($param),+> {
            /// What the async block of a member yields.
            pub fn __ok<T>(self, value: T) -> $output {
                $ok(value)
            }
            /// The values of a stage, or what the fn returns when a member of it has failed.
            pub fn __or_return<T>(self, stage: Result<T, $error>) -> Result<T, $return> {
                stage.map_err($return_error)
            }
        }
        impl<$($param),+> EarlyReturn for $exit<$($param),+> {
            type Error = $error;
        }
        impl<F: Future<Output = $output>, T, $($param),+> TryOutput<$exit<$($param),+>> for F {
            type Value = T;
            fn split(output: $output) -> Result<T, $error> {
                $split(output)
            }
        }
    };
}

exit!(
    /// By `Err`.
    ReturnErr<U, E> on OnResult,
    return: E => Result<U, E> = Err,
    member: T => Result<T, E> = Ok,
    split: identity
);
exit!(
    /// By `None`.
    ReturnNone<U> on OnOption,
    return: () => Option<U> = |()| None,
    member: T => Option<T> = Some,
    split: |output: Option<T>| output.ok_or(())
);
exit!(
    /// By `Break`.
    ReturnBreak<B, C> on OnControlFlow,
    return: B => ControlFlow<B, C> = ControlFlow::Break,
    member: T => ControlFlow<B, T> = ControlFlow::Continue,
    split: |output| match output {
        ControlFlow::Continue(value) => Ok(value),
        ControlFlow::Break(error) => Err(error),
    }
);
exit!(
    /// Never: rustc says of a `?` what it says of one in any other async block. The tuple keeps clippy from asking whether a
    /// value that is itself a future should have been awaited.
    NoEarlyReturn<R> on OnAny,
    return: Infallible => R = |error| match error {},
    member: T => (T,) = |value| (value,),
    split: |(value,)| Ok(value)
);

/// The first level.
#[must_use]
pub fn return_type<R>() -> OnResult<R> {
    OnResult::NEW
}

/// Where the return type cannot be written inside the fn: `!`, `impl Trait`.
#[must_use]
pub fn no_early_return<R>() -> NoEarlyReturn<R> {
    NoEarlyReturn(PhantomData)
}

/// A member, which starts on the condition `C`.
#[inline]
pub fn member<X: EarlyReturn, F: TryOutput<X>, C: StartCondition>(
    _: X,
    member: F,
    condition: C,
) -> EnteredMember<F, ReturnOnError<X>, C> {
    EnteredMember::new(store!(member), condition)
}

/// The future of one stage.
pub fn stage<X: EarlyReturn, S: WakeStrategy, Z, M: IntoNode<Node: PollNode<FirstError<X::Error>>>, L: Limit>(
    _: X,
    _: Strategy<S>,
    _: Z,
    members: M,
    limit: L,
) -> GatherFuture<M::Node, S, FirstErrorPerPoll<X::Error>, L, NoDeadline, AsFields, Z> {
    GatherFuture::new(members.into_node(), FirstErrorPerPoll(PhantomData), limit, NoDeadline, AsFields)
}
