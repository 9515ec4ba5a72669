//! Several members as one: pairs of pairs, so that a group of any size is a shallow type.

use std::pin::Pin;

use pin_project_lite::pin_project;

use super::sweep::{Branch, Part, Sweep};

/// No member.
pub struct Nil;

impl Part for Nil {
    type Output = ();
    fn take(self: Pin<&mut Self>) {}
}

impl<V> Branch<V> for Nil {
    fn sweep(self: Pin<&mut Self>, _: &mut Sweep<'_, '_, V>) {}
}

pin_project! {
    /// Two branches, in order.
    pub struct Pair<A, B> {
        #[pin]
        pub(crate) a: A,
        #[pin]
        pub(crate) b: B,
    }
}

impl<A, B> Pair<A, B> {
    pub(crate) fn new(a: A, b: B) -> Self {
        Self { a, b }
    }
}

impl<A: Part, B: Part> Part for Pair<A, B> {
    type Output = (A::Output, B::Output);

    fn take(self: Pin<&mut Self>) -> Self::Output {
        let this = self.project();
        (this.a.take(), this.b.take())
    }
}

impl<V, A: Branch<V>, B: Branch<V>> Branch<V> for Pair<A, B> {
    fn sweep(self: Pin<&mut Self>, sweep: &mut Sweep<'_, '_, V>) {
        let this = self.project();
        this.a.sweep(sweep);
        this.b.sweep(sweep);
    }
}
