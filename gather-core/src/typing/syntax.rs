//! What was written as a member, after its expression was evaluated and before its kind is known.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::future::Future;
use core::marker::PhantomData;
use core::ops::{Deref, DerefMut};

use futures_core::Stream;

use super::dependent::BodyOutput;
use crate::in_task::{IteratorSource, Stored, StreamSource, store};

/// What was written, as the levels of a ladder look at it: one member, or a list.
pub trait Subject {
    type Item;
}

/// A single member.
pub struct SingleMember<M>(pub(crate) Stored<M>);

#[inline]
pub fn single<M>(member: M) -> SingleMember<M> {
    SingleMember(store!(member))
}
#[inline]
pub fn dependent<F, D>(member: F, dependencies: D) -> Dependent<F, D> {
    Dependent(store!(member), dependencies)
}

/// The items of a list without a limit. By default they are all pulled where the list is written. Under a limit the list is an
/// [`IteratorSource`], and a stream is a [`StreamSource`].
pub struct PulledItems<T, L = Vec<T>>(pub(crate) L, pub(crate) PhantomData<fn() -> T>);

impl<T> IntoIterator for PulledItems<T> {
    type Item = T;
    type IntoIter = alloc::vec::IntoIter<T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

/// Stands for the `Vec` in a list that is the only member of a spawned group: the items are pulled as they are spawned.
pub struct ItemsAlone<I>(pub(crate) I);

/// The subject is a list.
pub trait ListSubject: Subject {}
impl<T, L> ListSubject for PulledItems<T, L> {}
impl<I: Iterator, const LIMITED: bool> ListSubject for IteratorSource<I, LIMITED> {}
impl<S: Stream, const LIMITED: bool> ListSubject for StreamSource<S, LIMITED> {}

impl<M> Subject for SingleMember<M> {
    type Item = M;
}
impl<T, L> Subject for PulledItems<T, L> {
    type Item = T;
}
impl<I: Iterator, const LIMITED: bool> Subject for IteratorSource<I, LIMITED> {
    type Item = I::Item;
}
impl<S: Stream, const LIMITED: bool> Subject for StreamSource<S, LIMITED> {
    type Item = S::Item;
}

/// A dependant: the future of its body, and what it waits for.
pub struct Dependent<F, D>(pub(crate) Stored<F>, pub(crate) D);

/// A dependent list: what it waits for, and what makes the list `S`.
pub struct DependentList<D, C, S>(pub(crate) D, pub(crate) C, pub(crate) PhantomData<fn() -> S>);

/// What was written as a member. For a dependant, [`Subject`] is what its body gives.
pub trait Syntax {
    type Subject;
}
impl<M> Syntax for SingleMember<M> {
    type Subject = Self;
}
impl<T, L> Syntax for PulledItems<T, L> {
    type Subject = Self;
}
impl<I, const LIMITED: bool> Syntax for IteratorSource<I, LIMITED> {
    type Subject = Self;
}
impl<S, const LIMITED: bool> Syntax for StreamSource<S, LIMITED> {
    type Subject = Self;
}
impl<F: Future<Output = BodyOutput<I, O>>, D, I, O> Syntax for Dependent<F, D> {
    type Subject = SingleMember<I>;
}
impl<D, C, S> Syntax for DependentList<D, C, S> {
    type Subject = S;
}

/// `*expr`: unpacks what is a list, or else a stream; anything else is left to the module `not_a_member` to explain.
pub struct Unpack<L>(UnpackStream<L>);

/// The level below [`Unpack`], for what is no list. Method lookup reaches it by reference, so the stream is taken out of it.
pub struct UnpackStream<L>(Option<L>);

impl<L> Unpack<L> {
    #[inline(always)]
    pub(crate) fn new(list: L) -> Self {
        Self(UnpackStream(Some(list)))
    }
}

impl<L> UnpackStream<L> {
    #[inline(always)]
    fn take(&mut self) -> L {
        self.0.take().unwrap_or_else(|| unreachable!("it is unpacked once"))
    }
}

impl<L> Deref for Unpack<L> {
    type Target = UnpackStream<L>;
    fn deref(&self) -> &UnpackStream<L> {
        &self.0
    }
}
impl<L> DerefMut for Unpack<L> {
    fn deref_mut(&mut self) -> &mut UnpackStream<L> {
        &mut self.0
    }
}

impl<L: IntoIterator> Unpack<L> {
    pub fn __eager(mut self) -> PulledItems<L::Item> {
        PulledItems(self.0.take().into_iter().collect(), PhantomData)
    }

    /// A list that is the only member of a spawned group.
    pub fn __alone(mut self) -> PulledItems<L::Item, ItemsAlone<L::IntoIter>> {
        PulledItems(ItemsAlone(self.0.take().into_iter()), PhantomData)
    }

    /// A list under a limit: its items are pulled as they start.
    pub fn __lazy(mut self) -> IteratorSource<L::IntoIter, true> {
        IteratorSource(self.0.take().into_iter())
    }
}

impl<S: Stream> UnpackStream<S> {
    pub fn __eager(&mut self) -> StreamSource<S, false> {
        StreamSource(Box::pin(self.take()))
    }

    pub fn __alone(&mut self) -> StreamSource<S, false> {
        self.__eager()
    }

    pub fn __lazy(&mut self) -> StreamSource<S, true> {
        StreamSource(Box::pin(self.take()))
    }
}
