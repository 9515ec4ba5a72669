//! Which kind of member this is: a ladder of types.
//!
//! The wish: what a member's field is depends on its type (under `return_exceptions` a future of a `Result` is not
//! treated as one of a number is, a `JoinHandle` not as other futures), and where it is no member at all, the message
//! should say what it is instead. A trait cannot choose so: its implementations would overlap.
//!
//! The trick: method lookup. `rung.__kind()` takes the first rung that has a `__kind` for this type, and where it has none goes
//! on to the next through [`Deref`]. The rungs from top to bottom:
//!
//! [`OfTaskResult`] -> [`OfTask`] -> [`OfGroup`] -> [`OfResult`] -> [`OfAny`] -> the mistakes, in [`mistakes`](crate::typing::not_a_member)
//!
//! The generated call, with the member `m` and the group's mode (a marker of [`settle`](crate::policy)):
//! `Not::not(of_result(&m, mode).__kind())`. It starts at the first rung that matters for the mode, so that a plain group looks at
//! one. A rung answers with a concrete type and never with a projection, so that a failure is reported once.
//!
//! Under `return_exceptions` a second ladder follows, in the module `source`: where the source of the member's error is found.
//!
//! rustc lists all rungs before it looks at the first. So members of a plain group have a ladder that begins with themselves and has
//! few rungs, in the module `sown`: `Not::not(member.__kind())`.

use core::convert::Infallible;
use core::future::{Future, IntoFuture};
use core::marker::PhantomData;
use core::ops::Deref;

use crate::in_task::{Stored, into_inner, store};
use crate::policy::{FromError, ConvertError, Caught, CaughtRequired, Returned, ReturnedAny, Required, PerMember, Plain, Identity, FinderUnknown};
use crate::typing::syntax::Subject;

/// How a member becomes a future.
pub trait Enter<M> {
    type Future: Future;
    /// A member that enters in the same way and mentions no lifetime of `M`: what stands for it where its future is known by its
    /// output only.
    type Item;
    fn enter(member: M) -> Self::Future;

    #[inline]
    fn enter_stored(member: Stored<M>) -> Stored<Self::Future> {
        store!(Self::enter(into_inner(member)))
    }

    /// How a spawned group stops a member that it must not drop.
    #[cfg(feature = "tokio")]
    fn stopper(_future: &Self::Future) -> Option<crate::policy::AbortAdopted> {
        None
    }
}

mod source;

pub use source::{OfErrorSource, found};

/// By `IntoFuture`.
pub struct AsFuture;

impl<M: IntoFuture> Enter<M> for AsFuture {
    type Future = M::IntoFuture;
    type Item = core::future::Ready<M::Output>;
    fn enter(member: M) -> M::IntoFuture {
        member.into_future()
    }
}

/// A future as it is: where it is stored already, it stays there.
pub struct AsItself;

impl<F: Future> Enter<F> for AsItself {
    type Future = F;
    type Item = core::future::Ready<F::Output>;
    fn enter(member: F) -> F {
        member
    }
    #[inline]
    fn enter_stored(member: Stored<F>) -> Stored<F> {
        member
    }
}

/// A member that enters by `K` and whose output is settled by `A`.
pub struct Kind<K, A>(PhantomData<fn() -> (K, A)>);

impl<K, A> Default for Kind<K, A> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

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
pub(crate) use rung;

/// The output of a future that never gives anything, as `async { panic!() }`: nothing determines it, and rustc falls back on
/// `()` or `!`, by the edition, if no later line says what it is. Where a bound on such an output is met by several types, method
/// lookup takes the rung and leaves the output open; that of a later rung, `Result<T, E>`, would be taken with a `T` and an
/// `E` that nothing tells.
#[diagnostic::on_unimplemented(
    message = "what this member gives was not known where the group stands, and turns out to be `{Self}`: say so in the member, as in `async {{ let n: u8 = ..; n }}`"
)]
pub trait Undetermined {}
impl Undetermined for () {}
impl Undetermined for Infallible {}
impl Undetermined for <fn() -> ! as Returning>::Output {}

