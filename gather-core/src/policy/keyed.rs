//! Lists of pairs `(key, future)`. An item carries its key through the group, so that no list of keys is kept beside it: its field
//! is the pair of the key and what the field would be without one, and a failure takes the key along.

use crate::unwind::catch;
use alloc::format;
use core::fmt::Debug;
use core::future::Future;
use core::marker::PhantomData;
use core::pin::Pin;
use core::task::{Context, Poll};

use pin_project_lite::pin_project;

use super::abort::Interruption;
#[cfg(feature = "tokio")]
use super::abort::Stop;
use super::member::Settle;
use crate::member::{Member, Place};
use crate::unwind::quietly;

pin_project! {
    /// The future of an item and its key. It gives both, and drops the future before it does.
    ///
    /// Where `A` catches panics it is done here: afterwards the key would be gone with the future.
    pub struct WithKey<Q, F, A> {
        key: Option<Q>,
        #[pin]
        pub(crate) future: Option<F>,
        settle: PhantomData<fn() -> A>,
    }
}

impl<Q, F, A> WithKey<Q, F, A> {
    pub(crate) fn new(key: Q, future: F) -> Self {
        Self { key: Some(key), future: Some(future), settle: PhantomData }
    }
}

const TAKEN: &str = "an item has its key until it has ended";

impl<Q, F: Future, A: Settle<F>> Future for WithKey<Q, F, A> {
    type Output = (Option<Q>, Result<F::Output, Interruption>);

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
        // None where it was left behind: nobody will see what it gives.
        Poll::Ready((this.key.take(), output))
    }
}

fn caught<T>(user: impl FnOnce() -> T) -> Result<T, Interruption> {
    catch(user).map_err(Interruption::Panicked)
}

/// The output of an item with a key, which `X` can print: treated as by `A` without it.
pub struct KeyedBy<X, A>(PhantomData<fn() -> (X, A)>);

/// Why the list gives no field for an item.
pub struct OfKey<Q, X, E> {
    /// The failure of an item; or what went wrong with one that was never there: it has no key, and so there is no field to hold it.
    pub(crate) failure: Result<E, Interruption>,
    /// None where the exception has the name of another group's member.
    key: Option<Q>,
    text: PhantomData<fn() -> X>,
}

impl<Q, X: KeyText<Q>, E> OfKey<Q, X, E> {
    /// The failure, and what tells its member the key, where there is one. The text is made by that.
    pub(crate) fn into_parts(self) -> (Result<E, Interruption>, impl FnOnce(Option<&mut Member>)) {
        let key = self.key;
        let tell = move |member: Option<&mut Member>| {
            if let (Some(key), Some(member)) = (&key, member) {
                X::tell(key, member);
            }
            drop_key(key);
        };
        (self.failure, tell)
    }
}

/// The destructor of a key is user code: its panic would hide the failure that the key belongs to.
fn drop_key<Q>(key: Option<Q>) {
    quietly(|| drop(key));
}

