//! Lists of pairs `(key, future)`. An item carries its key through the group, so that no list of keys is kept beside it: its field
//! is the pair of the key and what the field would be without one, and a failure takes the key along.

use alloc::format;
use core::fmt::Debug;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

#[cfg(feature = "tokio")]
use super::abort::StopReason;
use super::abort::{Abort, caught};
use super::member::MemberPolicy;
use crate::member::{Member, MemberId};
use crate::observe::{self, Outcome};
use crate::unwind::quietly;

pin_project! {
    /// The future of an item, with the item's key. It gives the key beside the output, and drops the future right before.
    ///
    /// Where `A` catches panics they are caught here: later the key would be gone with the future.
    pub struct KeyedFuture<Q, F, A> {
        key: Option<Q>,
        #[pin]
        pub(crate) future: Option<F>,
        settle: PhantomData<fn() -> A>,
    }
}

impl<Q, F, A> KeyedFuture<Q, F, A> {
    pub(crate) fn new(key: Q, future: F) -> Self {
        Self { key: Some(key), future: Some(future), settle: PhantomData }
    }
}

type KeyedOutput<Q, F> = (Option<Q>, Result<<F as Future>::Output, Abort>);

const TAKEN: &str = "an item has its key until it has ended";

impl<Q, F: Future, A: MemberPolicy<F>> Future for KeyedFuture<Q, F, A> {
    type Output = KeyedOutput<Q, F>;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let mut this = self.project();
        let Some(running) = this.future.as_mut().as_pin_mut() else { unreachable!("{TAKEN}") };
        let output = if A::CATCHES {
            let polled = match caught(|| running.poll(cx)) {
                Ok(Poll::Pending) => return Poll::Pending,
                Ok(Poll::Ready(output)) => Ok(output),
                Err(why) => Err(why),
            };
            match (polled, caught(|| this.future.set(None))) {
                (Ok(output), Err(why)) => {
                    quietly(|| drop(output));
                    Err(why)
                }
                (polled, _) => polled,
            }
        } else {
            let Poll::Ready(output) = running.poll(cx) else { return Poll::Pending };
            this.future.set(None);
            Ok(output)
        };
        // There is no key where this is what was left of a detached item: nobody sees its output.
        Poll::Ready((this.key.take(), output))
    }
}

/// The policy of an item with a key, which `X` can print. Its output is settled by `A`, as if it had no key.
pub struct KeyedPolicy<X, A>(PhantomData<fn() -> (X, A)>);

/// Why the list gives no field for an item.
pub struct KeyedFailure<Q, X, E> {
    /// The failure of an item; or why an item gave nothing that was never there: it has no key, so that no field can hold the reason.
    pub(crate) failure: Result<E, Abort>,
    /// `None` where the exception names the member of another group.
    key: Option<Q>,
    text: PhantomData<fn() -> X>,
}

impl<Q, X: PrintKey<Q>, E> KeyedFailure<Q, X, E> {
    /// The failure, and a closure that adds the key to its member, where there is a key. The closure makes the key's text.
    pub(crate) fn into_parts(self) -> (Result<E, Abort>, impl FnOnce(Option<&mut Member>)) {
        let key = self.key;
        let add_key = move |member: Option<&mut Member>| {
            if let (Some(key), Some(member)) = (&key, member) {
                X::add_key(key, member);
            }
            drop_key(key);
        };
        (self.failure, add_key)
    }
}

/// Drops a key. Its destructor is user code, whose panic would hide the failure that the key belongs to.
fn drop_key<Q>(key: Option<Q>) {
    quietly(|| drop(key));
}