/// The type `!` has no name.
pub trait Returning {
    type Output;
}
impl<T> Returning for fn() -> T {
    type Output = T;
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
rung!(
    /// A future of a `Result`.
    OfResult -> OfAny<S, M>
);
rung!(
    /// A future.
    OfAny -> crate::typing::not_a_member::OtherError<S, M>
);

macro_rules! kinds {
    ($rung:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $enter:ty, $settle:ty) => {
        impl<S: Subject, $($generics)*> $rung<S, $mode> where $($bounds)* {
            pub fn __kind(&self) -> Kind<$enter, $settle> {
                Kind(PhantomData)
            }
        }
    };
}

#[cfg(feature = "tokio")]
pub use adopted::{OfEndlessTask, OfGroup, OfTask, OfTaskResult};

#[cfg(feature = "tokio")]
mod adopted {
    use core::marker::PhantomData;

    use tokio::task::JoinHandle;

    use super::{ConvertError, Enter, Caught, CaughtRequired, Returned, ReturnedAny, Kind, OfResult, PerMember, Subject, Undetermined, FinderUnknown};
    use crate::policy::{AdoptedPolicy, Adopted, AdoptedGroup, AdoptedTask, GroupMember, ReturnedGroup, AbortAdopted};
    use crate::exception::Exception;
    use crate::typing::not_a_member::IsNoResult;
    use crate::spawn::Group;
    use core::ops::Deref;

    rung!(
        /// The same of a task.
        OfEndlessTask -> OfTaskResult<S, M>
    );
    rung!(
        /// A task whose own output is a `Result`.
        OfTaskResult -> OfTask<S, M>
    );
    rung!(
        /// A task.
        OfTask -> OfGroup<S, M>
    );
    rung!(
        /// A spawned group.
        OfGroup -> OfResult<S, M>
    );

    /// By adoption: it ends with its member.
    pub struct AsAdopted;

    impl<T> Enter<JoinHandle<T>> for AsAdopted {
        type Future = AdoptedTask<T>;
        type Item = JoinHandle<T>;
        fn enter(member: JoinHandle<T>) -> AdoptedTask<T> {
            AdoptedTask::new(member)
        }
        fn stopper(future: &AdoptedTask<T>) -> Option<AbortAdopted> {
            Some(future.stopper())
        }
    }

    impl<T: Send + 'static, X: Send + 'static> Enter<Group<T, X>> for AsAdopted {
        type Future = AdoptedGroup<T, X>;
        type Item = Group<T, X>;
        fn enter(member: Group<T, X>) -> AdoptedGroup<T, X> {
            AdoptedGroup::new(member)
        }
        fn stopper(future: &AdoptedGroup<T, X>) -> Option<AbortAdopted> {
            Some(future.stopper())
        }
    }

    kinds!(OfEndlessTask<ReturnedAny>[T: Undetermined] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<ReturnedAny>);
    kinds!(OfTaskResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<CaughtRequired<C>>);
    kinds!(OfTaskResult<Returned<C>>[T, E, C: ConvertError<E>] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<Returned<C, FinderUnknown<E>>>);
    kinds!(OfTaskResult<ReturnedAny>[T, E] (S: Subject<Item = JoinHandle<Result<T, E>>>) => AsAdopted, AdoptedPolicy<Returned<PerMember, FinderUnknown<E>>>);
    kinds!(OfTask<Caught>[T] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<Caught>);
    kinds!(OfTask<ReturnedAny>[T] (S: Subject<Item = JoinHandle<T>>) => AsAdopted, AdoptedPolicy<ReturnedAny>);
    kinds!(OfGroup<Caught>[T: Send + 'static, X: Send + 'static] (S: Subject<Item = Group<T, X>>) => AsAdopted, AdoptedPolicy<Caught>);
    kinds!(OfGroup<CaughtRequired<C>>[T: Send + 'static, E: Send + 'static, C: ConvertError<E>] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<GroupMember<C>>);
    kinds!(OfGroup<Returned<C>>[T: Send + 'static, E: Send + 'static, C: ConvertError<E>] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<ReturnedGroup<C, FinderUnknown<E>>>);
    kinds!(OfGroup<ReturnedAny>[T: Send + 'static, E: Send + 'static] (S: Subject<Item = Group<T, Exception<E>>>) => AsAdopted, AdoptedPolicy<ReturnedGroup<PerMember, FinderUnknown<E>>>);

