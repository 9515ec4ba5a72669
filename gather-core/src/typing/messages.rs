//! What the compiler says about what cannot be a member. Reviewed as one text: each says what is wrong, then the fix.
//!
//! Nothing implements these traits, but for [`KnownError`]; see [`not_a_member`](super::not_a_member). Each is asked of [`Gather`], with the type in question as
//! a parameter: of a type that is itself a parameter, or a trait, rustc would advise to give it the bound.

use core::error::Error;
use core::ops::Not;

use super::invalid::Invalid;
use super::levels::marker_type;
use crate::exception::FindSource;

/// `gather!`, as the one that is asked whether it takes this.
pub struct Gather;

/// Defines messages, and for each the marker that a ladder answers with. The `Not` of that would be an `$answer`, if it compiled.
macro_rules! mistakes {
    ($answer:ty: $($(#[$meta:meta])* $marker:ident asks $message:ident<$param:ident> { $($text:tt)+ })+) => { $(
        $(#[$meta])*
        #[diagnostic::on_unimplemented($($text)+)]
        pub trait $message<$param> {}
        marker_type!($(#[$meta])* $marker<$param, R>);
        $(#[$meta])*
        impl<$param, R> Not for $marker<$param, R>
        where
            Gather: $message<$param>,
        {
            type Output = $answer;
            fn not(self) -> $answer {
                unreachable!("it does not compile")
            }
        }
    )+ };
}

mistakes! {
    Invalid<R>:
    /// Anything else.
    IsOther asks MemberIsFuture<T> {
        message = "a member of `gather!` must be a future, and this is `{T}`",
        label = "not a future",
        note = "a member is a call of an `async fn`, a block as `async {{ value }}`, or anything else that implements `IntoFuture`"
    }
    /// A list where one member belongs.
    IsList asks ListIsUnpacked<T> {
        message = "this is a list of futures, not one future: write `*` before it",
        label = "a list (`{T}`): `*` unpacks it into one `Vec` of results"
    }
    /// A list of something else, where one member belongs.
    IsListOfOthers asks MemberIsAFuture<T> {
        message = "a member of `gather!` must be a future, and this is a list of `{T}`: make a future of each item, as in `*items.into_iter().map(fetch)`",
        label = "not a future"
    }
    /// A function or a closure.
    IsUncalled asks FunctionIsCalled<T> {
        message = "this is a function, not a future: call it",
        label = "add `(..)` with its arguments"
    }
    /// A future in an `Option` or a `Result`.
    IsWrapped asks FutureIsUnwrapped<T> {
        message = "this may hold no future (`{T}`), so it cannot be a member: take the future out first",
        label = "use `?`, `match` or `unwrap` in parentheses, as in `(connect()?)`, or `*` for a list of none or one"
    }
    /// `&mut future` that is not `Unpin`.
    IsUnpinned asks FutureIsPinned<T> {
        message = "a future behind `&mut` must be pinned to be a member: `let mut f = std::pin::pin!(f);`, then `f.as_mut()`",
        label = "not `Unpin`; give the future itself, or pin it first"
    }
    /// A future in a `Box`, likewise.
    IsBoxed asks BoxIsPinned<T> {
        message = "a boxed future must be pinned to be a member: make it with `Box::pin(f)`, or write `Box::into_pin(f)`",
        label = "not `Unpin`: its type is `Pin<Box<dyn Future<..>>>` where it is pinned"
    }
    /// The handle of a thread.
    IsThread asks ThreadIsATask<T> {
        message = "this is the handle of a thread, not a future: run the work by `tokio::task::spawn_blocking(..)`, whose handle is one",
        label = "not a future"
    }
    /// A stream where one member belongs.
    IsStream asks StreamIsUnpacked<T> {
        message = "this is a stream of futures, not one future: write `*` before it",
        label = "a stream (`{T}`): `*` unpacks it into one `Vec` of results"
    }
    /// `&mut stream` that is not `Unpin`.
    IsUnpinnedStream asks StreamIsPinned<T> {
        message = "a stream behind `&mut` must be pinned to be unpacked: `let mut s = std::pin::pin!(s);`, then `*s.as_mut()`",
        label = "not `Unpin`; give the stream itself, or pin it first"
    }
    /// A stream in a `Box`, likewise.
    IsBoxedStream asks BoxOfStreamIsPinned<T> {
        message = "a boxed stream must be pinned to be unpacked: make it with `Box::pin(s)`, or write `*Box::into_pin(s)`",
        label = "not `Unpin`: its type is `Pin<Box<dyn Stream<..>>>` where it is pinned"
    }
    /// A set of tasks that is no list of them.
    #[cfg(feature = "tokio")]
    IsJoinSet asks TasksOfJoinSet<T> {
        message = "a `JoinSet` is no list of its tasks: spawn them with `gather!(*futures; spawn)`, or give `*` the handles, as in `*jobs.map(tokio::spawn)`",
        label = "a `JoinSet`; `join_all()` or `join_next()` give its results"
    }
    /// A stream in a spawned group, which somebody would have to pull.
    #[cfg(feature = "tokio")]
    IsSpawnedStream asks ListNotStream<T> {
        message = "a spawned group takes no stream, which would have to be pulled in a task of its own: leave out `spawn` and spawn the items, as in `*stream.map(tokio::spawn); return_exceptions`, or `; as_completed`",
        label = "a stream: `{T}`"
    }
    /// `*` on something that is no list.
    IsNoList asks StarIsList<T> {
        message = "`*` unpacks a list of futures, and this is `{T}`",
        label = "not a list",
        note = "a list is a `Vec`, an array, or any other `IntoIterator` of futures, or a `Stream` of them"
    }
    /// `*` on a future.
    IsStarredFuture asks ListNotFuture<T> {
        message = "this is one future, not a list of futures: remove the `*`",
        label = "one future"
    }
    /// A list of something else.
    IsNoFutures asks ItemIsFuture<T> {
        message = "`*` unpacks a list of futures, and the items of this one are `{T}`",
        label = "its items are not futures",
        note = "make a future of each item: `*items.into_iter().map(fetch)`"
    }
    /// A list of pairs, the future first.
    IsSwapped asks KeyComesFirst<T> {
        message = "the key comes first in a list of pairs: make each item `(key, future)`, not `(future, key)`",
        label = "its items are `{T}`"
    }
    /// A list of pairs of a key and a list.
    IsListForAKey asks OneFutureForAKey<T> {
        message = "a key stands before one future, and this one before a list of them: write `(key, gather!(*list))`",
        label = "its items are `{T}`"
    }
    /// A stream of something else.
    IsStreamOfOthers asks ItemOfStream<T> {
        message = "`*` unpacks a stream of futures, and the items of this one are `{T}`: make a future of each, as in `*stream.map(fetch)`",
        label = "its items are not futures",
        note = "of a `FuturesUnordered` or of `buffered(n)` these are results already: give `*` the list that it was made from"
    }
    /// A list of references to futures.
    IsBorrowed asks OwnedItem<T> {
        message = "`*` unpacks a list of futures, and this one only lends them (its items are `&{T}`): use `into_iter()`",
        label = "its items are references to futures, which cannot be polled"
    }
    /// A list of `&mut` references to futures that are not `Unpin`.
    IsLent asks OwnedItemNotLent<T> {
        message = "`*` unpacks a list of futures, and this one only lends them (its items are `{T}`): use `into_iter()`",
        label = "its items are futures behind `&mut`, which must be pinned to be polled"
    }
    /// A future whose output is no `Result`, with a `?`.
    IsNoResult asks MemberIsAResult<T> {
        message = "`?` is for members that give a `Result`, and this one gives `{T}`: remove the `?`",
        label = "cannot fail"
    }
    /// A future of an `Option`, with a `?`.
    IsOption asks OptionIsAResult<T> {
        message = "`?` is for members that give a `Result`, and this one gives `{T}`: remove the `?`, or wrap it as in `async {{ f().await.ok_or(MyError) }}`",
        label = "an `Option` is no error"
    }
    /// The key of a spawned item.
    #[cfg(feature = "tokio")]
    IsKeyNotSend asks KeyIsSend<Q> {
        message = "the key of a spawned item goes to another thread with it, so it must be `Send`, and `{Q}` is not: take another key, as an `Arc` for an `Rc`, or leave out `spawn`",
        label = "a list of pairs `(key, future)` whose keys cannot be sent between threads"
    }
}

mistakes! {
    R:
    /// Pairs of two futures.
    IsPairOfFutures asks KeyIsNoFuture<Q> {
        message = "the items of this list are pairs of two futures, and the first of a pair is its key: write `gather!(a, b)` for each pair",
        label = "a list of pairs `(key, future)`, and `{Q}` is no key",
        note = "where the type of the keys is not known here, as after `into()`, write it"
    }
    /// The pairs of a dependent list where fields hold what goes wrong.
    IsDependentKeyed asks DependentListHasNoKeys<Q> {
        message = "a list that waits for others cannot have keys under `return_exceptions`: where it never starts there is no key to hold the reason. Give each item's future its key: `async {{ (key, f(key).await) }}`",
        label = "a list of pairs `(key, future)` that waits for others"
    }
    /// `limit` is given something else than a `usize`.
    IsNoLimit asks LimitIsUsize<T> {
        message = "`limit` takes a `usize`, and this is `{T}`: convert it, as in `limit = usize::try_from(n)?`",
        label = "not a `usize`"
    }
    /// `timeout` is given something else than a `Duration`.
    #[cfg(feature = "tokio")]
    IsNoDuration asks TimeoutIsDuration<T> {
        message = "`timeout` takes a `Duration`, and this is `{T}`: write `timeout = Duration::from_millis(..)` or `Duration::from_secs(..)`",
        label = "not a `Duration`"
    }
    /// `until` is given something else than a future.
    IsNoUntil asks UntilIsFuture<T> {
        message = "`until` takes a future, and this is `{T}`: write `until = shutdown.notified()`",
        label = "not a future"
    }
}

#[diagnostic::on_unimplemented(
    message = "this member fails with `{E}`, and an earlier `?` member with `{X}`: give the group an error that both convert into, `; error = MyError`",
    label = "another error type",
    note = "or remove the `?`, so that its `Result` is the field"
)]
pub trait SameError<E, X> {}
#[diagnostic::on_unimplemented(
    message = "this member fails with `{E}`, which does not convert into the group's error `{X}`: implement `From<{E}> for {X}`",
    label = "no `From` for this error"
)]
pub trait ConvertedError<E, X> {}
#[diagnostic::on_unimplemented(
    message = "the results of `as_completed` and `in_order` come one by one: write `while let Some(result) = results.next().await {{ .. }}`",
    label = "no iterator, which could not wait for them"
)]
pub trait NextNotFor<S> {}
#[diagnostic::on_unimplemented(
    message = "the results of `as_completed` and `in_order` come one by one: await `results.next()`, as in `while let Some(result) = results.next().await {{ .. }}`",
    label = "no future of all results: that is a group without this option"
)]
pub trait NextNotAwait<S> {}
#[diagnostic::on_unimplemented(
    message = "the type of this error is not known where the group stands, and later turns out to be `{E}`, which is no `Error`: write it there, as in `Ok::<_, {E}>(value)`",
    label = "fails with `{E}`, as is known only later",
    note = "`gather!` looks for the causes of an error where it is written; a call of an `async fn` tells its error, and so does the option `error = {E}`"
)]
pub trait KnownError<E> {
    const FIND: FindSource<E>;
}
#[diagnostic::do_not_recommend]
impl<E: Error + 'static> KnownError<E> for Gather {
    const FIND: FindSource<E> = E::source;
}

