//! What the compiler says about what cannot be a member. Reviewed as one text: each says what is wrong, then the fix.
//!
//! Nothing implements these traits; see [`mistakes`](crate::mistakes).

#[diagnostic::on_unimplemented(
    message = "a member of `gather!` must be a future, and this is `{Self}`",
    label = "not a future",
    note = "a member is a call of an `async fn`, an `async` block, or anything else that implements `IntoFuture`"
)]
pub trait Member {}

#[diagnostic::on_unimplemented(
    message = "this is a list of futures, not one future: write `*` before it",
    label = "a list (`{Self}`): `*` unpacks it into one `Vec` of results"
)]
pub trait ListIsUnpacked {}

#[diagnostic::on_unimplemented(
    message = "this is a function, not a future: call it",
    label = "add `(..)` with its arguments"
)]
pub trait FunctionIsCalled {}

#[diagnostic::on_unimplemented(
    message = "this may hold no future (`{Self}`), so it cannot be a member: take the future out first",
    label = "use `?`, `match` or `unwrap` in parentheses, as in `(connect()?)`, or `*` for a list of none or one"
)]
pub trait FutureIsUnwrapped {}

#[diagnostic::on_unimplemented(
    message = "a future behind `&mut` must be pinned to be a member: `let mut f = std::pin::pin!(f);`, then `f.as_mut()`",
    label = "not `Unpin`; give the future itself, or pin it first"
)]
pub trait FutureIsPinned {}

#[diagnostic::on_unimplemented(
    message = "`*` unpacks a list of futures, and this is `{Self}`",
    label = "not a list",
    note = "a list is a `Vec`, an array, or any other `IntoIterator` of futures"
)]
pub trait List {}

#[diagnostic::on_unimplemented(
    message = "this is one future, not a list of futures: remove the `*`",
    label = "one future"
)]
pub trait ListNotFuture {}

#[diagnostic::on_unimplemented(
    message = "`*` unpacks a list of futures, and the items of this one are `{Self}`",
    label = "its items are not futures",
    note = "make a future of each item: `*items.into_iter().map(fetch)`"
)]
pub trait Item {}

#[diagnostic::on_unimplemented(
    message = "`*` unpacks a list of futures, and this one only lends them (its items are `&{Self}`): use `into_iter()`",
    label = "its items are references to futures, which cannot be polled"
)]
pub trait OwnedItem {}

#[diagnostic::on_unimplemented(
    message = "`?` is for members that give a `Result`, and this one gives `{Self}`: remove the `?`",
    label = "cannot fail"
)]
pub trait MemberIsAResult {}

#[diagnostic::on_unimplemented(
    message = "`?` is for members that give a `Result`, and this one gives `{Self}`: remove the `?`, or wrap it as in `async {{ f().await.ok_or(MyError) }}`",
    label = "an `Option` is no error"
)]
pub trait OptionIsAResult {}

#[diagnostic::on_unimplemented(
    message = "this member fails with `{Self}`, and an earlier `?` member with `{X}`: give the group an error that both convert into, `; error = MyError`",
    label = "another error type",
    note = "or remove the `?`, so that its `Result` is the field"
)]
pub trait SameError<X> {}

#[diagnostic::on_unimplemented(
    message = "this member fails with `{Self}`, which does not convert into the group's error `{X}`: implement `From<{Self}> for {X}`",
    label = "no `From` for this error"
)]
pub trait ConvertedError<X> {}

#[diagnostic::on_unimplemented(
    message = "`until` takes a future, and this is `{Self}`: write `until = shutdown.notified()`",
    label = "not a future"
)]
pub trait Until {}

#[cfg(not(feature = "tokio"))]
#[diagnostic::on_unimplemented(
    message = "`timeout` needs tokio's clock: turn on the feature `tokio` of `gather`, or give `until = your_timer`",
    label = "there is no clock without the feature `tokio`"
)]
pub trait TokioFeature {}