impl<Q, F, A, X> Settle<WithKey<Q, F, A>> for KeyedBy<X, A>
where
    F: Future,
    A: Settle<F>,
    X: KeyText<Q>,
{
    type Field = (Q, A::Field);
    type Failure = OfKey<Q, X, A::Failure>;
    const CATCHES: bool = A::CATCHES;
    const KEEPS: bool = A::KEEPS;
    const HAS_ABSENT: bool = !A::KEEPS;

    fn settle(
        (key, output): (Option<Q>, Result<F::Output, Interruption>),
        place: Place,
    ) -> Result<Self::Field, Self::Failure> {
        let Some(key) = key else { unreachable!("{TAKEN}") };
        match output {
            Ok(output) => {
                with_key::<Q, X, F, A>(key, !A::HANDS_ON, unbroken::<F, A>(place, || A::settle(output, place)))
            }
            Err(why) => with_key::<Q, X, F, A>(key, true, A::interrupted(why, place)),
        }
    }

    #[cfg(feature = "tokio")]
    fn settle_stopped(
        (key, output): (Option<Q>, Result<F::Output, Interruption>),
        place: Place,
        why: Stop,
    ) -> Result<Self::Field, Self::Failure> {
        let Some(key) = key else { unreachable!("{TAKEN}") };
        let settled = match output {
            Ok(output) => {
                let settled = unbroken::<F, A>(place, || A::settle_stopped(output, place, why));
                return with_key::<Q, X, F, A>(key, !A::HANDS_ON, settled);
            }
            Err(Interruption::Cancelled) => A::interrupted(why.into(), place),
            Err(why) => A::interrupted(why, place),
        };
        with_key::<Q, X, F, A>(key, true, settled)
    }

    fn interrupted(why: Interruption, place: Place) -> Result<Self::Field, Self::Failure> {
        let failure = if A::KEEPS {
            Err(why)
        } else {
            match A::interrupted(why, place) {
                Ok(_) => unreachable!("only a field that keeps what went wrong is made of it"),
                Err(failure) => Ok(failure),
            }
        };
        Err(OfKey { failure, key: None, text: PhantomData })
    }

    fn interrupted_in(
        future: Pin<&mut WithKey<Q, F, A>>,
        why: Interruption,
        place: Place,
    ) -> Result<Self::Field, Self::Failure> {
        let Some(key) = future.project().key.take() else { unreachable!("{TAKEN}") };
        with_key::<Q, X, F, A>(key, true, A::interrupted(why, place))
    }

    fn drop_inside(future: Pin<&mut WithKey<Q, F, A>>) -> bool {
        future.project().future.set(None);
        true
    }

    fn stop(future: Pin<&mut WithKey<Q, F, A>>) -> Option<(Option<Q>, Result<F::Output, Interruption>)> {
        let this = future.project();
        let output = A::stop(this.future.as_pin_mut()?)?;
        Some((this.key.take(), Ok(output)))
    }

    #[cfg(feature = "tokio")]
    fn detach(future: Pin<&mut WithKey<Q, F, A>>) -> Option<WithKey<Q, F, A>> {
        let rest = A::detach(future.project().future.as_pin_mut()?)?;
        // The key stays here, for the field.
        Some(WithKey { key: None, future: Some(rest), settle: PhantomData })
    }
}

/// To convert an error is user code, and its panic the item's.
fn unbroken<F: Future, A: Settle<F>>(
    place: Place,
    settle: impl FnOnce() -> Result<A::Field, A::Failure>,
) -> Result<A::Field, A::Failure> {
    if A::CATCHES { caught(settle).unwrap_or_else(|why| A::interrupted(why, place)) } else { settle() }
}

/// `tells`: what went wrong is said of this item, and not of a member of a group that it is.
fn with_key<Q, X: KeyText<Q>, F: Future, A: Settle<F>>(
    key: Q,
    tells: bool,
    settled: Result<A::Field, A::Failure>,
) -> Result<(Q, A::Field), OfKey<Q, X, A::Failure>> {
    match settled {
        Ok(mut field) => {
            if A::KEEPS && tells {
                A::tell(&mut field, |member| X::tell(&key, member));
            }
            Ok((key, field))
        }
        Err(failure) => {
            let mut key = Some(key);
            if !tells {
                drop_key(key.take());
            }
            Err(OfKey { failure: Ok(failure), key, text: PhantomData })
        }
    }
}

/// Whether keys can be printed.
pub trait KeyText<Q> {
    fn tell(key: &Q, member: &mut Member);
}

pub struct Shown;
impl<Q: Debug> KeyText<Q> for Shown {
    fn tell(key: &Q, member: &mut Member) {
        // User code: its panic would hide what is to be told.
        quietly(|| member.set_key(format!("{key:?}").into()));
    }
}

/// The index has to do.
pub struct Hidden;
impl<Q> KeyText<Q> for Hidden {
    fn tell(_: &Q, _: &mut Member) {}
}