#[cfg(feature = "tokio")]
#[diagnostic::on_unimplemented(
    message = "other tasks of this group look at what this member gives, so it must be `Send` and `Sync`, and `{T}` is not: wrap it, as in `Mutex<..>`",
    label = "cannot be shared between tasks"
)]
pub trait SeenIsSync<T> {}
#[cfg(feature = "tokio")]
#[diagnostic::on_unimplemented(
    message = "a spawned group has no `abort()`: write `cancel()`",
    label = "is called `cancel()`"
)]
pub trait CancelNotAbort<T> {}
#[cfg(feature = "tokio")]
#[diagnostic::on_unimplemented(
    message = "a spawned group has no `is_finished()`: write `is_done()`",
    label = "is called `is_done()`"
)]
pub trait IsDoneNotIsFinished<T> {}
#[cfg(feature = "tokio")]
#[diagnostic::on_unimplemented(
    message = "a spawned group has no `done()`: write `is_done()`",
    label = "is called `is_done()`"
)]
pub trait IsDoneNotDone<T> {}
#[cfg(feature = "tokio")]
#[diagnostic::on_unimplemented(
    message = "a spawned group has no `add_done_callback()`: write `on_done(|result| ..)`",
    label = "is called `on_done()`"
)]
pub trait OnDoneNotAddDoneCallback<T> {}