    impl<S: Subject<Item = JoinHandle<T>>, T, C> OfTask<S, CaughtRequired<C>> {
        pub fn __kind<R>(&self) -> IsNoResult<T, R> {
            IsNoResult::NEW
        }
    }
    impl<S: Subject<Item = JoinHandle<T>>, T, C> OfTask<S, Returned<C>> {
        pub fn __kind<R>(&self) -> IsNoResult<T, R> {
            IsNoResult::NEW
        }
    }
}

kinds!(OfEndless<ReturnedAny>[T: Undetermined] (S::Item: Future<Output = T>) => AsItself, ReturnedAny);
kinds!(OfResult<Required<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Required<C>);
kinds!(OfResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, CaughtRequired<C>);
kinds!(OfResult<Returned<C>>[T, E, C: ConvertError<E>] (S::Item: Future<Output = Result<T, E>>) => AsItself, Returned<C, FinderUnknown<E>>);
kinds!(OfResult<ReturnedAny>[T, E] (S::Item: Future<Output = Result<T, E>>) => AsItself, Returned<PerMember, FinderUnknown<E>>);
kinds!(OfAny<Plain>[] (S::Item: Future) => AsItself, Plain);
kinds!(OfAny<Caught>[] (S::Item: Future) => AsItself, Caught);
kinds!(OfAny<ReturnedAny>[] (S::Item: Future) => AsItself, ReturnedAny);

/// The second half of a rung: what becomes a future. Method lookup takes it where the rung has no method of its own.
pub trait IntoFutureKind {
    type Kind;
    fn __kind(self) -> Self::Kind;
}

macro_rules! into_future_kinds {
    ($rung:ident<$mode:ty>[$($generics:tt)*] ($($bounds:tt)*) => $settle:ty) => {
        impl<S: Subject, $($generics)*> IntoFutureKind for &$rung<S, $mode> where $($bounds)* {
            type Kind = Kind<AsFuture, $settle>;
            fn __kind(self) -> Self::Kind {
                Kind(PhantomData)
            }
        }
    };
}

into_future_kinds!(OfResult<Required<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Required<C>);
into_future_kinds!(OfResult<CaughtRequired<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => CaughtRequired<C>);
into_future_kinds!(OfResult<Returned<C>>[T, E, C: ConvertError<E>] (S::Item: IntoFuture<Output = Result<T, E>>) => Returned<C, FinderUnknown<E>>);
into_future_kinds!(OfResult<ReturnedAny>[T, E] (S::Item: IntoFuture<Output = Result<T, E>>) => Returned<PerMember, FinderUnknown<E>>);
into_future_kinds!(OfAny<Plain>[] (S::Item: IntoFuture) => Plain);
into_future_kinds!(OfAny<Caught>[] (S::Item: IntoFuture) => Caught);
into_future_kinds!(OfAny<ReturnedAny>[] (S::Item: IntoFuture) => ReturnedAny);

/// The modes of `?` members, and what their errors become.
pub trait Fallible {
    type ConvertError;
}
impl<C> Fallible for Required<C> {
    type ConvertError = C;
}
impl<C> Fallible for CaughtRequired<C> {
    type ConvertError = C;
}
impl<C> Fallible for Returned<C> {
    type ConvertError = C;
}

/// The error type of a group.
pub trait GroupError {
    type Error;
}
impl<E> GroupError for Identity<E> {
    type Error = E;
}
impl<T> GroupError for FromError<T> {
    type Error = T;
}
