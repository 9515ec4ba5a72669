//! What was written as a member, after its expression was evaluated and before its kind is known.

/// What a member, or each item of a list, is.
pub trait Source {
    type Item;
}

/// One member.
pub struct One<M>(pub M);

/// One member of a group with a limit.
pub struct Queued<M>(pub M);

/// The items of a list, all pulled where it stands.
pub struct Eager<T>(pub(crate) Vec<T>);

/// A list under a limit.
pub struct Lazy<I>(pub(crate) I);

impl<M> Source for One<M> {
    type Item = M;
}
impl<M> Source for Queued<M> {
    type Item = M;
}
impl<T> Source for Eager<T> {
    type Item = T;
}
impl<I: Iterator> Source for Lazy<I> {
    type Item = I::Item;
}

/// `*expr`: unpacks what is a list; anything else is left to [`mistakes`](crate::mistakes) to explain.
pub struct Star<L>(pub L);

impl<L: IntoIterator> Star<L> {
    pub fn eager(self) -> Eager<L::Item> {
        Eager(self.0.into_iter().collect())
    }

    pub fn lazy(self) -> Lazy<L::IntoIter> {
        Lazy(self.0.into_iter())
    }
}
