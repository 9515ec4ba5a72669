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
//! let (m0, m1) = match stage(
//!     exit,
//!     POLL_FEW,
//!     Singles,
//!     (
//!         member(exit, async { let value = f().await?; return exit.__ok(value); }, Immediately),
//!         member(exit, async { let value = g().await?; return exit.__ok(value); }, Immediately),
//!     ),
//!     Unlimited,
//! ).await {
//!     Ok(all) => all,
//!     Err(early) => return early,
//! };
//! let a = identity(m0);
//! let b = identity(m1);
//! ```

use core::convert::Infallible;
use core::future::Future;
use core::marker::PhantomData;
use core::ops::ControlFlow;

use super::Strategy;
use crate::in_task::{
    AsFields, EnteredMember, GatherFuture, IntoNode, Limit, PollNode, StartCondition, WakeStrategy, store,
};
use crate::policy::{EarlyReturn, FirstReturn, NoDeadline, ReturnOnError, ReturnPerPoll, TryOutput};
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

macro_rules! exit {
    ($(#[$doc:meta])* $exit:ident<$($param:ident),+> on $level:ident<$return:ty>, ok: $block:ty = $ok:expr) => {
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
            pub fn __ok<T>(self, value: T) -> $block {
                $ok(value)
            }
        }
    };
}

exit!(
    /// By `Err`.
    ReturnErr<U, E> on OnResult<Result<U, E>>, ok: Result<T, E> = Ok
);
exit!(
    /// By `None`.
    ReturnNone<U> on OnOption<Option<U>>, ok: Option<T> = Some
);
exit!(
    /// By `Break`.
    ReturnBreak<B, C> on OnControlFlow<ControlFlow<B, C>>, ok: ControlFlow<B, T> = ControlFlow::Continue
);
exit!(
    /// Never: rustc says of a `?` what it says of one in any other async block. The tuple keeps clippy from asking whether a
    /// value that is itself a future should have been awaited.
    NoEarlyReturn<R> on OnAny<R>, ok: (T,) = |value| (value,)
);

impl<U, E> EarlyReturn for ReturnErr<U, E> {
    type Return = Result<U, E>;
    type Error = E;
    fn return_error(error: E) -> Result<U, E> {
        Err(error)
    }
}
impl<F: Future<Output = Result<T, E>>, T, U, E> TryOutput<ReturnErr<U, E>> for F {
    type Value = T;
    fn split(output: Result<T, E>) -> Result<T, E> {
        output
    }
}

impl<U> EarlyReturn for ReturnNone<U> {
    type Return = Option<U>;
    type Error = ();
    fn return_error((): ()) -> Option<U> {
        None
    }
}
impl<F: Future<Output = Option<T>>, T, U> TryOutput<ReturnNone<U>> for F {
    type Value = T;
    fn split(output: Option<T>) -> Result<T, ()> {
        output.ok_or(())
    }
}

impl<B, C> EarlyReturn for ReturnBreak<B, C> {
    type Return = ControlFlow<B, C>;
    type Error = B;
    fn return_error(error: B) -> ControlFlow<B, C> {
        ControlFlow::Break(error)
    }
}
impl<F: Future<Output = ControlFlow<B, T>>, T, B, C> TryOutput<ReturnBreak<B, C>> for F {
    type Value = T;
    fn split(output: ControlFlow<B, T>) -> Result<T, B> {
        match output {
            ControlFlow::Continue(value) => Ok(value),
            ControlFlow::Break(error) => Err(error),
        }
    }
}

impl<R> EarlyReturn for NoEarlyReturn<R> {
    type Return = R;
    type Error = Infallible;
    fn return_error(error: Infallible) -> R {
        match error {}
    }
}
impl<F: Future<Output = (T,)>, T, R> TryOutput<NoEarlyReturn<R>> for F {
    type Value = T;
    fn split((value,): (T,)) -> Result<T, Infallible> {
        Ok(value)
    }
}

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
pub fn stage<X: EarlyReturn, S: WakeStrategy, Z, M: IntoNode<Node: PollNode<FirstReturn<X>>>, L: Limit>(
    _: X,
    _: Strategy<S>,
    _: Z,
    members: M,
    limit: L,
) -> GatherFuture<M::Node, S, ReturnPerPoll<X>, L, NoDeadline, AsFields, Z> {
    GatherFuture::new(members.into_node(), ReturnPerPoll(PhantomData), limit, NoDeadline, AsFields)
}
