//! What was written as a member, after its expression was evaluated and before its kind is known.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};
use core::pin::Pin;

use futures_core::Stream;

use super::dependent::Ended;
use crate::in_task::{Stored, store};

/// What a member, or each item of a list, is.
pub trait Source {
    type Item;
}

/// One member.
pub struct One<M>(pub(crate) Stored<M>);

/// One member of a group with a limit.
pub struct Queued<M>(pub(crate) Stored<M>);

#[inline]
pub fn one<M>(member: M) -> One<M> {
    One(store!(member))
}
#[inline]
pub fn queued<M>(member: M) -> Queued<M> {
    Queued(store!(member))
}
#[inline]
pub fn late_one<F, D>(member: F, gate: D) -> LateOne<F, D> {
    LateOne(store!(member), gate)
}
#[inline]
pub fn late_queued<F, D>(member: F, gate: D) -> LateQueued<F, D> {
    LateQueued(store!(member), gate)
}

/// The items of a list: by default, all pulled where it stands.
pub struct Eager<T, L = Vec<T>>(pub(crate) L, pub(crate) PhantomData<fn() -> T>);

/// Instead of the `Vec`: pulled when nothing else is evaluated before them any more.
pub struct Unpulled<I>(pub(crate) I);

/// A list under a limit.
pub struct Lazy<I>(pub(crate) I);

/// The same of a list.
pub trait ListSource: Source {}
impl<T, L> ListSource for Eager<T, L> {}
impl<I: Iterator> ListSource for Lazy<I> {}

impl<M> Source for One<M> {
    type Item = M;
}
impl<M> Source for Queued<M> {
    type Item = M;
}
impl<T, L> Source for Eager<T, L> {
    type Item = T;
}
impl<I: Iterator> Source for Lazy<I> {
    type Item = I::Item;
}

/// A dependant: the future of its body, and what it waits for.
pub struct LateOne<F, D>(pub(crate) Stored<F>, pub(crate) D);

/// The same in a group with a limit.
pub struct LateQueued<F, D>(pub(crate) Stored<F>, pub(crate) D);

/// A dependent list: what it waits for, and what makes the [`Eager`] or [`Lazy`] list `S`.
pub struct LateStar<D, C, S>(pub(crate) D, pub(crate) C, pub(crate) PhantomData<fn() -> S>);

/// What the kind of a member is found by: for most, what was written.
pub trait Written {
    type Source;
}
impl<M> Written for One<M> {
    type Source = Self;
}
impl<M> Written for Queued<M> {
    type Source = Self;
}
impl<T, L> Written for Eager<T, L> {
    type Source = Self;
}
impl<I> Written for Lazy<I> {
    type Source = Self;
}
impl<F: Future<Output = Ended<I, O>>, D, I, O> Written for LateOne<F, D> {
    type Source = One<I>;
}
impl<F: Future<Output = Ended<I, O>>, D, I, O> Written for LateQueued<F, D> {
    type Source = One<I>;
}
impl<D, C, S> Written for LateStar<D, C, S> {
    type Source = S;
}

/// `*expr`: unpacks what is a list, or else a stream; anything else is left to the module `mistakes` to explain.
pub struct Star<L>(StarOfStream<L>);

/// Its rung where it is no list. Method lookup goes on by reference, so the stream is taken out of it.
pub struct StarOfStream<L>(Option<L>);

/// The items of a stream. The group boxes it, so it need not be `Unpin`.
pub struct Streaming<S, const LIMITED: bool>(pub(crate) Pin<Box<S>>);

impl<S: Stream, const LIMITED: bool> Source for Streaming<S, LIMITED> {
    type Item = S::Item;
}
impl<S: Stream, const LIMITED: bool> ListSource for Streaming<S, LIMITED> {}
impl<S, const LIMITED: bool> Written for Streaming<S, LIMITED> {
    type Source = Self;
}

impl<L> Star<L> {
    #[inline(always)]
    pub(crate) fn new(list: L) -> Self {
        Self(StarOfStream(Some(list)))
    }
}

impl<L> StarOfStream<L> {
    #[inline(always)]
    fn take(&mut self) -> L {
        self.0.take().unwrap_or_else(|| unreachable!("it is unpacked once"))
    }
}

impl<L> Deref for Star<L> {
    type Target = StarOfStream<L>;
    fn deref(&self) -> &StarOfStream<L> {
        &self.0
    }
}
impl<L> DerefMut for Star<L> {
    fn deref_mut(&mut self) -> &mut StarOfStream<L> {
        &mut self.0
    }
}

impl<L: IntoIterator> Star<L> {
    pub fn __eager(mut self) -> Eager<L::Item> {
        Eager(self.0.take().into_iter().collect(), PhantomData)
    }

    /// A list that is the only member of a spawned group.
    pub fn __alone(mut self) -> Eager<L::Item, Unpulled<L::IntoIter>> {
        Eager(Unpulled(self.0.take().into_iter()), PhantomData)
    }

    pub fn __lazy(mut self) -> Lazy<L::IntoIter> {
        Lazy(self.0.take().into_iter())
    }
}

impl<S: Stream> StarOfStream<S> {
    pub fn __eager(&mut self) -> Streaming<S, false> {
        Streaming(Box::pin(self.take()))
    }

    pub fn __alone(&mut self) -> Streaming<S, false> {
        self.__eager()
    }

    pub fn __lazy(&mut self) -> Streaming<S, true> {
        Streaming(Box::pin(self.take()))
    }
}