impl<Q, F, A, X> MemberPolicy<KeyedFuture<Q, F, A>> for KeyedPolicy<X, A>
where
    F: Future,
    A: MemberPolicy<F>,
    X: PrintKey<Q>,
{
    type Field = (Q, A::Field);
    type Failure = KeyedFailure<Q, X, A::Failure>;
    const CATCHES: bool = A::CATCHES;
    const RETURNS_EXCEPTIONS: bool = A::RETURNS_EXCEPTIONS;
    const FILLS_UNSTARTED: bool = !A::RETURNS_EXCEPTIONS;
    const MAY_FAIL: bool = A::MAY_FAIL;

    fn settle(ended: Result<KeyedOutput<Q, F>, Abort>, id: MemberId) -> Result<Self::Field, Self::Failure> {
        let failure = match ended {
            Ok((Some(key), ended)) => return settle_with_key::<Q, X, F, A>(key, ended, id),
            Ok((None, _)) => unreachable!("{TAKEN}"),
            Err(why) if A::RETURNS_EXCEPTIONS => Err(why),
            Err(why) => match A::settle(Err(why), id) {
                Ok(_) => unreachable!("only a field that keeps what went wrong is made of it"),
                Err(failure) => Ok(failure),
            },
        };
        Err(KeyedFailure { failure, key: None, text: PhantomData })
    }

    #[cfg(feature = "tokio")]
    fn stopped((key, ended): KeyedOutput<Q, F>, why: StopReason) -> Result<KeyedOutput<Q, F>, Abort> {
        let ended = match ended {
            Ok(output) => A::stopped(output, why),
            Err(Abort::Cancelled) => Err(why.into()),
            Err(why) => Err(why),
        };
        Ok((key, ended))
    }

    fn outcome(settled: Result<&Self::Field, &Self::Failure>) -> Outcome {
        match settled {
            Ok((_, field)) => A::outcome(Ok(field)),
            Err(KeyedFailure { failure: Ok(failure), .. }) => A::outcome(Err(failure)),
            Err(KeyedFailure { failure: Err(why), .. }) => Outcome::from(why),
        }
    }

    fn key(future: Pin<&mut KeyedFuture<Q, F, A>>) -> observe::KeyText {
        X::text(future.project().key.as_ref()?)
    }

    #[cfg(feature = "tokio")]
    fn key_of_new(future: &KeyedFuture<Q, F, A>) -> observe::KeyText {
        X::text(future.key.as_ref()?)
    }

    fn settle_aborted(
        future: Pin<&mut KeyedFuture<Q, F, A>>,
        why: Abort,
        id: MemberId,
    ) -> Result<Self::Field, Self::Failure> {
        Self::settle(Ok((future.project().key.take(), Err(why))), id)
    }

    fn drop_inside(future: Pin<&mut KeyedFuture<Q, F, A>>) -> bool {
        future.project().future.set(None);
        true
    }

    fn stop(future: Pin<&mut KeyedFuture<Q, F, A>>) -> Option<KeyedOutput<Q, F>> {
        let this = future.project();
        let output = A::stop(this.future.as_pin_mut()?)?;
        Some((this.key.take(), Ok(output)))
    }

    #[cfg(feature = "tokio")]
    fn detach(future: Pin<&mut KeyedFuture<Q, F, A>>) -> Option<KeyedFuture<Q, F, A>> {
        let rest = A::detach(future.project().future.as_pin_mut()?)?;
        // The key stays here: it is part of the field.
        Some(KeyedFuture { key: None, future: Some(rest), settle: PhantomData })
    }
}

/// Puts the key beside what an item has become. To settle an output may convert an error, which is user code: its panic is the item's.
fn settle_with_key<Q, X: PrintKey<Q>, F: Future, A: MemberPolicy<F>>(
    key: Q,
    ended: Result<F::Output, Abort>,
    id: MemberId,
) -> Result<(Q, A::Field), KeyedFailure<Q, X, A::Failure>> {
    // An exception names this item, and not a member of a group that the item is.
    let mut tells = !ended.as_ref().is_ok_and(A::is_group_outcome);
    let settled = if A::CATCHES && ended.is_ok() {
        caught(|| A::settle(ended, id)).unwrap_or_else(|why| {
            tells = true;
            A::settle(Err(why), id)
        })
    } else {
        A::settle(ended, id)
    };
    match settled {
        Ok(mut field) => {
            if A::RETURNS_EXCEPTIONS && tells {
                A::add_key(&mut field, |member| X::add_key(&key, member));
            }
            Ok((key, field))
        }
        Err(failure) => {
            let mut key = Some(key);
            if !tells {
                drop_key(key.take());
            }
            Err(KeyedFailure { failure: Ok(failure), key, text: PhantomData })
        }
    }
}

/// A way to print keys.
pub trait PrintKey<Q> {
    fn text(key: &Q) -> observe::KeyText;
    fn add_key(key: &Q, member: &mut Member) {
        if let Some(text) = Self::text(key) {
            member.set_key(text);
        }
    }
}

pub struct PrintedKey;
impl<Q: Debug> PrintKey<Q> for PrintedKey {
    fn text(key: &Q) -> observe::KeyText {
        let mut text = None;
        // `Debug` is user code, whose panic would hide the exception.
        quietly(|| text = Some(format!("{key:?}").into()));
        text
    }
}

/// For keys that cannot be printed: the exception has the item's index.
pub struct UnprintedKey;
impl<Q> PrintKey<Q> for UnprintedKey {
    fn text(_: &Q) -> observe::KeyText {
        None
    }
}
